import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatNumber } from '../../../../units.ts'
import { list } from '../../../blocks.ts'
import type { ChartBlock } from '../../../finding.ts'
import { claims } from '../../../rounds.ts'
import { acceptedPerSlot, idealPerSlot } from './bucket.ts'

/** Accepted requests of the limited client, cumulated, against a bucket that does exactly what the policy says. */
export function bucketChart(scenario: ScenarioRecord, subjects: readonly SystemRecord[], client: string): ChartBlock {
  const running = subjects.filter((subject) => claims(subject, 'rateLimit'))
  const series = running.map(({ label }) => ({ name: label, points: acceptedPerSlot(scenario, label, client) }))
  const ideal = {
    name: 'ideal bucket',
    points: idealPerSlot(scenario, running[0]?.label ?? 'direct', client),
    reference: true,
  }
  const ends = [...series, ideal].map(({ name, points }) => `${name} ${formatNumber(points.at(-1)?.[1] ?? 0)}`)
  return {
    kind: 'chart',
    shape: 'step',
    title: `Accepted from ${client} so far (first round)`,
    x: { title: 'seconds', scale: 'linear' },
    y: { title: 'requests accepted so far', scale: 'linear' },
    series: [ideal, ...series],
    summary: `At the end of the first round had been accepted: ${list(ends)}.`,
  }
}
