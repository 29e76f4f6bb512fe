/** Quantiles above the median: a slice holds too few requests for them, so those of all slices are pooled first. */
import { quantileSorted } from 'simple-statistics'
import { type Interval, intervalOfStarts } from '../../statistics/interval.ts'
import { pseudoValues } from '../../statistics/jackknife.ts'
import { logQuantile, sumOf, type Tally, tallyOf } from '../../statistics/tally.ts'
import { type Classes, countedSlices, latenciesOf } from './counted.ts'
import type { SliceRecord, SlicesRecord } from './slice-record.ts'

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

/**
 * By how much the quantiles of two systems differ: each of the pool of all blocks that both have, and the interval by
 * leaving out one start after the other. Undefined where one of the pools is too small. Described, and never claimed: it
 * is no member of the family.
 */
export function pooledRatio(
  slices: SlicesRecord,
  [label, reference]: readonly [label: string, reference: string],
  accepted: Classes,
  p: number,
): Interval | undefined {
  const starts = startsOf(slices, label, reference, accepted)
  const [ones, others] = [sumOf(starts.map((start) => start.ones)), sumOf(starts.map((start) => start.others))]
  if (Math.min(ones.count, others.count) < requestsNeeded(p)) return undefined
  const logs = pseudoValues(
    starts,
    (left?: PooledStart) => logQuantile(ones, p, left?.ones) - logQuantile(others, p, left?.others),
  )
  return intervalOfStarts(
    logs,
    starts.reduce((sum, { blocks }) => sum + blocks, 0),
  )
}

interface PooledStart {
  readonly ones: Tally
  readonly others: Tally
  readonly blocks: number
}

function startsOf(slices: SlicesRecord, label: string, reference: string, accepted: Classes): readonly PooledStart[] {
  const blocks = Map.groupBy(countedSlices(slices), ({ start, block }) => `${start}/${block}`)
  const pairs = [...blocks.values()].flatMap((block) => {
    const [one, other] = [label, reference].map((each) => block.find((slice) => slice.label === each))
    return one && other ? [{ start: one.start, one, other }] : []
  })
  const pool = (all: readonly SliceRecord[]): Tally => tallyOf(all.flatMap((slice) => latenciesOf(slice, accepted)))
  return [...Map.groupBy(pairs, ({ start }) => start).values()].map((own) => ({
    ones: pool(own.map(({ one }) => one)),
    others: pool(own.map(({ other }) => other)),
    blocks: own.length,
  }))
}
