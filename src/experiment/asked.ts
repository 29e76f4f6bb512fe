/** How sure a run is asked to be, and what that means where nothing else is said. */
import type { Effort } from '../measurement/slices/slice-record.ts'
import type { Scenario } from '../scenario/scenario.ts'

export interface Asked {
  readonly effort: Effort
  /** Wanted half-width of an interval, as a share: 0.05 for ±5 %. */
  readonly precision: number
  /** Time for measuring one scenario in slices, at most, milliseconds; its proof comes on top. */
  readonly budgetMs: number
  /** Rounds of a scenario in rounds; absent: as many as it says itself. */
  readonly rounds?: number
}

/** What each effort stands for. */
export const usualEffort: Readonly<Record<Effort, Asked>> = {
  quick: { effort: 'quick', precision: 0.05, budgetMs: 12_000 },
  default: { effort: 'default', precision: 0.05, budgetMs: 60_000 },
  publish: { effort: 'publish', precision: 0.02, budgetMs: 300_000 },
}

/** Of each system; 0 where it is measured in slices. */
export function roundsOf({ measure, rounds }: Pick<Scenario, 'measure' | 'rounds'>, asked: Asked): number {
  if (measure === 'slices') return 0
  return asked.rounds ?? (asked.effort === 'quick' ? rounds.quick : rounds.full)
}
