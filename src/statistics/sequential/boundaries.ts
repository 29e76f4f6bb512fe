/**
 * How sure a look must be when there are several: a run that may stop at each of them must not claim more often for it.
 * Alpha spending (Lan and DeMets 1983): by each look only so much of the allowed error may have been spent.
 */
import { normalBelow, normalDensity, normalQuantile, whereRising } from '../distributions.ts'

/** Error spent by the share `t` of the run (0–1), of `alpha` in all, two-sided. */
export type Spending = (t: number, alpha: number) => number

/** Hardly anything early, nearly all at the end: on each side 2 − 2Φ(z / √t), as O'Brien and Fleming's (1979) boundary. */
export const obrienFlemingLike: Spending = (t, alpha) =>
  t >= 1 ? alpha : 4 * normalBelow(normalQuantile(alpha / 4) / Math.sqrt(t))

/**
 * |z| that each look must exceed, two-sided. `times`: the share of the whole run that each look has seen, rising, the
 * last at most 1. Exact, by the recursive integration of Armitage, McPherson and Rowe (1969).
 */
export function boundariesOf(times: readonly number[], alpha: number, spending: Spending): readonly number[] {
  const boundaries: number[] = []
  /** Where the score process of runs that have gone on lies: density on a grid symmetric about 0. */
  let grid: Grid | undefined
  let spent = 0
  let before = 0
  for (const time of times) {
    const toSpend = Math.max(0, spending(time, alpha) - spent)
    const boundary = whereRising((z) => toSpend - leaving(grid, z * Math.sqrt(time), time - before), 0, most)
    boundaries.push(boundary)
    grid = going(grid, boundary * Math.sqrt(time), time - before)
    spent = spending(time, alpha)
    before = time
  }
  return boundaries
}

/** Chance that a run without any difference crosses ±|z| at one look or another. */
export function crossingOf(times: readonly number[], boundaries: readonly number[]): number {
  let grid: Grid | undefined
  let crossed = 0
  let before = 0
  for (const [at, time] of times.entries()) {
    const bound = boundaries[at]! * Math.sqrt(time)
    crossed += leaving(grid, bound, time - before)
    grid = going(grid, bound, time - before)
    before = time
  }
  return crossed
}

/** Beyond it the normal distribution has nothing that matters. */
const most = 8

interface Grid {
  readonly points: Float64Array
  /** Density by Simpson's weight and width of the step. */
  readonly masses: Float64Array
}

/** Chance that a run which has gone on now lies beyond ±`bound`. */
function leaving(grid: Grid | undefined, bound: number, variance: number): number {
  const deviation = Math.sqrt(variance)
  if (!grid) return 2 * normalBelow(-bound / deviation)
  let sum = 0
  for (const [at, mass] of grid.masses.entries()) {
    const from = grid.points[at]!
    sum += mass * (normalBelow((-bound - from) / deviation) + normalBelow((from - bound) / deviation))
  }
  return sum
}

const steps = 120

/** What is left between ±`bound` after one more stretch of the run. */
function going(grid: Grid | undefined, bound: number, variance: number): Grid {
  const deviation = Math.sqrt(variance)
  const width = (2 * bound) / steps
  const points = Float64Array.from({ length: steps + 1 }, (_, at) => -bound + at * width)
  const masses = points.map((point, at) => {
    const simpson = at === 0 || at === steps ? 1 : at % 2 === 1 ? 4 : 2
    return (densityAt(grid, point, deviation) * simpson * width) / 3
  })
  return { points, masses }
}

function densityAt(grid: Grid | undefined, point: number, deviation: number): number {
  if (!grid) return normalDensity(point / deviation) / deviation
  let sum = 0
  for (const [at, mass] of grid.masses.entries()) {
    sum += (mass * normalDensity((point - grid.points[at]!) / deviation)) / deviation
  }
  return sum
}
