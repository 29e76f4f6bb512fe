/** Scenarios that were measured in slices, and how much of them. */
import type { ScenarioRecord } from '../../measurement/run-record.ts'
import type { SlicesRecord } from '../../measurement/slices/slice-record.ts'
import { leastStarts } from '../../statistics/judge.ts'
import { spelled } from '../blocks.ts'

export type SlicedScenario = ScenarioRecord & { readonly slices: SlicesRecord }

export function isSliced(scenario: ScenarioRecord): scenario is SlicedScenario {
  return scenario.slices !== undefined
}

/** Fresh starts that were measured. */
export function startsOf({ slices }: SlicedScenario): number {
  return new Set(slices.slices.map(({ start }) => start)).size
}

/**
 * Why no difference in cost is claimed, as a sentence without a figure: it stands where the eye falls first. Undefined
 * where differences may be claimed: one system was measured twice, in enough starts, and not just at a glance.
 */
export function whyNoClaim(scenario: SlicedScenario): string | undefined {
  const { slices, subjects } = scenario
  if (slices.effort === 'quick') return 'This is a quick look: it shows figures and claims no difference.'
  if (!subjects.some(({ duplicateOf }) => duplicateOf !== undefined))
    return 'No difference is claimed: no system was measured twice, so nothing tells a difference from noise.'
  const starts = startsOf(scenario)
  if (starts >= leastStarts) return undefined
  return `No difference is claimed: that takes at least ${spelled(leastStarts)} fresh starts, and there ${starts === 1 ? 'was' : 'were'} ${spelled(starts)}.`
}

/** Of scenarios in rounds. */
export const comparedInSlices = 'Costs are compared in slices; this scenario, measured in rounds, shows behaviour.'
