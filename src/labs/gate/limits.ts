/**
 * How much of the gate runs at once. Tasks mostly wait (for windows, lifetimes, starts), so several run side by side;
 * rounds are measured one at a time.
 */
import { availableParallelism } from 'node:os'

/** Runs a piece of work as soon as one of a limited number of slots is free. */
export type Limiter = <Result>(act: () => Promise<Result>) => Promise<Result>

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
export function gateLimits(cores = availableParallelism()): (rehearsal: number) => GateLimits {
  const [environment, run, round, steady] = [slots(cores + 1), slots(2), slots(1), slots(1)]
  return (rehearsal) => ({
    environment: environment(rehearsal),
    run: run(rehearsal),
    round: round(rehearsal),
    steady: steady(rehearsal),
  })
}

/** `count` slots at once. A free slot goes to the waiting work of the lowest rank; among equals, to the one that came first. */
export function slots(count: number): (rank: number) => Limiter {
  let free = count
  const waiting: { readonly rank: number; readonly admit: () => void }[] = []
  return (rank) => async (act) => {
    if (free > 0) free -= 1
    else {
      await new Promise<void>((admit) => {
        waiting.push({ rank, admit })
        waiting.sort((one, other) => one.rank - other.rank)
      })
    }
    try {
      return await act()
    } finally {
      // Handed on directly: work that arrives at this moment must not overtake work that waits.
      const next = waiting.shift()
      if (next) next.admit()
      else free += 1
    }
  }
}

/** Waits until all have ended, also after a failure; then throws the first failure. */
export async function allEnded<Result>(work: readonly Promise<Result>[]): Promise<readonly Result[]> {
  const ended = await Promise.allSettled(work)
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
}
