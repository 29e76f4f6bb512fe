/**
 * Probes reset, dress and break origins, and count what they saw. Those of one origin therefore take turns; those of
 * different origins do not disturb each other.
 */

import { featureOf, type LineOf, type PolicyFeature } from '../policy/features/index.ts'
import { longestPrefix } from '../policy/paths/prefix.ts'
import type { Policy } from '../policy/policy.ts'
import type { Probe } from '../policy/probes/index.ts'

export interface Lane {
  readonly origin: string
  readonly probes: readonly Probe[]
}

/** By the origin of the line that each probe is about. */
export function lanesOf(policy: Policy, probes: readonly Probe[]): readonly Lane[] {
  return [...Map.groupBy(probes, ({ feature, line }) => originOf(policy, feature, Number(line.split('.')[1])))].map(
    ([origin, each]) => ({ origin, probes: each }),
  )
}

function originOf<F extends PolicyFeature>(policy: Policy, feature: F, index: number): string {
  const lines: readonly LineOf<F>[] = policy[feature]
  const of = featureOf[feature].appliesTo(lines[index]!)
  return 'origin' in of ? of.origin : longestPrefix(policy.routes, of.path)!.origin
}
