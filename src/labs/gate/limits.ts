/**
 * How much of the gate runs at once. Tasks mostly wait (for windows, lifetimes, starts), so several run side by side;
 * rounds are measured one at a time.
 */
import { availableParallelism } from 'node:os'
import { type Limiter, slots } from '../../side-by-side.ts'

export interface GateLimits {
  /** Whatever opens a task environment: a task, or a run of single requests. */
  readonly environment: Limiter
  /** A run with the scenario's traffic: the next one starts its systems while the rounds of another are measured. */
  readonly run: Limiter
  /** A round of such a run. */
  readonly round: Limiter
  /** Steady traffic of a check. */
  readonly steady: Limiter
}

/** Limits for each rehearsal by its number: lower numbers go first, so that rehearsals finish one after the other. */
export function gateLimits(environments = availableParallelism() + 2): (rehearsal: number) => GateLimits {
  const [environment, run, round, steady] = [slots(environments), slots(2), slots(1), slots(2)]
  return (rehearsal) => ({
    environment: environment(rehearsal),
    run: run(rehearsal),
    round: round(rehearsal),
    steady: steady(rehearsal),
  })
}
