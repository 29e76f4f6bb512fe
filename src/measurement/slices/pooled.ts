/** Quantiles above the median: a slice holds too few requests for them, so those of all slices are pooled first. */
import { quantileSorted } from 'simple-statistics'
import { type Classes, countedSlices, latenciesOf } from './counted.ts'
import type { SlicesRecord } from './slice-record.ts'

/** A hundred requests must lie beyond a quantile before it is shown: 10,000 in all for p99, 100,000 for p99.9. */
export function requestsNeeded(p: number): number {
  return Math.round(100 / (1 - p))
}

export interface PooledQuantile {
  /** Microseconds; undefined where there are too few requests. */
  readonly us: number | undefined
  readonly requests: number
  readonly needed: number
}

/** Of one system's accepted answers; `p` is 0–1. */
export function pooledQuantile(slices: SlicesRecord, label: string, accepted: Classes, p: number): PooledQuantile {
  const own = countedSlices(slices).filter((slice) => slice.label === label)
  const pool = Float64Array.from(own.flatMap((slice) => latenciesOf(slice, accepted))).sort()
  const needed = requestsNeeded(p)
  const us = pool.length < needed ? undefined : quantileSorted(pool as unknown as number[], p)
  return { us, requests: pool.length, needed }
}
