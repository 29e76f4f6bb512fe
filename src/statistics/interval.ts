/**
 * By how much two systems differ: ratios within a block, where both sides met the same machine in the same second, summed
 * up by start. Equal systems differ by start (memory layout, hash seeds, cores), so the start is what is counted.
 */
import { mean, sampleVariance } from 'simple-statistics'
import { tCritical, tTwoSided } from './distributions.ts'
import { type BlockRatio, summariesOf } from './within-start.ts'

export type { BlockRatio }

export interface Interval {
  /** NaN, as its ends, where there are no blocks. */
  readonly ratio: number
  /** 0 and Infinity where there is one start: nothing tells then how starts differ. */
  readonly low: number
  readonly high: number
  /** Two-sided, of no difference; it is below 1 − level exactly where 1 lies outside the interval. */
  readonly p: number
  readonly starts: number
  readonly blocks: number
  readonly level: number
}

/** Share of the time that such intervals hold the true ratio. */
const usualLevel = 0.95

/**
 * The mean over starts of each start's middle, with the standard error of a hierarchical bootstrap, in which starts are
 * drawn first and blocks of neighbouring slices within them. Its second stage would count the noise of blocks twice, as
 * starts differ by that too; their spread is shrunk by it (Davison and Hinkley 1997, §3.8), which leaves the larger of
 * the two variances. The ends are Student's, with starts − 1 degrees of freedom: a percentile interval of few starts is
 * too narrow (Hesterberg 2015).
 */
export function intervalOf(ratios: readonly BlockRatio[], level = usualLevel): Interval {
  const starts = summariesOf(ratios)
  const base = { starts: starts.length, blocks: ratios.length, level }
  if (starts.length === 0) return { ratio: Number.NaN, low: Number.NaN, high: Number.NaN, p: 1, ...base }
  const estimate = mean(starts.map(({ middle }) => middle))
  if (starts.length === 1) {
    return { ratio: Math.exp(estimate), low: 0, high: Number.POSITIVE_INFINITY, p: 1, ...base }
  }
  const between = sampleVariance(starts.map(({ middle }) => middle))
  const within = mean(starts.map(({ variance }) => variance))
  const error = Math.sqrt(Math.max(between, within) / starts.length)
  const degrees = starts.length - 1
  const reach = error * tCritical(1 - level, degrees)
  const p = error === 0 ? Number(estimate === 0) : tTwoSided(estimate / error, degrees)
  return { ratio: Math.exp(estimate), low: Math.exp(estimate - reach), high: Math.exp(estimate + reach), p, ...base }
}

/** Half of the interval's width, as a share: 0.05 for ±5 %. */
export function halfWidthOf({ low, high }: Pick<Interval, 'low' | 'high'>): number {
  return Math.sqrt(high / low) - 1
}
