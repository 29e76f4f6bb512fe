/** What became of the requests of each client. */
import type { ScenarioRecord, SystemRecord } from '../../../measurement/run-record.ts'
import { formatMs, formatNumber, formatShare } from '../../../units.ts'
import { cell, table } from '../../blocks.ts'
import type { TableBlock } from '../../finding.ts'
import { claims, countOf, latencyOf, measuredSeconds, percentileMs, roundsOf, seriesOf } from '../../rounds.ts'
import { againstIdeal } from './bucket.ts'

export interface ClientFigures {
  readonly client: string
  readonly sent: number
  readonly accepted: number
  readonly limited: number
  readonly unauthorized: number
  readonly share: number
  readonly perSecond: number
  readonly refusedMs: number
}

export function clientFigures(scenario: ScenarioRecord, { label }: SystemRecord, client: string): ClientFigures {
  const rounds = roundsOf(scenario, label)
  const series = seriesOf(scenario, rounds, (each) => each.client === client)
  const of = (status: number): number => countOf(series.filter((each) => each.status === status))
  const sent = countOf(series)
  const accepted = of(200)
  return {
    client,
    sent,
    accepted,
    limited: of(429),
    unauthorized: of(401),
    share: sent === 0 ? Number.NaN : accepted / sent,
    perSecond: accepted / (rounds.length * measuredSeconds(scenario)),
    refusedMs: percentileMs(latencyOf(series.filter(({ status }) => status === 429 || status === 401)), 50),
  }
}

function idealText(scenario: ScenarioRecord, subject: SystemRecord, { client, unauthorized }: ClientFigures): string {
  const read =
    claims(subject, 'rateLimit') && unauthorized === 0 ? againstIdeal(scenario, subject.label, client) : undefined
  return read ? formatNumber(read.ideal) : '–'
}

export function clientTable(
  record: ScenarioRecord,
  figures: readonly { readonly subject: SystemRecord; readonly clients: readonly ClientFigures[] }[],
): TableBlock {
  const { ratePerSecond, per, burst } = record.scenario.policy.rateLimit[0]!
  return table(
    'Accepted and refused, by system and client',
    [
      'system',
      'client',
      '>sent',
      '>accepted',
      '>ideal bucket',
      '>refused 429',
      '>refused 401',
      '>accepted per second',
      '>refused in (p50)',
    ],
    figures.flatMap(({ subject, clients: each }) =>
      each.map((f) => [
        subject.label,
        f.client,
        formatNumber(f.sent),
        cell(`${formatNumber(f.accepted)} (${formatShare(f.share)})`),
        idealText(record, subject, f),
        formatNumber(f.limited),
        formatNumber(f.unauthorized),
        formatNumber(f.perSecond),
        formatMs(f.refusedMs),
      ]),
    ),
    `Policy: ${formatNumber(ratePerSecond)} a second per ${per}, ${burst} at once. Counts are of all rounds; the ideal bucket is fed with the same requests.`,
  )
}
