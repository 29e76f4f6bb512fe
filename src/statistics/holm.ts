/** Holm (1979): adjusted p-values in the order given. They hold however the comparisons depend on each other. */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)
  const adjusted = new Array<number>(ps.length)
  let most = 0
  for (const [rank, { p, index }] of order.entries()) {
    most = Math.max(most, Math.min(1, p * (ps.length - rank)))
    adjusted[index] = most
  }
  return adjusted
}
