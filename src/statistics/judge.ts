/** What may be said of each of several comparisons that are made at once. */
import { holm } from './holm.ts'
import { type BlockRatio, type Interval, intervalOf } from './interval.ts'
import { lookAt, significance } from './sequential/look.ts'

export type Metric = 'p50' | 'cpu'

export interface Comparison {
  readonly metric: Metric
  readonly label: string
  /** Label of what it is compared to. */
  readonly reference: string
  /** It compares a system with itself, started once more: the noise floor, of which nothing is claimed. */
  readonly isDuplicate: boolean
  readonly ratios: readonly BlockRatio[]
}

/** none: no detectable difference. noise: the duplicate, or too little was measured for a claim. */
export type Claim = 'higher' | 'lower' | 'none' | 'noise'

export interface Judged {
  readonly comparison: Comparison
  readonly interval: Interval
  /** After the looks that there were before, and after Holm over all comparisons but the duplicate's; that one's by itself. */
  readonly adjustedP: number
  readonly claim: Claim
  /** Smallest difference that is claimed, as a share: what its interval must clear. */
  readonly floor: number
}

/** Smallest difference that is ever claimed, as a share. */
export const leastClaim = 0.02

/** With fewer starts nothing is claimed: their spread is not known well enough. */
export const leastStarts = 4

/**
 * A difference is claimed where it is significant after Holm and its interval lies beyond the floor: two percent, or how
 * far the duplicate lay apart, where that is more. `looks`: numbers of starts after which the run could stop, as planned.
 * In the order given.
 */
export function judge(family: readonly Comparison[], looks: readonly number[]): readonly Judged[] {
  if (family.length === 0) return []
  const starts = new Set(family.flatMap(({ ratios }) => ratios.map(({ start }) => start))).size
  const look = lookAt(looks, starts)
  const all = family.map((comparison) => ({ comparison, interval: intervalOf(comparison.ratios, look.level) }))
  const ps = all.map(({ interval }) => look.overallP(interval.p))
  const tested = all.flatMap(({ comparison }, at) => (comparison.isDuplicate ? [] : [at]))
  const adjusted = new Map(holm(tested.map((at) => ps[at]!)).map((p, place) => [tested[place]!, p]))
  const floors = { p50: floorOf(all, 'p50'), cpu: floorOf(all, 'cpu') }
  return all.map(({ comparison, interval }, at) => {
    const adjustedP = adjusted.get(at) ?? ps[at]!
    const floor = floors[comparison.metric]
    const claim = comparison.isDuplicate ? 'noise' : claimOf(interval, adjustedP, floor)
    return { comparison, interval, adjustedP, claim, floor: Math.max(leastClaim, floor ?? 0) }
  })
}

type Compared = Pick<Judged, 'comparison' | 'interval'>

/** How far the duplicate lay apart, as a share; undefined where none was measured. */
function floorOf(all: readonly Compared[], metric: Metric): number | undefined {
  const duplicate = all.find(({ comparison }) => comparison.isDuplicate && comparison.metric === metric)
  if (!duplicate || duplicate.interval.blocks === 0) return undefined
  const { ratio } = duplicate.interval
  return Math.max(ratio, 1 / ratio) - 1
}

/** `floor` undefined: there is no duplicate to tell noise from difference. */
function claimOf({ low, high, starts }: Interval, adjustedP: number, floor: number | undefined): Claim {
  if (floor === undefined || starts < leastStarts) return 'noise'
  if (adjustedP >= significance) return 'none'
  const beyond = 1 + Math.max(leastClaim, floor)
  return low > beyond ? 'higher' : high < 1 / beyond ? 'lower' : 'none'
}

/** The smallest difference that so much of this noise would have shown, as a share. */
export function detectable({ interval: { ratio, high }, floor }: Pick<Judged, 'interval' | 'floor'>): number {
  return (high / ratio) * (1 + floor) - 1
}
