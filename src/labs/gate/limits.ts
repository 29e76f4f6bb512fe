/**
 * How much of the gate goes on at once. Tasks mostly wait (for windows, lifetimes, starts) and keep each other company;
 * rounds are measured one at a time.
 */
import { availableParallelism } from 'node:os'

/** Carries it out as soon as there is a place. */
export type Turn = <Result>(act: () => Promise<Result>) => Promise<Result>

export interface Turns {
  /** What stands and is asked: a task, or a run of single requests. */
  readonly stand: Turn
  /** A run with the scenario's traffic: the next one starts its systems while the rounds of another are measured. */
  readonly run: Turn
  /** A round of such a run. */
  readonly round: Turn
  /** Steady traffic of a check. */
  readonly steady: Turn
}

/** The turns of the rehearsal of this number: those before it go first, so that one after the other comes to its end. */
export function gateTurns(cores = availableParallelism()): (rehearsal: number) => Turns {
  const [stand, run, round, steady] = [places(cores + 1), places(2), places(1), places(1)]
  return (rehearsal) => ({
    stand: stand(rehearsal),
    run: run(rehearsal),
    round: round(rehearsal),
    steady: steady(rehearsal),
  })
}

/** Of those who wait for a place the one with the lowest rank gets it; of equals, who came first. */
export function places(count: number): (rank: number) => Turn {
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
      // Handed on, so that nobody who comes just now is served before who waits.
      const next = waiting.shift()
      if (next) next.admit()
      else free += 1
    }
  }
}

/** All of them, to their end, whatever becomes of each; then throws the first failure. */
export async function allEnded<Result>(work: readonly Promise<Result>[]): Promise<readonly Result[]> {
  const ended = await Promise.allSettled(work)
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
}
