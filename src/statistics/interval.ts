/**
 * By how much two systems differ: ratios within a block, where both sides met the same machine in the same second, summed
 * up by start. Equal systems differ by start (memory layout, hash seeds, cores) and blocks of one start are alike, so the
 * start is what is counted: replication belongs where variance arises (Kalibera and Jones 2013).
 */
import { mean, sampleVariance } from 'simple-statistics'
import { tCritical, tTwoSided } from './distributions.ts'
import { type BlockRatio, middlesOf } from './within-start.ts'

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
export const usualLevel = 0.95

/** Of a figure that every slice has: the mean over starts of the middle of each start's blocks. */
export function intervalOf(ratios: readonly BlockRatio[], level = usualLevel): Interval {
  return intervalOfStarts(middlesOf(ratios), ratios.length, level)
}

/**
 * The mean of one log ratio for each start, and its interval after Student with starts − 1 degrees of freedom.
 *
 * It is what resampling starts whole gives, corrected for their small number: as deviations divide by n − 1, and t instead
 * of the normal distribution, without which percentile intervals of four to twelve starts are too narrow (Hesterberg
 * 2015). Blocks are not resampled within starts once more: the spread of the starts' middles has their noise in it
 * already, alike neighbours and all, and a second stage would count it twice (Davison and Hinkley 1997, §3.8; Field and
 * Welsh 2007). In closed form it costs nothing and is always the same.
 */
export function intervalOfStarts(logs: readonly number[], blocks: number, level = usualLevel): Interval {
  const starts = logs.length
  const base = { starts, blocks, level }
  if (starts === 0) return { ratio: Number.NaN, low: Number.NaN, high: Number.NaN, p: 1, ...base }
  const estimate = mean([...logs])
  if (starts === 1) return { ratio: Math.exp(estimate), low: 0, high: Number.POSITIVE_INFINITY, p: 1, ...base }
  const error = Math.sqrt(sampleVariance([...logs]) / starts)
  const degrees = starts - 1
  const reach = error * tCritical(1 - level, degrees)
  const p = error === 0 ? Number(estimate === 0) : tTwoSided(estimate / error, degrees)
  return { ratio: Math.exp(estimate), low: Math.exp(estimate - reach), high: Math.exp(estimate + reach), p, ...base }
}

/** Half of the interval's width, as a share: 0.05 for ±5 %. */
export function halfWidthOf({ low, high }: Pick<Interval, 'low' | 'high'>): number {
  return Math.sqrt(high / low) - 1
}
