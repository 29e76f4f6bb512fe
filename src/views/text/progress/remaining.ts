/** How much longer a run takes: first its own guess, later what the finished rounds took. */
import type { ExperimentEvent } from '../../../experiment/events.ts'

type RunStarted = Extract<ExperimentEvent, { type: 'run-started' }>

export interface Remaining {
  start(event: RunStarted): void
  /** A system takes no part in a scenario: it cannot run here, or did not start. */
  absent(scenario: string): void
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
  let scenarios: RunStarted['scenarios'] = []
  return {
    start(event) {
      startedAt = now()
      expectedMs = event.expectedMs
      scenarios = event.scenarios
      // The baseline is always measured; its second measurement may come on top, which is less than the guess is wrong by.
      const systems = new Set(['direct', ...event.systems]).size
      planned = scenarios.reduce((sum, { rounds }) => sum + rounds * systems, 0)
    },
    absent(scenario) {
      planned -= scenarios.find(({ id }) => id === scenario)?.rounds ?? 0
    },
    finished() {
      done += 1
    },
    left() {
      if (planned <= 0 || done >= planned) return undefined
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
