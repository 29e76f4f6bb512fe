/** Who was refused, when, and what they were told. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { hasOwnBucket } from '../../../../scenario/requests/own-bucket.ts'
import { note, sentences, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { absence, claims, disproved, measuredSystems } from '../../../rounds.ts'
import type { Drawn, ScenarioFinding } from '../../module.ts'
import { badKeyTable } from './bad-keys.ts'
import { limitedClient } from './bucket.ts'
import { bucketChart } from './bucket-chart.ts'
import { clientFigures, clientTable } from './clients.ts'
import { asksForEdges, edgeOf, edgeSaid, edgeTable } from './edges.ts'
import { seenToBe } from './seen-to-be.ts'
import { saidOf } from './sentences.ts'
import { toldBlock } from './told.ts'
import { waitOf, waitTable } from './waits.ts'

export const rateLimit: ScenarioFinding<'rate-limit'> = {
  id: 'rate-limit',
  of: 'scenario',
  title: 'Rate limit',
  question: 'Who is refused when one client takes more than its share, and what is it told?',
  feature: 'rateLimit',
  metrics: [
    {
      name: 'acceptedPerSecond.*',
      unit: 'requests a second',
      meaning: 'requests of the client that were answered 200, by the seconds of the measured phases',
      missing: 'the measured phases take no time',
    },
    {
      name: 'acceptedShare.*',
      unit: 'share',
      meaning: 'share of the client’s answers that were 200',
      missing: 'the client got no answer',
    },
    {
      name: 'accepted.*',
      unit: 'requests',
      meaning: 'requests of the client that were answered 200, in all rounds',
      missing: 'the client got no answer',
    },
    {
      name: 'refused.*',
      unit: 'requests',
      meaning: 'requests of the client that were answered 429, 401 or 403, in all rounds',
      missing: 'the client got no answer',
    },
    {
      name: 'waitP50Ms.*',
      unit: 'ms',
      meaning: 'median latency of the client’s answers that were 200',
      missing: 'the client got no such answer',
    },
    {
      name: 'mostTogether',
      unit: 'requests',
      meaning:
        'the most requests of one client with a limit of its own that were answered 200 within a fifth of the time in which its bucket fills',
      missing: 'no client has a limit of its own, or none was let through',
    },
    {
      name: 'timesAllowed',
      unit: 'ratio',
      meaning: 'the same, against what a bucket lets through in that time',
      missing: 'no client has a limit of its own, or none was let through',
    },
  ],
  applies: ({ policy }) => policy.rateLimit.length > 0,
  draw,
}

function draw(record: ScenarioRecord): Drawn {
  const subjects = measuredSystems(record)
  const clients = Object.keys(record.scenario.clients)
  const figures = subjects.map((subject) => ({
    subject,
    clients: clients.map((client) => clientFigures(record, subject, client)),
  }))
  const limited = limitedClient(record)
  const edges = subjects.flatMap((subject) => edgeOf(record, subject) ?? [])
  const limiting = edges.filter(({ label }) =>
    subjects.some((each) => each.label === label && claims(each, 'rateLimit')),
  )
  return {
    verdict: sentences([
      ...(asksForEdges(record.scenario) ? edgeSaid(record, limiting) : []),
      ...figures.flatMap(({ subject, clients: each }) => saidOf(record, subject, each, limited)),
      ...(asksForEdges(record.scenario) ? [] : edgeSaid(record, limiting)),
    ]),
    blocks: [
      clientTable(record, figures),
      ...waitTable(record, subjects),
      ...(edges.length > 0 ? [edgeTable(record, subjects, edges)] : []),
      ...(limited && hasOwnBucket(record.scenario, limited) ? [bucketChart(record, subjects, limited)] : []),
      badKeyTable(record, subjects),
      ...(limited ? [toldBlock(record, subjects, limited)] : []),
      ...kinds(subjects),
      ...subjects
        .filter((each) => disproved(each, 'rateLimit'))
        .map(({ label }) =>
          note(
            `A probe of the limit of ${label} failed (see Proof): its figures are those of something broken.`,
            'warning',
          ),
        ),
      ...record.subjects.flatMap((subject) => absence(record, subject) ?? []).map((text) => note(text, 'warning')),
    ],
    metrics: Object.fromEntries(
      figures.map(({ subject, clients: each }) => [
        subject.label,
        Object.fromEntries(
          each
            .flatMap((f) => [
              [`acceptedPerSecond.${f.client}`, f.perSecond],
              [`acceptedShare.${f.client}`, f.share],
              [`accepted.${f.client}`, f.accepted],
              [`refused.${f.client}`, f.limited + f.unauthorized],
              [`waitP50Ms.${f.client}`, waitOf(record, subject, f.client)],
            ])
            .concat(
              edges.flatMap(({ label, most, allowed }) =>
                label === subject.label
                  ? [
                      ['mostTogether', most],
                      ['timesAllowed', most / allowed],
                    ]
                  : [],
              ),
            ),
        ),
      ]),
    ),
  }
}

/** Each system's kind of bucket, in its own words and as its answers showed it. */
function kinds(subjects: readonly SystemRecord[]): readonly Block[] {
  const rows = subjects.flatMap((subject) =>
    subject.native.fidelity
      .filter(({ feature }) => feature === 'rateLimit')
      .map(({ path, level, how }) => [subject.label, seenToBe(subject, path) ?? '–', level, how]),
  )
  return [
    table(
      'How each system limits',
      ['system', 'seen to be', 'fidelity', 'how'],
      rows,
      'Seen to be: the algorithm that would have let through what the probe saw pass, step by step. A leaky bucket that refuses instead of delaying admits what a token bucket does.',
    ),
  ]
}
