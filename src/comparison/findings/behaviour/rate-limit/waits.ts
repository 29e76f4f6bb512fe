/** What those who were let through waited, alone and beside others: a limiter that refuses quickly spares them. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatMs, formatNumber } from '../../../../units.ts'
import { table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { countOf, latencyOf, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'

/** Median latency of a client's accepted answers, milliseconds; NaN where there are none. */
export function waitOf(record: ScenarioRecord, { label }: SystemRecord, client: string): number {
  const accepted = seriesOf(
    record,
    roundsOf(record, label),
    (series) => series.client === client && series.status === 200,
  )
  return percentileMs(latencyOf(accepted), 50)
}

/** Nothing where no client was accepted in several phases: then there is nothing to hold side by side. */
export function waitTable(record: ScenarioRecord, subjects: readonly SystemRecord[]): readonly Block[] {
  const phases = record.scenario.traffic.filter(({ measured }) => measured)
  const rateOf = (phase: (typeof phases)[number]): string =>
    phase.kind === 'rate' ? `${formatNumber(phase.toPerSecond)} a second` : ''
  const steady = phases.filter(({ kind }) => kind === 'rate')
  const both = Object.keys(record.scenario.clients).filter(
    (client) => steady.filter(({ mix }) => mix.some((entry) => entry.client === client)).length > 1,
  )
  if (both.length === 0) return []
  const rows = subjects.flatMap(({ label }) =>
    both.map((client) => {
      const each = steady.flatMap(({ phase }) => {
        const accepted = seriesOf(
          record,
          roundsOf(record, label),
          (series) => series.client === client && series.phase === phase && series.status === 200,
        )
        const waits = latencyOf(accepted)
        return [formatNumber(countOf(accepted)), formatMs(percentileMs(waits, 50)), formatMs(percentileMs(waits, 90))]
      })
      return [label, client, ...each]
    }),
  )
  return [
    table(
      'What those who were let through waited',
      ['system', 'client', ...steady.flatMap(({ phase }) => [`>${phase}`, '>p50', '>p90'])],
      rows,
      `Accepted answers, phase by phase: ${steady.map((phase) => `${phase.phase} ${rateOf(phase)} from all`).join(', ')}.`,
    ),
  ]
}
