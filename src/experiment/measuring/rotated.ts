/**
 * The order of the systems in a round, or in a block of slices: a Latin square balanced for what comes before (Williams 1949, “Experimental
 * designs balanced for the estimation of residual effects of treatments”). What a position or a predecessor leaves
 * behind, a warm processor or a busy disk, is then shared by all alike.
 *
 * In any n rounds that begin at a multiple of n, each of n systems has every position once. Over n rounds, or 2n where n
 * is odd, each also directly follows every other equally often.
 */
export function rotated<Item>(items: readonly Item[], round: number): readonly Item[] {
  const n = items.length
  // 0, 1, n-1, 2, n-2 …: neighbours are apart by a different step each time.
  const order = items.map((_, position) => {
    const step = position % 2 === 1 ? (position + 1) / 2 : n - position / 2
    return items[(step + round) % n]!
  })
  // With an odd number the square alone repeats steps; it and its mirror image together are balanced.
  return n % 2 === 1 && Math.floor(round / n) % 2 === 1 ? order.reverse() : order
}
