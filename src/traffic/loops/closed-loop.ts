/**
 * Closed loop: so many requests are under way at any time, each answer brings the next. Finds capacity.
 *
 * Answers that come at once are followed by their requests at once, after all of them were read: one by one, each would
 * wake a server that is faster than this process, for a single request. It paid for that with a tenth more CPU a request than
 * by wrk, and this process with a fifth of its rate (`npm run bench -- capacity`).
 */

/** A refused port would otherwise be asked thousands of times a second. */
const pauseAfterFailureMs = 20

export interface ClosedLoop {
  /** A request of the loop was answered or has failed. */
  finished(failed: boolean): void
  /** Resolves when the time is over, or the signal aborted. */
  readonly over: Promise<void>
}

export interface ClosedLoopOptions {
  readonly connections: number
  /** The `performance.now()` of the loop's beginning. */
  readonly startedAt: number
  /** What follows each other, milliseconds. */
  readonly phasesMs: readonly number[]
  send(phaseIndex: number, now: number): void
}

/**
 * A request belongs to the phase in which it is sent. What is under way at a phase's beginning is under way at its end,
 * too, so that its requests by its duration are its rate.
 */
export function closedLoop(
  { connections, startedAt, phasesMs, send }: ClosedLoopOptions,
  signal: AbortSignal,
): ClosedLoop {
  let phaseIndex = 0
  let phaseEndsAt = startedAt + phasesMs[0]!
  let running = true
  const next = (): void => {
    if (!running) return
    const now = performance.now()
    // Timers come late to a busy process: its own clock says what is still sent.
    while (now >= phaseEndsAt) {
      phaseIndex += 1
      if (phaseIndex >= phasesMs.length) {
        running = false
        return
      }
      phaseEndsAt += phasesMs[phaseIndex]!
    }
    send(phaseIndex, now)
  }
  const over = new Promise<void>((resolve) => {
    const stop = (): void => {
      running = false
      clearTimeout(timer)
      resolve()
    }
    const endsAt = startedAt + phasesMs.reduce((sum, ms) => sum + ms, 0)
    const timer = setTimeout(stop, endsAt - performance.now())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  for (let index = 0; index < connections; index += 1) next()
  let due = 0
  const sendDue = (): void => {
    const count = due
    due = 0
    for (let n = 0; n < count; n += 1) next()
  }
  return {
    finished: (failed) => {
      if (failed) {
        setTimeout(next, pauseAfterFailureMs)
        return
      }
      due += 1
      if (due === 1) setImmediate(sendDue)
    },
    over,
  }
}
