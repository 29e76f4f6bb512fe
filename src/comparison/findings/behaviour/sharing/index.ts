/** Whether a cache ever hands one consumer what belongs to another: read off the documents that arrived. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { fromCacheWords } from '../../../../policy/policy.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'
import { personalPaths } from '../../../../scenario/served.ts'
import { formatNumber } from '../../../../units.ts'
import { cell, list, note, plural, table } from '../../../blocks.ts'
import type { BodiesBlock } from '../../../finding.ts'
import { absence, claims, measuredSystems, roundsOf, seriesOf } from '../../../rounds.ts'
import type { Drawn, ScenarioFinding } from '../../module.ts'
import { givenBy, type Received, receivedBy } from './received.ts'

export const sharing: ScenarioFinding<'sharing'> = {
  id: 'sharing',
  of: 'scenario',
  title: 'Whose answer',
  question: 'Does a cache ever hand one consumer what belongs to another?',
  feature: 'cache',
  metrics: [
    {
      name: 'leaks',
      unit: 'requests',
      meaning: 'answers that belonged to another consumer, of those that were looked at',
      missing: 'no answer of a document that belongs to somebody was looked at',
    },
    {
      name: 'lookedAt',
      unit: 'requests',
      meaning: 'answers of documents that belong to somebody of which the owner was read, in all rounds',
      missing: 'no answer of a document that belongs to somebody was looked at',
    },
  ],
  applies: (scenario) =>
    scenario.policy.cache.length > 0 && owners(scenario).size > 1 && personalPaths(scenario).length > 0,
  draw,
}

/** The consumers who ask. */
function owners({ clients }: Pick<Scenario, 'clients'>): ReadonlySet<string> {
  return new Set(Object.values(clients).flatMap(({ consumer }) => consumer ?? []))
}

function draw(record: ScenarioRecord): Drawn {
  const subjects = measuredSystems(record)
  const rows = subjects.map((subject) => ({ subject, received: receivedBy(record, subject) }))
  const looked = rows.filter(({ subject, received }) => claims(subject, 'cache') && received.length > 0)
  const leaking = looked.filter(({ received }) => received.some(isLeak))
  return {
    verdict: [
      ...leaking.map(({ subject, received }) => {
        const { client, owner, phase } = received.find(isLeak)!
        return `${subject.label} gave ${client} what belongs to ${owner} (in ${phase}): ${plural(countOf(received.filter(isLeak)), 'answer')} of ${countOf(received)} that were looked at went to the wrong hands.`
      }),
      ...(leaking.length < looked.length
        ? [
            `${list(looked.filter((each) => !leaking.includes(each)).map(({ subject }) => subject.label))} gave nobody what belongs to another, whether the key tells consumers apart or the origin forbids to share.`,
          ]
        : []),
      ...looked.flatMap(({ subject, received }) => {
        const [seen, given] = [countOf(received), givenBy(record, subject)]
        return seen < given
          ? [`Of ${formatNumber(given)} answers of ${subject.label} only ${formatNumber(seen)} were looked at.`]
          : []
      }),
      ...(looked.length === 0 ? ['No system that was measured keeps answers that belong to somebody.'] : []),
    ],
    blocks: [
      table(
        'Whose answers arrived',
        ['system', '>looked at', '>in the wrong hands', '>origin asked for', '>from the cache'],
        rows.map(({ subject, received }) => {
          const leaks = countOf(received.filter(isLeak))
          return [
            subject.label,
            formatNumber(countOf(received)),
            cell(formatNumber(leaks), leaks > 0 ? 'bad' : undefined),
            consumersAt(record, subject),
            fromCacheOf(record, subject),
          ]
        }),
        'Looked at: every answer whose owner its body names; of more than 200 different ones in a round, those that came first. “Origin asked for” is the origins’ own count by the consumer that the edge named.',
      ),
      note(
        'A key of the path alone would have given everybody the document of whoever asked first: a shared cache keeps answers apart by what its key says and by what the origin forbids (RFC 9111, §3), and an API key in a header of its own is in neither by itself.',
      ),
      ...evidence(record, subjects),
      ...record.subjects.flatMap((subject) => absence(record, subject) ?? []).map((text) => note(text, 'warning')),
    ],
    metrics: Object.fromEntries(
      rows
        .filter(({ received }) => received.length > 0)
        .map(({ subject, received }) => [
          subject.label,
          { leaks: countOf(received.filter(isLeak)), lookedAt: countOf(received) },
        ]),
    ),
  }
}

function countOf(received: readonly Received[]): number {
  return received.reduce((sum, { count }) => sum + count, 0)
}

/** By each answer's own word; `–` where none says where it comes from. */
function fromCacheOf(record: ScenarioRecord, { label }: SystemRecord): string {
  const answers = seriesOf(record, roundsOf(record, label), ({ status }) => status === 200)
  if (answers.every(({ cache }) => cache === '')) return '–'
  return formatNumber(answers.reduce((sum, { cache, count }) => sum + (fromCacheWords.includes(cache) ? count : 0), 0))
}

function isLeak({ owner, consumer }: Received): boolean {
  return owner !== consumer
}

/** `alice 4, bob 4` */
function consumersAt(record: ScenarioRecord, { label }: SystemRecord): string {
  const counts = new Map<string, number>()
  for (const { origins } of roundsOf(record, label))
    for (const { consumers } of origins)
      for (const [name, count] of Object.entries(consumers)) counts.set(name, (counts.get(name) ?? 0) + count)
  return [...counts].map(([name, count]) => `${name === '-' ? 'nobody' : name} ${formatNumber(count)}`).join(', ')
}

/** What the last of the consumers got where another had asked first; of a leak, that answer. */
function evidence(record: ScenarioRecord, subjects: readonly SystemRecord[]): readonly BodiesBlock[] {
  const all = subjects.flatMap((subject) =>
    receivedBy(record, subject).map((each) => ({ ...each, label: subject.label })),
  )
  const shown = all.find(isLeak) ?? all.at(-1)
  if (!shown) return []
  const answers = all.filter(({ phase, client }) => phase === shown.phase && client === shown.client)
  return [
    {
      kind: 'bodies',
      title: `What ${shown.client} got in ${shown.phase}`,
      request: `${shown.sample.request.method} ${shown.sample.request.path} as ${shown.client}`,
      sent: shown.sample.request,
      answers: answers.map(({ label, owner, sample }) => ({
        label,
        status: sample.status,
        headers: sample.headers.filter(([name]) => /^(x-cache|age|cache-control|vary)$/i.test(name)),
        body: sample.body,
        remark: `belongs to ${owner}`,
      })),
    },
  ]
}
