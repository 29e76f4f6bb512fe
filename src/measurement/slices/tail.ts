/**
 * Quantiles above the median, compared: pooled over whole runs, as a slice holds too few requests for them. How sure the
 * ratio is comes from drawing starts again, then blocks of neighbouring slices within them, and pooling what was drawn.
 */
import { sampleStandardDeviation } from 'simple-statistics'
import { tCritical } from '../../statistics/distributions.ts'
import { fixedGenerator } from '../../statistics/generator.ts'
import type { ScenarioRecord, SystemRecord } from '../run-record.ts'
import { countedSlices, latenciesOf } from './counted.ts'
import { acceptedByBoth } from './family.ts'
import { requestsNeeded } from './pooled.ts'
import type { SliceRecord } from './slice-record.ts'

export interface TailRatio {
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly starts: number
  readonly level: number
}

const resamples = 300
const level = 0.95

/**
 * For each of the quantiles `ps` (0–1), of answers that both accept, in blocks that both have; undefined for those of
 * which one of the two has too few requests.
 */
export function tailRatiosOf(
  record: ScenarioRecord,
  one: SystemRecord,
  other: SystemRecord,
  ps: readonly number[],
): readonly (TailRatio | undefined)[] {
  if (!record.slices) return ps.map(() => undefined)
  const accepted = acceptedByBoth(record, one, other)
  const slices = countedSlices(record.slices)
  const [mine, theirs] = [one, other].map(({ label }) => slices.filter((slice) => slice.label === label))
  const keys = new Set(theirs!.map(keyOf))
  const blocks = mine!
    .filter((slice) => keys.has(keyOf(slice)))
    .toSorted((a, b) => a.start - b.start || a.block - b.block)
  const place = new Map(blocks.map((slice, at) => [keyOf(slice), at]))
  const starts = [...Map.groupBy(blocks.keys(), (at) => blocks[at]!.start).values()]
  const pools = [mine!, theirs!].map((own) => poolOf(own, place, (slice) => latenciesOf(slice, accepted)))
  const [top, bottom] = pools as [Pool, Pool]
  const least = Math.min(top.us.length, bottom.us.length)
  return ps.map((p) => {
    if (least < requestsNeeded(p)) return undefined
    const logRatio = (weights: Uint16Array): number =>
      Math.log(quantileOf(top, weights, p) / quantileOf(bottom, weights, p))
    const estimate = logRatio(new Uint16Array(blocks.length).fill(1))
    const base = { ratio: Math.exp(estimate), starts: starts.length, level }
    if (starts.length < 2) return { ...base, low: 0, high: Number.POSITIVE_INFINITY }
    const draw = fixedGenerator()
    const drawn = Array.from({ length: resamples }, () => logRatio(resampled(starts, blocks.length, draw)))
    // Drawing from so few starts shows a smaller spread than they have (Davison and Hinkley 1997, §2.3).
    const error = sampleStandardDeviation(drawn) * Math.sqrt(starts.length / (starts.length - 1))
    const reach = error * tCritical(1 - level, starts.length - 1)
    return { ...base, low: Math.exp(estimate - reach), high: Math.exp(estimate + reach) }
  })
}

function keyOf({ start, block }: SliceRecord): string {
  return `${start}/${block}`
}

/** All requests of one side, the slowest first, each with the place of its block. */
interface Pool {
  readonly us: Float64Array
  readonly place: Uint16Array
  readonly perBlock: Uint32Array
}

function poolOf(
  slices: readonly SliceRecord[],
  place: ReadonlyMap<string, number>,
  latencies: (slice: SliceRecord) => readonly number[],
): Pool {
  const perBlock = new Uint32Array(place.size)
  // Time and place as one whole number, nanoseconds first: a typed array of those sorts ten times as fast as pairs do.
  const packed = slices.flatMap((slice) => {
    const at = place.get(keyOf(slice))
    if (at === undefined) return []
    const own = latencies(slice)
    perBlock[at] = own.length
    return own.map((us) => Math.round(us * 1000) * places + at)
  })
  const all = Float64Array.from(packed).sort().reverse()
  return {
    us: all.map((each) => Math.floor(each / places) / 1000),
    place: Uint16Array.from(all, (each) => each % places),
    perBlock,
  }
}

/** More blocks than any run has. */
const places = 2 ** 16

/** Each block as often as its weight says: no pool has to be put together for it, and only the tail is walked. */
function quantileOf({ us, place, perBlock }: Pool, weights: Uint16Array, p: number): number {
  let total = 0
  for (let at = 0; at < weights.length; at += 1) total += weights[at]! * perBlock[at]!
  let left = (1 - p) * total
  for (let at = 0; at < us.length; at += 1) {
    left -= weights[place[at]!]!
    if (left < 0) return us[at]!
  }
  return us.at(-1)!
}

/** How often each block was drawn: starts first, then runs of ∛n neighbours within them (Künsch 1989). */
function resampled(starts: readonly (readonly number[])[], blocks: number, draw: () => number): Uint16Array {
  const weights = new Uint16Array(blocks)
  for (const _ of starts) {
    const start = starts[Math.floor(draw() * starts.length)]!
    const length = Math.ceil(start.length ** (1 / 3))
    for (let left = start.length; left > 0; left -= length) {
      const from = Math.floor(draw() * (start.length - length + 1))
      for (const at of start.slice(from, from + Math.min(length, left))) weights[at]! += 1
    }
  }
  return weights
}
