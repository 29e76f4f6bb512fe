/** What may be said of costs that were measured in slices: one family of comparisons per scenario, judged as one. */
import type { ScenarioRecord, SystemRecord } from '../../measurement/run-record.ts'
import { familyOf } from '../../measurement/slices/family.ts'
import type { SlicesRecord } from '../../measurement/slices/slice-record.ts'
import { type Judged, judge, type Metric } from '../../statistics/judge.ts'
import type { Declaration } from '../../systems/declarations.ts'
import { isFlagged } from './flagged.ts'
import { isSliced, type SlicedScenario, whyNoClaim } from './sliced.ts'

/**
 * Several findings of a scenario, the verdict and the grade of its run rest on the same family, which takes a tenth of a
 * second to compute. Slices never change once they are recorded; who is compared may, where some are left out.
 */
const computed = new WeakMap<SlicesRecord, Map<string, readonly Judged[]>>()

/** Empty where the scenario has no slices. `declared`: which system builds on which. */
export function judgedOf(scenario: ScenarioRecord, declared: readonly Declaration[] = []): readonly Judged[] {
  if (!isSliced(scenario)) return []
  const { slices, subjects } = scenario
  const builtOn = declared.flatMap(({ system, buildsOn }) => (buildsOn === undefined ? [] : [`${system}<${buildsOn}`]))
  const key = [...subjects.map(({ label }) => label), ...builtOn].join()
  const families = computed.get(slices) ?? new Map<string, readonly Judged[]>()
  computed.set(slices, families)
  const known = families.get(key) ?? judgedAnew(scenario, declared)
  families.set(key, known)
  return known
}

/** Nothing is claimed where the run may not, or too many slices of one of the two stayed flagged. */
function judgedAnew(scenario: SlicedScenario, declared: readonly Declaration[]): readonly Judged[] {
  const silent = whyNoClaim(scenario) !== undefined
  return judge(familyOf(scenario, declared), scenario.slices.looks).map((each) => {
    const { label, reference } = each.comparison
    return silent || isFlagged(scenario, label, reference) ? { ...each, claim: 'noise' } : each
  })
}

/** The comparisons of one metric: what most systems are compared to, and how one system differed from itself. */
export interface Compared {
  readonly reference: SystemRecord | undefined
  /** With the reference, in the order of the record; without the duplicate. */
  readonly judged: readonly Judged[]
  /** A system against the one it builds on, where that is not the reference. */
  readonly builtOn: readonly Judged[]
  readonly duplicate: Judged | undefined
}

export function comparedBy(metric: Metric, scenario: SlicedScenario, declared?: readonly Declaration[]): Compared {
  const all = judgedOf(scenario, declared).filter(({ comparison }) => comparison.metric === metric)
  const duplicate = all.find(({ comparison }) => comparison.isDuplicate)
  const others = all.filter((each) => each !== duplicate)
  // All are compared to the reference, and only few to a system that they build on.
  const counts = Map.groupBy(others, ({ comparison }) => comparison.reference)
  const label = [...counts].sort(([, a], [, b]) => b.length - a.length)[0]?.[0]
  return {
    reference: scenario.subjects.find((each) => each.label === label),
    judged: others.filter(({ comparison }) => comparison.reference === label),
    builtOn: others.filter(({ comparison }) => comparison.reference !== label),
    duplicate,
  }
}

/** One system against the one it builds on; undefined where they were not compared. */
export function against(
  metric: Metric,
  scenario: ScenarioRecord,
  [label, reference]: readonly [string, string],
  declared: readonly Declaration[],
): Judged | undefined {
  return judgedOf(scenario, declared).find(
    ({ comparison }) =>
      comparison.metric === metric && comparison.label === label && comparison.reference === reference,
  )
}
