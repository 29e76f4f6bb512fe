/** The parts of a run, running or on their way: ended together, whatever state each is in. */
import type { NativeFile } from '../systems/system.ts'
import type { Running } from './topology.ts'

export interface Supervisor {
  /**
   * Starts a part. `start` gets a signal that is aborted when the run is interrupted or closed: it then leaves nothing
   * behind and rejects. So does a restart of what came of it.
   */
  start(start: (signal: AbortSignal) => Promise<Running>): Promise<Running>
  /** Stops all that runs and waits for all that is on its way. Nothing starts afterwards. */
  end(): Promise<void>
}

export function openSupervisor(interrupted: AbortSignal): Supervisor {
  const closing = new AbortController()
  const signal = AbortSignal.any([interrupted, closing.signal])
  const starting = new Set<Promise<Running>>()
  const running = new Set<Running>()

  async function stop(part: Running): Promise<void> {
    await part.stop()
    running.delete(part)
  }

  async function begin(start: () => Promise<Running>): Promise<Running> {
    signal.throwIfAborted()
    const begun = start()
    starting.add(begun)
    try {
      const part = await begun
      running.add(part)
      return { ...part, stop: () => stop(part), restart: (files) => begin(() => again(part, files)) }
    } finally {
      starting.delete(begun)
    }
  }

  function again(part: Running, files: readonly NativeFile[]): Promise<Running> {
    running.delete(part)
    return part.restart(files)
  }

  return {
    start: (start) => begin(() => start(signal)),
    end: async () => {
      closing.abort(new Error('the lab was closed'))
      await Promise.allSettled(starting)
      await Promise.all([...running].map(stop))
    },
  }
}
