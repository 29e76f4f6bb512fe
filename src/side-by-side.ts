/** Work that goes on side by side: how much of it at once, and when all of it has ended. */

/** Runs a piece of work as soon as one of a limited number of slots is free. */
export type Limiter = <Result>(act: () => Promise<Result>) => Promise<Result>

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
