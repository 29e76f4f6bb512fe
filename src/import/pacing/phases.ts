/**
 * Counts by the second → the fewest stretches of one rate each that tell their course: the division with the greatest
 * likelihood if arrivals are Poisson, by dynamic programming (Jackson and others, IEEE Signal Processing Letters 2005). One
 * more stretch must gain more than chance does (Schwarz’s criterion: rate and border are two parameters).
 */

export interface Stretch {
  readonly seconds: number
  readonly requests: number
}

const mostStretches = 12
/** No stretch is shorter than this part of the whole: where a rate changes within a second is nobody’s business. */
const shortest = 1 / 120

export function stretchesOf(counts: readonly number[]): readonly Stretch[] {
  const n = counts.length
  if (n === 0) return []
  const least = Math.ceil(n * shortest)
  const sums = [0]
  for (const count of counts) sums.push(sums.at(-1)! + count)
  /** Log-likelihood of seconds `from` to before `to` at their own mean, but for what all divisions have in common. */
  const gain = (from: number, to: number): number => {
    const sum = sums[to]! - sums[from]!
    return sum === 0 ? 0 : sum * Math.log(sum / (to - from))
  }
  let best: number[] = Array.from({ length: n + 1 }, (_, to) => (to === 0 ? 0 : gain(0, to)))
  const borders: number[][] = []
  let division = [0, n]
  let score = best[n]!
  for (let stretches = 2; stretches <= Math.min(mostStretches, n); stretches += 1) {
    const next = new Array<number>(n + 1).fill(Number.NEGATIVE_INFINITY)
    const border = new Array<number>(n + 1).fill(0)
    for (let to = stretches * least; to <= n; to += 1) {
      for (let from = (stretches - 1) * least; from <= to - least; from += 1) {
        const value = best[from]! + gain(from, to)
        if (value > next[to]!) {
          next[to] = value
          border[to] = from
        }
      }
    }
    borders.push(border)
    best = next
    if (best[n]! - (stretches - 1) * Math.log(n) * 1.5 > score) {
      score = best[n]! - (stretches - 1) * Math.log(n) * 1.5
      division = bordersTo(n, borders)
    }
  }
  return division
    .slice(1)
    .map((to, at) => ({ seconds: to - division[at]!, requests: sums[to]! - sums[division[at]!]! }))
}

function bordersTo(end: number, borders: readonly (readonly number[])[]): number[] {
  const found = [end]
  for (const border of borders.toReversed()) found.unshift(border[found[0]!]!)
  return [0, ...found]
}
