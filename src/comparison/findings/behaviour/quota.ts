/** Who was stopped when the requests of a day or a month were used up, and what it was told. */
import type { RoundRecord, ScenarioRecord, SystemRecord } from '../../../measurement/run-record.ts'
import type { Quota } from '../../../policy/features/quota/line.ts'
import { lineOn } from '../../../policy/locations.ts'
import { pathOf } from '../../../scenario/served.ts'
import { formatNumber } from '../../../units.ts'
import { cell, note, type Said, sentences, table } from '../../blocks.ts'
import { absence, claims, entryOf, measuredSystems, roundsOf } from '../../rounds.ts'
import type { Drawn, ScenarioFinding } from '../module.ts'

export const quota: ScenarioFinding<'quota'> = {
  id: 'quota',
  of: 'scenario',
  title: 'Quota',
  question: 'Who is stopped when the requests of a day or a month are used up?',
  feature: 'quota',
  metrics: [
    {
      name: 'mostGiven',
      unit: 'requests',
      meaning: 'the most answers with 200 that one consumer got below a quota while it counts',
      missing: 'no consumer asked for anything below a quota',
    },
    {
      name: 'timesQuota',
      unit: 'ratio',
      meaning: 'the same, against the quota',
      missing: 'no consumer asked for anything below a quota',
    },
  ],
  applies: ({ policy }) => policy.quota.length > 0,
  draw,
}

/** What a consumer asked for below one quota while that counts: in a round that begins anew, else in all of them. */
interface Use {
  readonly consumer: string
  readonly line: Quota
  readonly asked: number
  readonly given: number
  readonly refused: number
}

interface Row {
  readonly subject: SystemRecord
  /** Of the consumer who got most of its quota; undefined where nobody asked. */
  readonly use: Use | undefined
}

function draw(record: ScenarioRecord): Drawn {
  const rows = measuredSystems(record).map(
    (subject): Row => ({
      subject,
      use: usesOf(record, subject).toSorted((a, b) => share(b) - share(a) || b.asked - a.asked)[0],
    }),
  )
  return {
    verdict: verdictOf(rows),
    blocks: [
      table(
        'What the consumer got who took most of its quota',
        ['system', 'consumer', '>asked for', '>quota', '>given', '>refused 429', 'told'],
        rows.map(({ subject, use }) => [
          subject.label,
          ...(use
            ? [
                use.consumer,
                formatNumber(use.asked),
                `${formatNumber(use.line.requests)} a ${use.line.period}`,
                cell(formatNumber(use.given), claims(subject, 'quota') && share(use) > 1 ? 'bad' : undefined),
                formatNumber(use.refused),
                toldOf(record, subject, use) ?? cell('–', 'muted'),
              ]
            : ['nobody asked', ...Array.from({ length: 5 }, () => cell('–', 'muted'))]),
        ]),
        record.scenario.fresh
          ? 'In the round in which it got most: each round begins with a whole quota.'
          : 'In all rounds together: no quota begins anew between them.',
      ),
      note(
        'A rate limit protects an origin from this second; a quota says what a consumer has bought. It needs a count that outlasts restarts and holds for all machines: that is why it comes with a service, or with a database.',
      ),
      ...record.subjects.flatMap((subject) => absence(record, subject) ?? []).map((text) => note(text, 'warning')),
    ],
    metrics: Object.fromEntries(
      rows.flatMap(({ subject, use }) =>
        use ? [[subject.label, { mostGiven: use.given, timesQuota: share(use) }] as const] : [],
      ),
    ),
  }
}

function share({ given, line }: Use): number {
  return given / line.requests
}

function verdictOf(rows: readonly Row[]): readonly string[] {
  const said = rows
    .filter(({ subject }) => subject.kind !== 'baseline')
    .flatMap(({ subject, use }): Said[] => {
      const { label } = subject
      if (!use) return []
      const { consumer, given, line } = use
      const bought = `${formatNumber(line.requests)} a ${line.period}`
      if (!claims(subject, 'quota'))
        return [{ label, says: `knew no quotas: ${consumer} got more than its ${bought}, and nobody counted.` }].filter(
          () => given > line.requests,
        )
      if (given > line.requests)
        return [{ label, says: `let ${consumer} have ${formatNumber(given)} requests, more than its ${bought}.` }]
      return [{ label, says: `stopped ${consumer} at its ${bought}.` }].filter(() => use.refused > 0)
    })
  const all = sentences(said)
  return all.length > 0 ? all : ['No consumer asked for more than its quota.']
}

function usesOf(record: ScenarioRecord, { label }: SystemRecord): readonly Use[] {
  const rounds = roundsOf(record, label)
  const periods = record.scenario.fresh ? rounds.map((round) => [round]) : [rounds]
  return periods.flatMap((period) => usesIn(record, period))
}

/** Warm-up counts too: a quota knows none. */
function usesIn(record: ScenarioRecord, rounds: readonly RoundRecord[]): readonly Use[] {
  const { clients, policy } = record.scenario
  const uses = new Map<string, Use>()
  for (const series of rounds.flatMap(({ seconds }) => seconds.flatMap((second) => second.series))) {
    const { client, status, count } = series
    const consumer = clients[client]?.consumer
    const entry = entryOf(record, series)
    const line = entry && lineOn(policy, 'quota', pathOf(entry))
    if (consumer === undefined || !line) continue
    const key = JSON.stringify([consumer, line.path])
    const before = uses.get(key) ?? { consumer, line, asked: 0, given: 0, refused: 0 }
    uses.set(key, {
      ...before,
      asked: before.asked + count,
      given: before.given + (status === 200 ? count : 0),
      refused: before.refused + (status === 429 ? count : 0),
    })
  }
  return [...uses.values()]
}

/** The refusal as it came: when to come back, and the body. */
function toldOf(record: ScenarioRecord, { label }: SystemRecord, { consumer, line }: Use): string | undefined {
  const { scenario } = record
  const sample = roundsOf(record, label)
    .flatMap(({ samples }) => samples)
    .find(
      ({ client, status, request }) =>
        status === 429 &&
        scenario.clients[client]?.consumer === consumer &&
        lineOn(scenario.policy, 'quota', request.path.replace(/\?.*/s, '')) === line,
    )
  const wait = sample?.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
  return sample && [sample.body.trim(), wait === undefined ? 'no Retry-After' : `Retry-After: ${wait}`].join(', ')
}
