/** Closed loop: so many requests are under way at any time, each answer brings the next. Finds capacity. */

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
  return {
    finished: (failed) => {
      if (failed) setTimeout(next, pauseAfterFailureMs)
      else next()
    },
    over,
  }
}
