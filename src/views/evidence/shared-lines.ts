/**
 * A longest list of lines that both texts have in the same order, as pairs of their indices. Takes lines × lines steps and as
 * much memory: callers keep the texts short.
 */
export function sharedLines(a: readonly string[], b: readonly string[]): readonly (readonly [a: number, b: number])[] {
  // [i][j]: how many lines `a` from i and `b` from j share.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const [row, below] = [lengths[i]!, lengths[i + 1]!]
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      pairs.push([i, j])
      i += 1
      j += 1
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i += 1
    else j += 1
  }
  return pairs
}
