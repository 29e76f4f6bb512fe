/** Whether what was asked was answered: without that, no figure of a system says anything. */

import { faultsOf, unansweredOf } from '../http/failure.ts'
import {
  type AnswerKind,
  classifying,
  countsByStatus,
  expectedStatuses,
  expecting,
  type StatusCounts,
  unexpectedIn,
} from '../measurement/expected-answers.ts'
import type { ScenarioRecord, SystemRecord } from '../measurement/run-record.ts'
import type { Series } from '../traffic/plan.ts'
import { formatNumber } from '../units.ts'
import { cell, table } from './blocks.ts'
import type { Block } from './finding.ts'
import { countOf, measuredSystems, roundsOf, seriesOf } from './rounds.ts'

export interface Answers {
  /** Requests of the measured phases that were answered, and all that were not. */
  readonly sent: number
  readonly answered: number
  /** Expected answers that are no refusals: the only ones whose times are compared. */
  readonly accepted: number
  /** Expected refusals. */
  readonly refused: StatusCounts
  /** Answers of which an older record does not tell whether they were meant. */
  readonly untold: StatusCounts
  readonly unexpected: StatusCounts
  /** Failures that are the system's doing, in all phases. */
  readonly faults: number
  /** Both together: the errors. */
  readonly wrong: number
}

/** From this share of wrong answers on, nothing is claimed of a system’s times: fixed before any run. */
export const toleratedShare = 0.01

export function answersOf(scenario: ScenarioRecord, subject: SystemRecord): Answers {
  const rounds = roundsOf(scenario, subject.label)
  const series = seriesOf(scenario, rounds)
  const kindOf = classifying(scenario.scenario, subject.support)
  const kinds = (kind: AnswerKind): StatusCounts => countsByStatus(series.filter((each) => kindOf(each) === kind))
  const unexpected = kinds('unexpected')
  const answered = countOf(series)
  const sum = (of: typeof faultsOf): number => rounds.reduce((total, { failures }) => total + of(failures), 0)
  const faults = sum(faultsOf)
  const wrong = faults + totalOf(unexpected)
  return {
    sent: answered + sum(unansweredOf),
    answered,
    accepted: totalOf(kinds('accepted')),
    refused: kinds('refused'),
    untold: kinds('untold'),
    unexpected,
    faults,
    wrong,
  }
}

/** Why nothing may be claimed of a system's times, to follow a colon; undefined where it may. */
export function whyWithheld({ sent, answered, unexpected, faults, wrong }: Answers): string | undefined {
  if (sent === 0) return 'nothing was sent in the measured phases'
  if (answered === 0) return `none of ${formatNumber(sent)} requests was answered`
  if (wrong / sent <= toleratedShare) return undefined
  const seen = [statusWords(unexpected), faults > 0 ? `failed ×${formatNumber(faults)}` : '']
  return `${formatNumber(wrong)} of ${formatNumber(sent)} requests were not answered as the scenario expects (${seen.filter(Boolean).join(', ')})`
}

/** `404 ×20, 502 ×1` */
export function statusWords(counts: StatusCounts): string {
  const sorted = [...counts].sort(([a], [b]) => a - b)
  return sorted.map(([status, count]) => `${status} ×${formatNumber(count)}`).join(', ')
}

export function totalOf(counts: StatusCounts): number {
  return counts.reduce((sum, [, count]) => sum + count, 0)
}

/** Chooses the answers of one kind among a system's series. */
export function ofKind(kind: AnswerKind, scenario: ScenarioRecord, subject: SystemRecord): (series: Series) => boolean {
  const kindOf = classifying(scenario.scenario, subject.support)
  return (series) => kindOf(series) === kind
}

/** Answers that both systems accept: what a ratio of their times compares. */
export function acceptedByBoth(
  scenario: ScenarioRecord,
  one: SystemRecord,
  other: SystemRecord,
): (series: Series) => boolean {
  const [mine, theirs] = [one, other].map((each) => ofKind('accepted', scenario, each))
  return (series) => mine!(series) && theirs!(series)
}

/** Expected refusals by all that was answered; 0–1, NaN where nothing was. */
export function refusedShare(scenario: ScenarioRecord, subject: SystemRecord): number {
  const { refused, answered } = answersOf(scenario, subject)
  return answered === 0 ? Number.NaN : totalOf(refused) / answered
}

/** Line by line, what was not answered as it was meant; nothing where everything was. */
export function unexpectedTable(scenario: ScenarioRecord): readonly Block[] {
  const rows = measuredSystems(scenario).flatMap((subject) =>
    scenario.scenario.traffic
      .filter(({ measured }) => measured)
      .flatMap(({ phase, mix }) =>
        mix.flatMap((entry, mixIndex) => {
          const isExpected = expecting(scenario.scenario, subject.support)
          const rounds = roundsOf(scenario, subject.label)
          const own = seriesOf(scenario, rounds, (each) => each.phase === phase && each.mixIndex === mixIndex)
          const unexpected = unexpectedIn(own, isExpected)
          if (unexpected.length === 0) return []
          const wanted = expectedStatuses(scenario.scenario, subject.support, entry)
          return [
            [
              subject.label,
              phase,
              `${entry.method} ${entry.path} as ${entry.client}`,
              wanted?.join(' or ') ?? 'below 500',
              cell(`${statusWords(unexpected)} of ${formatNumber(countOf(own))}`, 'bad'),
            ],
          ]
        }),
      ),
  )
  if (rows.length === 0) return []
  return [
    table(
      'Not answered as expected',
      ['system', 'phase', 'line of the mix', 'expected', 'answered'],
      rows,
      'What a line of the mix expects is what its “expect” says, 200 where it says nothing. A system that does not refuse is expected to answer what the origin does.',
    ),
  ]
}
