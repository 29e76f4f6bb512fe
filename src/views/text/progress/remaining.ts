/** How much longer a run takes: first its own guess, later what it took so far. */
import type { ExperimentEvent } from '../../../experiment/events.ts'

type RunStarted = Extract<ExperimentEvent, { type: 'run-started' }>

export interface Remaining {
  start(event: RunStarted): void
  /** A system takes no part in a scenario: it cannot run here, or did not start. */
  absent(scenario: string): void
  /** One more round of a scenario is finished. */
  finished(scenario: string): void
  /** Share of the budget of a scenario in slices that is used. */
  used(scenario: string, share: number): void
  /** A scenario is measured. */
  ended(scenario: string): void
  /** Milliseconds; undefined where nothing is left or known. */
  left(): number | undefined
}

interface Part {
  readonly rounds: number
  readonly expectedMs: number
  /** Rounds of all systems. */
  planned: number
  done: number
  /** Of what it takes; of a scenario in rounds only set when it has ended. */
  share: number
}

/** `now`: a clock in milliseconds. */
export function remaining(now: () => number): Remaining {
  let startedAt = 0
  let expectedMs = 0
  let parts = new Map<string, Part>()
  const of = (id: string, change: (part: Part) => void): void => {
    const part = parts.get(id)
    if (part) change(part)
  }
  return {
    start(event) {
      startedAt = now()
      expectedMs = event.expectedMs
      // The baseline is always measured.
      const systems = new Set(['direct', ...event.systems]).size
      parts = new Map(
        event.scenarios.map((each) => [each.id, { ...each, planned: each.rounds * systems, done: 0, share: 0 }]),
      )
    },
    absent: (id) =>
      of(id, (part) => {
        part.planned -= part.rounds
      }),
    finished: (id) =>
      of(id, (part) => {
        part.done += 1
      }),
    used: (id, share) =>
      of(id, (part) => {
        part.share = Math.min(1, share)
      }),
    ended: (id) =>
      of(id, (part) => {
        part.share = 1
      }),
    left() {
      const all = [...parts.values()]
      const total = all.reduce((sum, part) => sum + part.expectedMs, 0)
      const share = all.reduce((sum, part) => sum + part.expectedMs * shareOf(part), 0) / total
      if (!(share < 1)) return undefined
      const elapsed = now() - startedAt
      // The guess weighs less the more is measured, the pace so far more.
      const byGuess = Math.max(0, expectedMs - elapsed)
      // Before anything is measured there is no pace.
      if (share === 0) return byGuess
      const byPace = elapsed * ((1 - share) / share)
      return byPace * share + byGuess * (1 - share)
    },
  }
}

function shareOf({ rounds, planned, done, share }: Part): number {
  return Math.max(share, planned > 0 ? Math.min(1, done / planned) : rounds > 0 ? 1 : 0)
}
