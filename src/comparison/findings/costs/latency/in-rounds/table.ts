/** Times of accepted answers in all rounds, with the ratios to direct. */
import type { ScenarioRecord, SystemRecord } from '../../../../../measurement/run-record.ts'
import { formatNumber } from '../../../../../units.ts'
import { answersOf } from '../../../../answers.ts'
import { table } from '../../../../blocks.ts'
import type { Block } from '../../../../finding.ts'
import { timeOf, timesOf } from '../tables.ts'
import { type Compared, spanOf } from './compared.ts'

export function acceptedTable(
  scenario: ScenarioRecord,
  { rows, baseline, duplicate, withheld, intervals }: Compared,
): Block {
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
        interval?.kind === 'bootstrap' && judged && duplicate ? judged.adjustedP.toFixed(3) : '–',
      ]
    }),
    'Open loop: requests leave on schedule, whatever the answers do. Latency is measured from the scheduled moment, service time from the actual send. ' +
      `Ratios are paired within rounds; ${ranges ? 'beside them the smallest and the largest of the rounds' : 'the interval is a bootstrap over rounds, and p counts the comparisons with direct, without direct itself and its duplicate'}. Times are of accepted answers, and a ratio is of those that both accepted: quick refusals do not count as speed.`,
  )
}
