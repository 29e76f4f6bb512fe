/** The parts of a run, running or on their way: ended together, whatever state each is in. */
import type { Running } from './topology.ts'

export interface Supervisor {
  /**
   * Starts a part. `begin` gets a signal that is aborted when the run is interrupted or closed: it then leaves nothing
   * behind and rejects.
   */
  start(begin: (signal: AbortSignal) => Promise<Running>): Promise<Running>
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

  return {
    start: async (begin) => {
      signal.throwIfAborted()
      const begun = begin(signal)
      starting.add(begun)
      try {
        const part = await begun
        running.add(part)
        return { ...part, stop: () => stop(part) }
      } finally {
        starting.delete(begun)
      }
    },
    end: async () => {
      closing.abort(new Error('the lab was closed'))
      await Promise.allSettled(starting)
      await Promise.all([...running].map(stop))
    },
  }
}
