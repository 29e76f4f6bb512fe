/** Durations counted in bins two thousandths wide: pools of many requests are summed and never sorted. */

const binsPerE = 500
/** Up to 65 s. */
const bins = Math.ceil(Math.log(65e6) * binsPerE)

/** How many durations lie in each bin, from 1 µs on; shorter ones are in the first, longer ones in the last. */
export interface Tally {
  readonly bins: Uint32Array
  readonly count: number
}

export function tallyOf(us: readonly number[]): Tally {
  const counts = new Uint32Array(bins)
  for (const each of us) counts[Math.min(bins - 1, Math.max(0, Math.round(Math.log(each) * binsPerE)))]! += 1
  return { bins: counts, count: us.length }
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const counts = new Uint32Array(bins)
  for (const tally of tallies) for (let bin = 0; bin < bins; bin += 1) counts[bin]! += tally.bins[bin]!
  return { bins: counts, count: tallies.reduce((sum, { count }) => sum + count, 0) }
}

/** Natural logarithm of the quantile in microseconds, of all but those in `without`; NaN of nothing. `p` is 0–1. */
export function logQuantile(all: Tally, p: number, without?: Tally): number {
  const count = all.count - (without?.count ?? 0)
  let left = p * count
  for (let bin = 0; bin < bins && count > 0; bin += 1) {
    left -= all.bins[bin]! - (without?.bins[bin] ?? 0)
    if (left < 0) return bin / binsPerE
  }
  return count === 0 ? Number.NaN : bins / binsPerE
}
