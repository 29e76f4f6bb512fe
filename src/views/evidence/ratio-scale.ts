/** The logarithmic axis on which intervals of ratios are drawn; 1, the reference, is always on it. */
import type { IntervalsBlock } from '../../comparison/finding.ts'

export interface RatioScale {
  /** Where “too small to be claimed” begins and ends, as ratios. */
  readonly floor: { readonly low: number; readonly high: number }
  /** Ratio → 0–1 along the axis; what lies beyond an end is put there. */
  share(ratio: number): number
  /** False where the axis ends before it: such a whisker is drawn with an arrow. */
  holds(ratio: number): boolean
  /** 1 and round ratios around it, ascending; as many as lie between the ends, at most `most` (2 or more). */
  ticks(most: number): readonly number[]
}

/** Free room at both ends, as a share of the axis. */
const margin = 0.03
/** However alike all are: the ends lie at least this factor apart, or noise would fill the picture. */
const leastSpan = 1.1
/** A whisker may make the axis longer than the dots need by this factor at least. */
const leastReach = 1.5

export function ratioScale({ rows, floor }: Pick<IntervalsBlock, 'rows' | 'floor'>): RatioScale {
  const band = { low: 1 / (1 + floor), high: 1 + floor }
  const usable = rows.filter(({ ratio }) => ratio > 0 && Number.isFinite(ratio))
  const dots = [1, band.low, band.high, ...usable.map(({ ratio }) => ratio)]
  const [least, most] = [Math.min(...dots), Math.max(...dots)]
  // One wild whisker must not squeeze all others into a point.
  const reach = Math.max(most / least, leastReach)
  const low = Math.max(least / reach, Math.min(least, ...usable.map((row) => Math.max(0, row.low))))
  const high = Math.min(most * reach, Math.max(most, ...usable.map((row) => row.high)))
  const widen = Math.max(1, Math.sqrt(leastSpan / (high / low)))
  const span = Math.log((high / low) * widen ** 2)
  const start = Math.log(low / widen) - span * margin
  const length = span * (1 + 2 * margin)
  const [from, to] = [Math.exp(start), Math.exp(start + length)]
  return {
    floor: band,
    share: (ratio) => (ratio > 0 ? Math.min(1, Math.max(0, (Math.log(ratio) - start) / length)) : 0),
    holds: (ratio) => ratio >= from && ratio <= to,
    ticks: (most) => roundRatios(from, to, most),
  }
}

/** Digits of a decade, coarse to fine; then steps of equal size, which only suit an axis of less than one decade. */
const decades = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]] as const
const stepsPerOne = [10, 20, 50, 100, 200] as const

function roundRatios(low: number, high: number, most: number): readonly number[] {
  const within = (values: readonly number[]): number[] => values.filter((value) => value >= low && value <= high)
  const powers = Array.from({ length: 25 }, (_, at) => at - 12)
  const sets = [
    ...decades.map((digits) => powers.flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))),
    ...(high / low > 10
      ? []
      : stepsPerOne.map((per) => Array.from({ length: Math.ceil(high * per) }, (_, at) => (at + 1) / per))),
  ].map(within)
  const fitting = sets.filter(({ length }) => length <= most)
  const finest = fitting.reduce<readonly number[]>((best, each) => (each.length > best.length ? each : best), [])
  return finest.length > 0 ? finest : [1]
}
