/** The scenarios' expectations against the findings: those that were written, and that what was asked was answered. */

import { emulatedWords, isEmulated } from '../measurement/emulated.ts'
import type { RunRecord, ScenarioRecord } from '../measurement/run-record.ts'
import { own } from '../own.ts'
import { type MetricUnit, metricNamed } from '../scenario/metrics.ts'
import type { Comparison, Expectation } from '../scenario/scenario.ts'
import { formatNumber, formatShare } from '../units.ts'
import { answersOf, toleratedShare, whyWithheld } from './answers.ts'
import type { Finding, Judgement } from './finding.ts'
import { findingMetrics } from './findings/registry.ts'
import { measuredSystems } from './rounds.ts'

/** Expectations of systems that take no part in the run are left out. */
export function judge({ scenarios }: RunRecord, findings: readonly Finding[]): readonly Judgement[] {
  return scenarios.flatMap((record) => [
    ...unanswered(record),
    ...record.scenario.expect.flatMap((expectation) => judged(record, expectation, findings) ?? []),
  ])
}

/** True where a run is no success: something is broken, or cannot be told although the system was measured. */
export function isFailure(judgements: readonly Judgement[]): boolean {
  return judgements.some(({ state, measured }) => state === 'broken' || (state === 'unjudged' && measured))
}

/** Figures that are withheld of a system that is emulated. */
const unitsOfTime: ReadonlySet<MetricUnit> = new Set(['ms', 'µs', 'ratio'])

function judged(record: ScenarioRecord, expectation: Expectation, findings: readonly Finding[]): Judgement | undefined {
  const { scenario, subjects } = record
  const { finding, system, metric, comparison, text } = expectation
  const subject = subjects.find(({ label }) => label === system)
  if (!subject) return undefined
  const measured = measuredSystems(record).includes(subject)
  const base = { scenario: scenario.id, system, finding, metric, expected: text, measured }
  const found = findings.find(
    (each) => each.id === finding && (each.scenario === scenario.id || each.scenario === null),
  )
  const value = own((found && own(found.metrics, system)) ?? {}, metric)
  if (value === undefined || !Number.isFinite(value)) {
    const why = measured ? whyWithheld(answersOf(record, subject)) : undefined
    const metrics = findingMetrics.find(({ id }) => id === finding)?.metrics ?? []
    const known = metricNamed(metrics, metric, scenario)
    const withheld = isEmulated(subject) && known && unitsOfTime.has(known.unit) ? emulatedWords : undefined
    const missing = withheld ?? known?.missing ?? 'it has no such figure'
    const absent = measured ? missing : 'it has no finished round'
    return { ...base, received: subject.reason || why || absent, state: 'unjudged' }
  }
  const received = text.includes('%') ? formatShare(value) : formatNumber(value)
  return { ...base, received, state: holds(comparison, value) ? 'met' : 'broken' }
}

/** Nobody has to write that what is asked is to be answered: it is judged where it does not hold. */
function unanswered(record: ScenarioRecord): readonly Judgement[] {
  return measuredSystems(record).flatMap((subject) => {
    const answers = answersOf(record, subject)
    const why = whyWithheld(answers)
    if (why === undefined) return []
    return [
      {
        scenario: record.scenario.id,
        system: subject.label,
        finding: 'latency',
        metric: 'answered as expected',
        expected: `>= ${formatShare(1 - toleratedShare)}`,
        received: why,
        state: answers.sent === 0 ? 'unjudged' : 'broken',
        measured: true,
      },
    ]
  })
}

/** Shares and rates are sums of floats: equality allows for their last digits. */
const tiny = 1e-9

function holds(comparison: Comparison, value: number): boolean {
  const { op, value: wanted } = comparison
  switch (op) {
    case '>=':
      return value >= wanted - tiny
    case '<=':
      return value <= wanted + tiny
    case '>':
      return value > wanted
    case '<':
      return value < wanted
    case '=':
      return Math.abs(value - wanted) <= tiny
    case '±':
      return Math.abs(value - wanted) <= comparison.tolerance + tiny
  }
}
