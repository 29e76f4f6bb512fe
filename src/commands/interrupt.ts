/**
 * Ctrl-C: the first one asks the run to stop and tidy up, the second one forces. Other signals never force: a closed
 * terminal sends its own more than once, by itself and through the launcher.
 */
import { exitCodes } from '../errors.ts'
import { lostOutput } from './output.ts'

/**
 * One Ctrl-C comes twice where input is no terminal: the terminal tells the whole group, and the launcher, which cannot
 * know that, passes it on. Nobody presses twice so soon.
 */
const samePressMs = 250

/** Whether a Ctrl-C is another one than that of `before`, of which `performance.now()` was taken. */
export function isPressedAgain(before: number): boolean {
  return performance.now() - before > samePressMs
}

export interface Interrupt {
  readonly signal: AbortSignal
  /** Gives the signals back. */
  release(): void
}

/** `stopping` is what it says on the first one; a second one still forces. */
export function onInterrupt(
  says: (line: string) => void,
  stopping = 'Stopping; what was started is being removed.',
): Interrupt {
  const controller = new AbortController()
  let stoppedAt = 0
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      if (name === 'SIGINT' && isPressedAgain(stoppedAt)) process.exit(exitCodes.interrupted)
      return
    }
    stoppedAt = performance.now()
    // Where the output failed, that has been said, and there is nowhere to say more.
    if (!lostOutput()) says(`${stopping} Once more to force.`)
    controller.abort()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, stop)
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, stop)
    },
  }
}
