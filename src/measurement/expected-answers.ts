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
  const behind = statusBehind({ policy, origins }, support, entry)
  // Who routes nothing asks the first origin, whatever the path: that it has no such thing is no mistake of anybody's.
  if (!claimsFeature(support, 'routes') && behind === 404) return [404]
  const carried = expect.filter((status) => {
    const features = refusing(status)
    return features.length === 0 || features.some((feature) => claimsFeature(support, feature))
  })
  return carried.length === expect.length ? expect : [...new Set([...carried, behind])]
}

/** What the origin answers to a line once the system lets it through. */
function statusBehind(
  { policy, origins }: Pick<Scenario, 'policy' | 'origins'>,
  support: RecordedSupport,
  entry: Entry,
): 200 | 404 {
  const path = pathOf(entry)
  const name = claimsFeature(support, 'routes') ? routeOf(policy, path)?.origin : Object.keys(origins)[0]
  const origin = name === undefined ? undefined : own(origins, name)
  return origin && serves(origin, path) ? 200 : 404
}

/**
 * accepted: as it was meant, and no refusal. refused: as it was meant, turned away. unexpected: not as it was meant.
 * untold: the line does not say what it expects (older records), and its status alone does not tell either.
 */
export type AnswerKind = 'accepted' | 'refused' | 'unexpected' | 'untold'

type Answer = Pick<Series, 'phase' | 'mixIndex' | 'status'>

/** Tells what each answer of one system was. A refusal is quick and says nothing of how long an answer takes. */
export function classifying(
  scenario: Pick<Scenario, 'policy' | 'origins' | 'traffic'>,
  support: RecordedSupport,
): (answer: Answer) => AnswerKind {
  const byPhase = new Map(
    scenario.traffic.map(({ phase, mix }) => [
      phase,
      mix.map((entry) => ({
        expected: expectedStatuses(scenario, support, entry),
        behind: statusBehind(scenario, support, entry),
      })),
    ]),
  )
  const refusedByFeature = (status: number): boolean =>
    refusing(status).some(
      (feature) => feature !== 'routes' && claimsFeature(support, feature) && scenario.policy[feature].length > 0,
    )
  return ({ phase, mixIndex, status }) => {
    const line = byPhase.get(phase)?.[mixIndex]
    if (line?.expected) {
      if (!line.expected.includes(status)) return 'unexpected'
      return status < 400 || status === line.behind ? 'accepted' : 'refused'
    }
    if (status < 400) return 'accepted'
    if (status >= 500) return 'unexpected'
    return refusedByFeature(status) ? 'refused' : 'untold'
  }
}

/** Tells the answers that were meant from the others, for one system. */
export function expecting(...of: Parameters<typeof classifying>): (answer: Answer) => boolean {
  const kindOf = classifying(...of)
  return (answer) => kindOf(answer) !== 'unexpected'
}

type Counted = Answer & Pick<Series, 'count'>

/** Answers that were not meant, by status. */
export function unexpectedIn(series: readonly Counted[], isExpected: ReturnType<typeof expecting>): StatusCounts {
  return countsByStatus(series.filter((each) => !isExpected(each)))
}

export function countsByStatus(series: readonly Pick<Counted, 'status' | 'count'>[]): StatusCounts {
  const counts = new Map<number, number>()
  for (const { status, count } of series) counts.set(status, (counts.get(status) ?? 0) + count)
  return [...counts]
}

/** At a glance, before a round is held against what its scenario expects: an answer whose time means something. */
export function isNoRefusal({ status }: Pick<Series, 'status'>): boolean {
  return status < 400
}
