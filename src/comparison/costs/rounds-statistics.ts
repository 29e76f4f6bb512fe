/**
 * Comparing rounds of a record that has a duplicate of one system, as those had before costs were measured in slices. The
 * replicate is the round, never the request: ratios are taken within a round and only then summed up.
 */
import { medianSorted, quantileSorted } from 'simple-statistics'
import { normalBelow } from '../../statistics/distributions.ts'
import { holm } from '../../statistics/holm.ts'
import { leastClaim } from '../../statistics/judge.ts'
import { significance } from '../../statistics/sequential/look.ts'

export function median(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : medianSorted([...values].sort((a, b) => a - b))
}

export interface RatioInterval {
  /** Median of the within-round ratios. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly rounds: number
  /** By how much the two sides of one round differed at most, as a share of the smaller one. */
  readonly farthest: number
  /** bootstrap: `low` to `high` is a 95 % interval; range: too few rounds for one, smallest and largest ratio seen. */
  readonly kind: 'bootstrap' | 'range'
  /** Two-sided p of the Wilcoxon signed-rank test on log ratios; 1 where there are no rounds. */
  readonly p: number
}

/** With fewer rounds no two-sided test on signs or ranks can reach 5 % (2 / 2^6 = 0.031): there is a range, no interval. */
const minForInterval = 6

/**
 * Rounds with which each of so many comparisons can still be significant after Holm: the smallest p of R rounds is
 * 2 / 2^R, and it must not exceed 0.05 / comparisons. Six for one, eight for three to six.
 */
export function roundsNeeded(comparisons: number): number {
  return Math.max(minForInterval, Math.ceil(Math.log2((2 * comparisons) / significance)))
}

const resamples = 4000

/** Ratios of pairs (system, baseline) of the same rounds. */
export function ratioInterval(pairs: readonly (readonly [value: number, baseline: number])[]): RatioInterval {
  const logs = pairs
    .filter(([value, baseline]) => value > 0 && baseline > 0)
    .map(([value, baseline]) => Math.log(value / baseline))
  if (logs.length === 0) {
    const none = Number.NaN
    return { ratio: none, low: none, high: none, rounds: 0, farthest: none, kind: 'range', p: 1 }
  }
  const bootstrap = logs.length >= minForInterval
  const [low, high] = bootstrap ? bootstrapMedian(logs) : [Math.min(...logs), Math.max(...logs)]
  return {
    ratio: Math.exp(median(logs)),
    low: Math.exp(low),
    high: Math.exp(high),
    rounds: logs.length,
    farthest: Math.exp(Math.max(...logs.map(Math.abs))) - 1,
    kind: bootstrap ? 'bootstrap' : 'range',
    p: signedRank(logs),
  }
}

/** The 95 % percentile interval of the median over resampled rounds (Efron and Tibshirani 1993, ch. 13). */
function bootstrapMedian(values: readonly number[]): readonly [number, number] {
  // Findings are drawn from a record alone, and always the same: the generator is fixed (Park and Miller 1988).
  let state = 20_261_124
  const draw = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const medians = Array.from({ length: resamples }, () =>
    median(values.map(() => values[Math.floor(draw() * values.length)]!)),
  ).sort((a, b) => a - b)
  return [quantileSorted(medians, 0.025), quantileSorted(medians, 0.975)]
}

/**
 * Wilcoxon's signed-rank test, two-sided: exact by counting the sign patterns up to 25 values (ties get mean ranks,
 * doubled to stay whole), by the normal approximation above. Zeros are dropped, as Wilcoxon (1945) did.
 */
export function signedRank(differences: readonly number[]): number {
  const values = differences.filter((value) => value !== 0)
  const n = values.length
  if (n === 0) return 1
  const sorted = values.map(Math.abs).sort((a, b) => a - b)
  const rank2 = (value: number): number => sorted.indexOf(value) + sorted.lastIndexOf(value) + 2
  const ranks = values.map((value) => rank2(Math.abs(value)))
  const total = n * (n + 1)
  const positive = ranks.reduce((sum, rank, index) => (values[index]! > 0 ? sum + rank : sum), 0)
  const extreme = Math.min(positive, total - positive)
  if (n > 25) {
    const z = (extreme / 2 - total / 4 + 0.5) / Math.sqrt((total * (2 * n + 1)) / 24)
    return Math.min(1, 2 * normalBelow(z))
  }
  // ways[s]: how many of the 2^n sign patterns have a rank sum of s.
  let ways = new Float64Array(total + 1)
  ways[0] = 1
  for (const rank of ranks) {
    const next = ways.slice()
    for (let sum = rank; sum <= total; sum += 1) next[sum]! += ways[sum - rank]!
    ways = next
  }
  const below = ways.subarray(0, extreme + 1).reduce((sum, count) => sum + count, 0)
  return Math.min(1, (2 * below) / 2 ** n)
}

/** unsure: the interval lies outside the noise, but so would one in twenty of equal systems, after Holm. */
export type Difference = 'higher' | 'lower' | 'none' | 'unsure' | 'too few rounds'

/** The comparisons that are made at once, and what Holm made of this one's p. */
export interface InFamily {
  readonly comparisons: number
  readonly adjustedP: number
}

/** A difference is claimed where it is significant after Holm and its interval lies outside the noise floor on one side. */
export function differenceOf(
  { low, high, rounds }: RatioInterval,
  noiseFloor: number,
  { comparisons, adjustedP }: InFamily,
): Difference {
  if (rounds < roundsNeeded(comparisons)) return 'too few rounds'
  const drivers = Math.max(leastClaim, noiseFloor)
  const side = low > 1 + drivers ? 'higher' : high < 1 / (1 + drivers) ? 'lower' : 'none'
  return side !== 'none' && adjustedP >= significance ? 'unsure' : side
}

/** Each of several comparisons made at once, judged as one family. */
export function differencesOf(
  intervals: readonly RatioInterval[],
  noiseFloor: number,
): readonly { readonly difference: Difference; readonly adjustedP: number }[] {
  const adjusted = holm(intervals.map(({ p }) => p))
  return intervals.map((interval, at) => {
    const adjustedP = adjusted[at]!
    return { difference: differenceOf(interval, noiseFloor, { comparisons: intervals.length, adjustedP }), adjustedP }
  })
}

/** How far two identical systems lay apart: the far end of their interval, as a share; 0 where none were measured. */
export function noiseFloorOf(identical: RatioInterval | undefined): number {
  if (!identical || identical.rounds === 0) return 0
  return Math.max(identical.high - 1, 1 / identical.low - 1, 0)
}

/** The smallest difference that this many rounds of this noise would have shown, as a share. */
export function detectable({ low, high, ratio }: RatioInterval, noiseFloor: number): number {
  return Math.max(high / ratio - 1, ratio / low - 1) + Math.max(leastClaim, noiseFloor)
}
