/** What changed from one run to another, with how sure that is: starts or rounds of each run are its replicates. */

import type { ScenarioRecord } from '../../measurement/run-record.ts'
import { requestsNeeded } from '../../measurement/slices/pooled.ts'
import { holm } from '../../statistics/holm.ts'
import { leastClaim } from '../../statistics/judge.ts'
import { significance } from '../../statistics/sequential/look.ts'
import { type Shift, welch } from '../../statistics/welch.ts'
import { measuredSystems } from '../rounds.ts'
import type { Bound } from './bound.ts'
import { type ComparedMetric, comparedMetrics, type Figures, figuresOf } from './figures.ts'

export interface Change {
  readonly scenario: string
  readonly label: string
  readonly metric: ComparedMetric
  readonly before: Figures
  readonly after: Figures
  /** Second by first: of the ratios to direct, or of the figures where there is none; with its 95 % interval. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** none: no detectable change; few: not enough starts, rounds or requests to tell. */
  readonly claim: 'higher' | 'lower' | 'none' | 'few'
  readonly shift: Shift | undefined
}

/** Answers that a figure takes at least; with fewer nothing is said of it. */
const leastRequests: Readonly<Record<ComparedMetric, number>> = {
  p50: 100,
  p90: requestsNeeded(0.9),
  p99: requestsNeeded(0.99),
  cpu: 100,
}

/** Every figure of every system that both runs measured; one family, whatever the scenario. */
export function changesOf(
  pairs: readonly (readonly [before: ScenarioRecord, after: ScenarioRecord])[],
): readonly Change[] {
  const all = pairs.flatMap(([before, after]) =>
    measuredSystems(after).flatMap((system) => {
      const same = measuredSystems(before).find(({ label }) => label === system.label)
      if (!same) return []
      return comparedMetrics.flatMap((metric) => {
        const [one, other] = [figuresOf(before, same, metric), figuresOf(after, system, metric)]
        return one && other ? [changeOf({ scenario: after.scenario.id, label: system.label, metric }, one, other)] : []
      })
    }),
  )
  const told = all.filter(({ shift, claim }) => shift && claim !== 'few')
  const adjusted = holm(told.map(({ shift }) => shift!.p))
  return all.map((change): Change => {
    const at = told.indexOf(change)
    if (at < 0) return change
    const { low, high } = change
    const side = low > 1 + leastClaim ? 'higher' : high < 1 / (1 + leastClaim) ? 'lower' : 'none'
    return { ...change, claim: adjusted[at]! < significance ? side : 'none' }
  })
}

function changeOf(of: Pick<Change, 'scenario' | 'label' | 'metric'>, before: Figures, after: Figures): Change {
  const shift = welch(before.logs, after.logs)
  const enough = Math.min(before.count, after.count) >= leastRequests[of.metric]
  return {
    ...of,
    before,
    after,
    ratio: shift ? Math.exp(shift.shift) : after.value / before.value,
    low: shift ? Math.exp(shift.low) : Number.NaN,
    high: shift ? Math.exp(shift.high) : Number.NaN,
    claim: shift && enough ? 'none' : 'few',
    shift,
  }
}

export interface JudgedBound {
  readonly bound: Bound
  readonly change: Change
  /** unknown: there is too little to tell; open: the change may lie on either side of the bound. */
  readonly state: 'broken' | 'kept' | 'open' | 'unknown'
}

/**
 * Each bound for each system it is for. Broken where the change is significantly beyond it, kept where its interval is
 * not: one-sided tests, after Holm over all of them.
 */
export function judgeBounds(bounds: readonly Bound[], changes: readonly Change[]): readonly JudgedBound[] {
  const all = bounds.flatMap((bound) =>
    changes
      .filter(({ metric, label }) => metric === bound.metric && (bound.system === null || bound.system === label))
      .map((change) => ({ bound, change })),
  )
  const told = all.filter(({ change }) => change.claim !== 'few')
  const adjusted = holm(told.map(({ bound, change }) => change.shift!.pBeyond(Math.log1p(bound.change), bound.side)))
  return all.map((each) => {
    const at = told.indexOf(each)
    if (at < 0) return { ...each, state: 'unknown' }
    if (adjusted[at]! < significance) return { ...each, state: 'broken' }
    const { bound, change } = each
    const within = bound.side === 'above' ? change.high <= 1 + bound.change : change.low >= 1 + bound.change
    return { ...each, state: within ? 'kept' : 'open' }
  })
}
