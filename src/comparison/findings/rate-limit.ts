/** Who was refused, when, and what they were told. */
import type { ScenarioRecord, SystemRecord } from '../../measurement/run-record.ts'
import { formatMs, formatNumber, formatShare } from '../../units.ts'
import { cell, list, note, table } from '../blocks.ts'
import type { Block, BodiesBlock, ChartBlock, Finding } from '../finding.ts'
import {
  absence,
  claims,
  countOf,
  disproved,
  latencyOf,
  measuredSeconds,
  measuredSystems,
  medianOver,
  percentileMs,
  roundsOf,
  seriesOf,
} from '../rounds.ts'
import { acceptedPerSlot, againstIdeal, idealPerSlot, limitedClient } from './bucket.ts'

/** undefined where the scenario's policy has no rate limit. */
export function rateLimitFinding(scenario: ScenarioRecord): Finding | undefined {
  const line = scenario.scenario.policy.rateLimit[0]
  if (!line) return undefined
  const subjects = measuredSystems(scenario)
  const clients = Object.keys(scenario.scenario.clients)
  const figures = subjects.map((subject) => ({
    subject,
    clients: clients.map((client) => clientFigures(scenario, subject, client)),
  }))
  const limited = limitedClient(scenario)
  return {
    id: 'rate-limit',
    scenario: scenario.scenario.id,
    title: `Rate limit · ${scenario.scenario.title}`,
    question: 'Who is refused when one client takes more than its share, and what is it told?',
    verdict: figures.flatMap(({ subject, clients: each }) => verdictOf(scenario, subject, each, limited)),
    blocks: [
      table(
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
            idealText(scenario, subject, f),
            formatNumber(f.limited),
            formatNumber(f.unauthorized),
            formatNumber(f.perSecond),
            formatMs(f.refusedMs),
          ]),
        ),
        `Policy: ${formatNumber(line.ratePerSecond)} a second per ${line.per}, ${line.burst} at once. Counts are of all rounds; the ideal bucket is fed with the same requests.`,
      ),
      ...(limited ? [bucketChart(scenario, subjects, limited)] : []),
      badKeyTable(scenario, subjects),
      ...(limited ? [toldBlock(scenario, subjects, limited)] : []),
      ...kinds(subjects),
      ...subjects
        .filter((s) => disproved(s, 'rateLimit'))
        .map(({ label }) =>
          note(
            `A probe of the limit of ${label} failed (see Proof): its figures are those of something broken.`,
            'warning',
          ),
        ),
      ...scenario.subjects.flatMap((subject) => absence(scenario, subject) ?? []).map((text) => note(text, 'warning')),
    ],
    metrics: Object.fromEntries(
      figures.map(({ subject, clients: each }) => [
        subject.label,
        Object.fromEntries(
          each.flatMap((f) => [
            [`acceptedPerSecond.${f.client}`, f.perSecond],
            [`acceptedShare.${f.client}`, f.share],
            [`accepted.${f.client}`, f.accepted],
            [`refused.${f.client}`, f.limited + f.unauthorized],
          ]),
        ),
      ]),
    ),
  }
}

function idealText(scenario: ScenarioRecord, subject: SystemRecord, { client, unauthorized }: ClientFigures): string {
  const read =
    claims(subject, 'rateLimit') && unauthorized === 0 ? againstIdeal(scenario, subject.label, client) : undefined
  return read ? formatNumber(read.ideal) : '–'
}

interface ClientFigures {
  readonly client: string
  readonly sent: number
  readonly accepted: number
  readonly limited: number
  readonly unauthorized: number
  readonly share: number
  readonly perSecond: number
  readonly refusedMs: number
}

function clientFigures(scenario: ScenarioRecord, { label }: SystemRecord, client: string): ClientFigures {
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

function verdictOf(
  scenario: ScenarioRecord,
  subject: SystemRecord,
  figures: readonly ClientFigures[],
  limited: string | undefined,
): readonly string[] {
  const greedy = figures.find(({ client }) => client === limited)
  if (!greedy) return []
  if (greedy.sent === 0) return [`${subject.label} answered nothing to ${greedy.client}, whom the limit is for.`]
  const others = figures.filter(
    ({ client, sent, unauthorized }) => client !== limited && sent > 0 && unauthorized === 0,
  )
  if (!claims(subject, 'rateLimit')) {
    return subject.kind === 'baseline'
      ? []
      : [
          `${subject.label} limits nobody: ${greedy.client} got all of its ${formatNumber(greedy.sent)} requests through.`,
        ]
  }
  const told = toldOf(scenario, subject, greedy.client)
  const left = others.map(({ client, share }) => `${client} got ${formatShare(share)} of what it asked for`)
  const approximated = subject.native.fidelity.find(
    ({ feature, level }) => feature === 'rateLimit' && level === 'approximated',
  )
  return [
    `${[acceptedInWords(scenario, subject, greedy), ...left, `refused clients were told ${told}`].join('; ')}.`,
    ...(approximated ? [`${subject.label} only approximates a bucket (${approximated.how}).`] : []),
  ]
}

/** A bucket lets its burst through beside the rate: whoever reads it against the bare limit calls the right one generous. */
function acceptedInWords(
  scenario: ScenarioRecord,
  { label }: SystemRecord,
  { client, perSecond }: ClientFigures,
): string {
  const read = againstIdeal(scenario, label, client)
  if (!read) return `${label} let ${client} have ${formatNumber(perSecond)} requests a second`
  const passed = `${label} let ${formatNumber(read.accepted)} of ${client}’s ${formatNumber(read.offered)} requests through`
  const ideal = `an ideal bucket would let ${formatNumber(read.ideal)} through`
  return read.reading === 'right'
    ? `${passed}, as the policy says (${ideal})`
    : `${passed}, which is ${read.reading} (${ideal})`
}

/** What a refused client learns, in words. */
function toldOf(scenario: ScenarioRecord, { label }: SystemRecord, client: string): string {
  const sample = roundsOf(scenario, label)
    .flatMap(({ samples }) => samples)
    .find((each) => each.client === client && each.status === 429)
  if (!sample) return 'nothing, for nobody was refused'
  const names = sample.headers.map(([name]) => name.toLowerCase())
  const hints = [
    names.includes('retry-after') ? 'when to come back' : '',
    names.includes('ratelimit-remaining') || names.includes('x-ratelimit-remaining') ? 'how much is left' : '',
  ].filter(Boolean)
  return hints.length === 0 ? '429 and nothing else' : `429 and ${list(hints)}`
}

/** Accepted requests of the limited client, cumulated, against a bucket that does exactly what the policy says. */
function bucketChart(scenario: ScenarioRecord, subjects: readonly SystemRecord[], client: string): ChartBlock {
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

/** Requests with a key that nobody has: answered by whom, how fast, and did anybody pay for them. */
function badKeyTable(scenario: ScenarioRecord, subjects: readonly SystemRecord[]): Block {
  const strangers = Object.entries(scenario.scenario.clients)
    .filter(([, { consumer }]) => consumer === undefined)
    .map(([name]) => name)
  if (scenario.scenario.policy.apiKey.length === 0 || strangers.length === 0)
    return note('No client of this scenario sends a bad key.')
  return table(
    'What a bad key costs',
    [
      'system',
      '>bad keys sent',
      '>answered 401',
      '>answered 429',
      '>reached the origin',
      '>answered in (p50)',
      '>CPU per request, whole round',
    ],
    subjects.map(({ label }) => {
      const rounds = roundsOf(scenario, label)
      const series = seriesOf(scenario, rounds, ({ client }) => strangers.includes(client))
      const of = (status: number): number => countOf(series.filter((each) => each.status === status))
      const cpu = medianOver(rounds, ({ cpuNs, answered }) =>
        cpuNs.system === null ? null : cpuNs.system / 1000 / answered,
      )
      return [
        label,
        formatNumber(countOf(series)),
        formatNumber(of(401)),
        formatNumber(of(429)),
        // What was answered 200 came from there: no system here makes up a 200.
        formatNumber(of(200)),
        formatMs(percentileMs(latencyOf(series), 50)),
        Number.isFinite(cpu) ? `${formatNumber(cpu)} µs` : '–',
      ]
    }),
    'A system that counts before it looks at the key answers 429 to strangers, and may let them use up what belongs to customers.',
  )
}

function toldBlock(scenario: ScenarioRecord, subjects: readonly SystemRecord[], client: string): BodiesBlock {
  const telling = /^(retry-after|ratelimit|x-ratelimit|content-type|www-authenticate)/i
  const answers = subjects.flatMap((subject) => {
    const sample = roundsOf(scenario, subject.label)
      .flatMap(({ samples }) => samples)
      .find((each) => each.client === client && each.status === 429)
    if (!sample) return []
    const headers = sample.headers.filter(([name]) => telling.test(name))
    return [
      {
        sent: sample.request,
        label: subject.label,
        status: sample.status,
        headers,
        body: sample.body,
        remark: toldOf(scenario, subject, client),
      },
    ]
  })
  const [first] = answers
  return {
    kind: 'bodies',
    title: 'What the refused client is told',
    request: `the first refused request of ${client}`,
    ...(first ? { sent: first.sent } : {}),
    answers: answers.map(({ sent: _, ...answer }) => answer),
  }
}

/** Each system's kind of bucket, in its own words. */
function kinds(subjects: readonly SystemRecord[]): readonly Block[] {
  const rows = subjects.flatMap(({ label, native }) =>
    native.fidelity.filter(({ feature }) => feature === 'rateLimit').map(({ level, how }) => [label, level, how]),
  )
  return [table('How each system limits', ['system', 'fidelity', 'how'], rows)]
}
