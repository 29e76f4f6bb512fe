/** How long answers took, and refusals apart from them: a refusal is quick, and would make a system look fast. */
import { isEmulated } from '../../../../measurement/emulated.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { answersOf, ofKind, statusWords, totalOf } from '../../../answers.ts'
import { note, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { countOf, latencyOf, percentileMs, roundsOf, seriesOf, serviceOf } from '../../../rounds.ts'

/** Times of one kind of answers, milliseconds; NaN where there is none. */
export function timesOf(scenario: ScenarioRecord, system: SystemRecord, kind: 'accepted' | 'refused') {
  const series = seriesOf(scenario, roundsOf(scenario, system.label), ofKind(kind, scenario, system))
  const histogram = latencyOf(series)
  return {
    count: countOf(series),
    p50: percentileMs(histogram, 50),
    p90: percentileMs(histogram, 90),
    p99: percentileMs(histogram, 99),
    max: histogram.totalCount === 0 ? Number.NaN : histogram.maxValue / 1000,
    service: percentileMs(serviceOf(series), 50),
  }
}

/** Milliseconds, or why there are none. */
export function timeOf(system: SystemRecord, ms: number): string {
  return isEmulated(system) ? 'emulated' : formatMs(ms)
}

/** Nothing where nobody refused anything. */
export function refusedTable(scenario: ScenarioRecord, systems: readonly SystemRecord[]): readonly Block[] {
  const refusing = systems.filter((system) => answersOf(scenario, system).refused.length > 0)
  if (refusing.length === 0) return []
  return [
    table(
      'Latency of refusals, by system',
      ['system', '>refused', '>of its answers', '>p50', '>p90', '>p99', '>max', 'with'],
      refusing.map((system) => {
        const { answered, refused } = answersOf(scenario, system)
        const times = timesOf(scenario, system, 'refused')
        return [
          system.label,
          formatNumber(times.count),
          formatShare(totalOf(refused) / answered),
          timeOf(system, times.p50),
          timeOf(system, times.p90),
          timeOf(system, times.p99),
          timeOf(system, times.max),
          statusWords(refused),
        ]
      }),
      'Refusals that the scenario expects. They are in no other time and no ratio: a system that turns requests away does less work for each.',
    ),
  ]
}

/** Answers of older records whose lines do not say what they expect. */
export function untoldNotes(scenario: ScenarioRecord, systems: readonly SystemRecord[]): readonly Block[] {
  return systems.flatMap((system) => {
    const { untold } = answersOf(scenario, system)
    if (untold.length === 0) return []
    const said = `This record does not say whether these answers of ${system.label} were meant: ${statusWords(untold)}.`
    return [note(`${said} They are in no time.`, 'warning')]
  })
}
