/** What a look may say: the level of its intervals, and what its p-values are worth in the whole run. */
import { normalBelow } from '../distributions.ts'
import { boundariesOf, obrienFlemingLike } from './boundaries.ts'

/** What a run may be wrong about, over all its comparisons and looks. */
export const significance = 0.05

export interface Look {
  /** Of the intervals that this look may show: 0.95 where it is the only one, more for one of several. */
  readonly level: number
  /** The smallest error allowed to the whole run with which this look would have called the p significant. */
  overallP(p: number): number
}

/**
 * `planned`: numbers of starts after which the run was to be looked at, fixed beforehand; `starts`: how many there are
 * now. A run that ended elsewhere is looked at once more there: spending allows looks at any time that the data did not
 * choose.
 */
export function lookAt(planned: readonly number[], starts: number): Look {
  const whole = Math.max(starts, planned.at(-1) ?? starts)
  const times = [...planned.filter((each) => each < starts), starts].map((each) => each / whole)
  if (times.length === 1 && times[0] === 1) return { level: 1 - significance, overallP: (p) => p }
  const known = curves.get(times.join()) ?? curveOf(times)
  curves.set(times.join(), known)
  return { level: 1 - nominal(times, significance), overallP: (p) => overall(known, p) }
}

/** Findings are drawn often, and from few plans: what their integrals say is kept. */
const curves = new Map<string, readonly Point[]>()

/** Natural logarithms: an error allowed in all, and the p that the last look must then not exceed. */
type Point = readonly [overall: number, nominal: number]

function curveOf(times: readonly number[]): readonly Point[] {
  const exponents = Array.from({ length: 16 }, (_, at) => -9 * (1 - at / 16) ** 1.5)
  return exponents.map((exponent) => [exponent * Math.LN10, Math.log(nominal(times, 10 ** exponent))])
}

/** Two-sided p that the last look must not exceed where `alpha` is allowed in all. */
function nominal(times: readonly number[], alpha: number): number {
  return 2 * normalBelow(-boundariesOf(times, alpha, obrienFlemingLike).at(-1)!)
}

/** Between two points of the curve the logarithms are on a line. */
function overall(curve: readonly Point[], p: number): number {
  const log = Math.log(p)
  const above = curve.findIndex(([, nominal]) => nominal >= log)
  if (above === -1) return 1
  const [high, low] = [curve[above]!, curve[above - 1] ?? curve[above]!]
  if (high === low) return Math.exp(high[0])
  return Math.exp(low[0] + ((log - low[1]) / (high[1] - low[1])) * (high[0] - low[0]))
}
