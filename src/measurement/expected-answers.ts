/**
 * Which statuses answer a line of the mix as it was meant, system by system: the only place that says so. A line states
 * what the policy makes of its requests; a system that lacks the feature which refuses them answers what the origin does.
 */
import { own } from '../own.ts'
import { featureOf, type PolicyFeature, policyFeatures } from '../policy/features/index.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { pathOf, routeOf, serves } from '../scenario/served.ts'
import type { Series } from '../traffic/plan.ts'
import { claimsFeature, type RecordedSupport } from './run-record.ts'

/** Counts by status: pairs, because events carry them as JSON. */
export type StatusCounts = readonly (readonly [status: number, count: number])[]

type Entry = Scenario['traffic'][number]['mix'][number]

/** The features that answer with this status; none for those that come from the origin. */
function refusing(status: number): readonly PolicyFeature[] {
  return policyFeatures.filter((feature) => featureOf[feature].refusals?.includes(status))
}

/** Undefined where the line does not say what it expects. */
export function expectedStatuses(
  { policy, origins }: Pick<Scenario, 'policy' | 'origins'>,
  support: RecordedSupport,
  entry: Entry,
): readonly number[] | undefined {
  const { expect } = entry
  if (expect === undefined) return undefined
  const path = pathOf(entry)
  const routed = claimsFeature(support, 'routes')
  const name = routed ? routeOf(policy, path)?.origin : Object.keys(origins)[0]
  const origin = name === undefined ? undefined : own(origins, name)
  const behind = origin && serves(origin, path) ? 200 : 404
  // Who routes nothing asks the first origin, whatever the path: that it has no such thing is no mistake of anybody's.
  if (!routed && behind === 404) return [404]
  const carried = expect.filter((status) => {
    const features = refusing(status)
    return features.length === 0 || features.some((feature) => claimsFeature(support, feature))
  })
  return carried.length === expect.length ? expect : [...new Set([...carried, behind])]
}

/** Tells the answers that were meant from the others, for one system. */
export function expecting(
  scenario: Pick<Scenario, 'policy' | 'origins' | 'traffic'>,
  support: RecordedSupport,
): (answer: Pick<Series, 'phase' | 'mixIndex' | 'status'>) => boolean {
  const byPhase = new Map(
    scenario.traffic.map(({ phase, mix }) => [phase, mix.map((entry) => expectedStatuses(scenario, support, entry))]),
  )
  return ({ phase, mixIndex, status }) => byPhase.get(phase)?.[mixIndex]?.includes(status) ?? status < 500
}

/** Answers that were not meant, by status. */
export function unexpectedIn(
  series: readonly Pick<Series, 'phase' | 'mixIndex' | 'status' | 'count'>[],
  isExpected: ReturnType<typeof expecting>,
): StatusCounts {
  const counts = new Map<number, number>()
  for (const answer of series) {
    if (!isExpected(answer)) counts.set(answer.status, (counts.get(answer.status) ?? 0) + answer.count)
  }
  return [...counts]
}
