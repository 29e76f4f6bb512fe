/** What one hop through a system added to the median answer, where a run may claim something of it. */
import type { RunRecord, ScenarioRecord } from '../../../../measurement/run-record.ts'
import { acceptedByBoth, familyOf } from '../../../../measurement/slices/family.ts'
import { pooledQuantile } from '../../../../measurement/slices/pooled.ts'
import { judge } from '../../../../statistics/judge.ts'
import { answersOf, whyWithheld } from '../../../answers.ts'
import { doubtAbout } from '../../../doubt.ts'

export interface Added {
  readonly scenario: string
  /** Milliseconds: the interval of the ratio to `direct`, widened by what its duplicate lay apart. */
  readonly low: number
  readonly high: number
}

/** Of the first scenario in slices that can claim something of the system; undefined where none can. */
export function addedLatency(record: RunRecord, system: string): Added | undefined {
  for (const scenario of record.scenarios) {
    const added = addedIn(scenario, record, system)
    if (added) return added
  }
  return undefined
}

function addedIn(scenario: ScenarioRecord, { declared }: RunRecord, system: string): Added | undefined {
  const { slices, subjects } = scenario
  const subject = subjects.find((each) => each.system === system && each.duplicateOf === undefined)
  const direct = subjects.find(({ kind, duplicateOf }) => kind === 'baseline' && duplicateOf === undefined)
  if (!slices || slices.effort === 'quick' || !subject || !direct) return undefined
  if ([subject, direct].some((each) => whyWithheld(answersOf(scenario, each)) !== undefined)) return undefined
  // As the finding about latency has it: of a scenario that is not to be relied on, nothing is claimed.
  if (doubtAbout(scenario, declared) !== undefined) return undefined
  const judged = judge(familyOf(scenario, declared), slices.looks).find(
    ({ comparison: { metric, label, reference } }) =>
      metric === 'p50' && label === subject.label && reference === direct.label,
  )
  const { us } = pooledQuantile(slices, direct.label, acceptedByBoth(scenario, subject, direct), 0.5)
  if (!judged || judged.claim === 'noise' || us === undefined) return undefined
  const { interval, floor } = judged
  const added = (ratio: number): number => (us / 1000) * (ratio - 1)
  return {
    scenario: scenario.scenario.id,
    low: added(interval.low / (1 + floor)),
    high: added(interval.high * (1 + floor)),
  }
}
