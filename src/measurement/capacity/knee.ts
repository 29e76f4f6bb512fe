/**
 * Where more connections bring no more requests. The rule is the plain one, the fewest connections with which the
 * throughput is within 5 % of its highest, and not a curvature such as Kneedle’s (Satopää and others 2011, “Finding a
 * ‘Kneedle’ in a Haystack”): on a ladder of eight steps a curvature is mostly noise.
 */

export interface Throughput {
  readonly connections: number
  readonly perSecond: number
}

export interface Knee {
  /** Index into the steps that were given. */
  readonly at: number
  /** The highest throughput: the mean of the steps on the plateau. */
  readonly highest: number
}

/** The knee has at least this share of the highest throughput. */
export const nearlyAll = 0.95
/** Steps with at least this share of the best one are the plateau: the luckiest of them alone must not say how high it is. */
const onPlateau = 0.9

/** Of steps by ascending connections; undefined where nothing was answered on any. */
export function kneeOf(steps: readonly Throughput[]): Knee | undefined {
  const best = Math.max(0, ...steps.map(({ perSecond }) => perSecond))
  if (best === 0) return undefined
  const plateau = steps.filter(({ perSecond }) => perSecond >= onPlateau * best)
  const highest = plateau.reduce((sum, { perSecond }) => sum + perSecond, 0) / plateau.length
  return { at: steps.findIndex(({ perSecond }) => perSecond >= nearlyAll * highest), highest }
}
