/** How long is waited before something is tried again. */

const firstMs = 500
const longestMs = 8000

/**
 * Twice as long after each failure, up to 8 s; by chance between half of it and all of it, so that a room that lost its host
 * at the same moment does not come back at the same moment.
 */
export function backoffMs(failures: number, chance: () => number = Math.random): number {
  const most = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))
  return most / 2 + (chance() * most) / 2
}
