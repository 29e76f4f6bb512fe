/** What became of the requests of each client. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { featureOf } from '../../../../policy/features/index.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { cell, table } from '../../../blocks.ts'
import type { TableBlock } from '../../../finding.ts'
import { claims, countOf, latencyOf, measuredSeconds, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'
import { againstIdeal } from './bucket.ts'

/** How a request is refused for its key: 401 with nearly all, 403 where a vendor says so (AWS API Gateway). */
export const keyRefusals: readonly number[] = featureOf.apiKey.refusals ?? []

/** Those of them that some system answered; 401 where none did. */
export function keyRefusalsSeen(scenario: ScenarioRecord): readonly number[] {
  const all = scenario.subjects.flatMap(({ label }) => seriesOf(scenario, roundsOf(scenario, label)))
  const seen = keyRefusals.filter((refusal) => all.some(({ status }) => status === refusal))
  return seen.length > 0 ? seen : [401]
}

export interface ClientFigures {
  readonly client: string
  readonly sent: number
  readonly accepted: number
  readonly limited: number
  /** Refused for its key. */
  readonly unauthorized: number
  readonly share: number
  readonly perSecond: number
  readonly refusedMs: number
}

export function clientFigures(scenario: ScenarioRecord, { label }: SystemRecord, client: string): ClientFigures {
  const rounds = roundsOf(scenario, label)
  const series = seriesOf(scenario, rounds, (each) => each.client === client)
  const of = (...statuses: readonly number[]): number =>
    countOf(series.filter(({ status }) => statuses.includes(status)))
  const sent = countOf(series)
  const accepted = of(200)
  return {
    client,
    sent,
    accepted,
    limited: of(429),
    unauthorized: of(...keyRefusals),
    share: sent === 0 ? Number.NaN : accepted / sent,
    perSecond: accepted / (rounds.length * measuredSeconds(scenario)),
    refusedMs: percentileMs(
      latencyOf(series.filter(({ status }) => status === 429 || keyRefusals.includes(status))),
      50,
    ),
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
      `>refused ${keyRefusalsSeen(record).join(' or ')}`,
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
