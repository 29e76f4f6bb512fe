/** How much longer a run takes: first its own guess, later what the finished rounds took. */
import type { ExperimentEvent } from '../../experiment/events.ts'

export interface Remaining {
  start(event: Extract<ExperimentEvent, { type: 'run-started' }>): void
  /** One more round is finished. */
  finished(): void
  /** Milliseconds; undefined where nothing is left or known. */
  left(): number | undefined
}

/** `now`: a clock in milliseconds. */
export function remaining(now: () => number): Remaining {
  let startedAt = 0
  let expectedMs = 0
  let planned = 0
  let done = 0
  return {
    start(event) {
      startedAt = now()
      expectedMs = event.expectedMs
      // The baseline or its second measurement may come on top; that error is smaller than the guess's own.
      planned = event.scenarios.reduce((sum, { rounds }) => sum + rounds * event.systems.length, 0)
    },
    finished() {
      done += 1
    },
    left() {
      if (planned === 0 || done >= planned) return undefined
      const elapsed = now() - startedAt
      const share = done / planned
      // The guess weighs less with every finished round, the pace so far more.
      const byGuess = Math.max(0, expectedMs - elapsed)
      // Without a finished round there is no pace.
      if (done === 0) return byGuess
      const byPace = elapsed * ((1 - share) / share)
      return byPace * share + byGuess * (1 - share)
    },
  }
}
