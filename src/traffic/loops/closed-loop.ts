/** Closed loop: so many requests are under way at any time, each answer brings the next. Finds capacity. */

/** A refused port would otherwise be asked thousands of times a second. */
const pauseAfterFailureMs = 20

export interface ClosedLoop {
  /** A request of the loop was answered or has failed. */
  finished(failed: boolean): void
  /** Resolves when the time is over, or the signal aborted. */
  readonly over: Promise<void>
}

export function closedLoop(
  options: { readonly connections: number; readonly durationMs: number; send(): void },
  signal: AbortSignal,
): ClosedLoop {
  let running = true
  const next = (): void => {
    if (running) options.send()
  }
  const over = new Promise<void>((resolve) => {
    const stop = (): void => {
      running = false
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(stop, options.durationMs)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  for (let index = 0; index < options.connections; index += 1) next()
  return {
    finished: (failed) => {
      if (failed) setTimeout(next, pauseAfterFailureMs)
      else next()
    },
    over,
  }
}
