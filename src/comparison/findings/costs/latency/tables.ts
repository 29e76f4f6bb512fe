/** How long answers took, and refusals apart from them: a refusal is quick, and would make a system look fast. */
import { isEmulated } from '../../../../measurement/emulated.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { answersOf, ofKind, statusWords, totalOf } from '../../../answers.ts'
import { note, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { countOf, latencyOf, percentileMs, roundsOf, seriesOf, serviceOf } from '../../../rounds.ts'
import { type Compared, spanOf } from './compared.ts'

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
function timeOf(system: SystemRecord, ms: number): string {
  return isEmulated(system) ? 'emulated' : formatMs(ms)
}

export function acceptedTable(scenario: ScenarioRecord, { rows, baseline, withheld, intervals }: Compared): Block {
  const ranges = [...intervals.values()].every(({ kind }) => kind === 'range')
  const all = rows.every(({ system }) => {
    const { answered, accepted } = answersOf(scenario, system)
    return answered === accepted
  })
  const silent = (system: SystemRecord): boolean =>
    baseline !== undefined && system !== baseline && (withheld.has(system) || withheld.has(baseline))
  return table(
    all ? 'Latency by system' : 'Latency of accepted answers, by system',
    [
      'system',
      all ? '>requests' : '>accepted',
      '>p50',
      '>p90',
      '>p99',
      '>max',
      '>service p50',
      '>× direct',
      ranges ? 'least – most' : '95 % interval',
      'p (Holm)',
    ],
    rows.map(({ system, interval, judged }) => {
      const times = timesOf(scenario, system, 'accepted')
      return [
        system.label,
        formatNumber(times.count),
        timeOf(system, times.p50),
        timeOf(system, times.p90),
        timeOf(system, times.p99),
        timeOf(system, times.max),
        timeOf(system, times.service),
        judged?.difference === 'withheld' || silent(system)
          ? 'withheld'
          : interval
            ? `×${interval.ratio.toFixed(2)}`
            : '–',
        interval && (ranges || interval.kind === 'bootstrap') ? spanOf(interval) : '–',
        interval?.kind === 'bootstrap' && judged ? judged.adjustedP.toFixed(3) : '–',
      ]
    }),
    'Open loop: requests leave on schedule, whatever the answers do. Latency is measured from the scheduled moment, service time from the actual send. ' +
      `Ratios are paired within rounds; ${ranges ? 'beside them the smallest and the largest of the rounds' : 'the interval is a bootstrap over rounds, and p counts the comparisons with direct, without direct itself and its duplicate'}. Times are of accepted answers, and a ratio is of those that both accepted: quick refusals do not count as speed.`,
  )
}

/** Nothing where nobody refused anything. */
export function refusedTable(scenario: ScenarioRecord, { rows }: Compared): readonly Block[] {
  const refusing = rows.filter(({ system }) => answersOf(scenario, system).refused.length > 0)
  if (refusing.length === 0) return []
  return [
    table(
      'Latency of refusals, by system',
      ['system', '>refused', '>of its answers', '>p50', '>p90', '>p99', '>max', 'with'],
      refusing.map(({ system }) => {
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
export function untoldNotes(scenario: ScenarioRecord, { rows }: Compared): readonly Block[] {
  return rows.flatMap(({ system }) => {
    const { untold } = answersOf(scenario, system)
    if (untold.length === 0) return []
    const said = `This record does not say whether these answers of ${system.label} were meant: ${statusWords(untold)}.`
    return [note(`${said} They are in no time.`, 'warning')]
  })
}
