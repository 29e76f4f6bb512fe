/** Whether the cache spares the origin, judged from what the origins counted. */
import type { Scenario } from '../../../../scenario/scenario.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { cell, list, note, sentences, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { disproved, measuredSystems } from '../../../rounds.ts'
import type { ScenarioFinding } from '../../module.ts'
import { type BurstKind, burstsOf, together } from './bursts.ts'
import { offloadChart } from './chart.ts'
import { failingOf, failingSaid, failingTable, servedWhile } from './failing.ts'
import { pollingWaits } from './polling.ts'
import { type Row, rowOf } from './row.ts'
import { saidOf } from './sentences.ts'
import { slowingOf, slowingSaid, slowingTable, waitedWhile } from './slowing.ts'
import { stampedeBlocks } from './stampedes.ts'

const noBurst =
  (wanted: BurstKind, why: string) =>
  (scenario: Scenario): string | undefined =>
    burstsOf(scenario).some(({ kind }) => kind === wanted) ? undefined : why
const noneMissing = noBurst('missing', 'no phase sends requests together (atOnce) for something new')
const noneExpired = noBurst(
  'expired',
  'no phase sends requests together (atOnce) for what one request (atOnce: 1) fetched before',
)
const noneUnkept = noBurst(
  'unkept',
  'no phase sends requests together (atOnce) for what its origin forbids to keep (no-store, private)',
)

const brokenOr = (why: string): string => `a probe of its cache failed, or ${why}`

function burstMetrics({ bursts, stampede }: Row): Readonly<Record<string, number>> {
  const expired = together(bursts, 'expired')
  const unkept = together(bursts, 'unkept')
  return {
    ...(stampede && {
      stampedeOriginHits: stampede.origin,
      stampedeP50Ms: stampede.halfMs,
      stampedeLongestMs: stampede.longestMs,
    }),
    ...(expired && { expiredOriginHits: expired.origin }),
    ...(unkept && { unkeptLongestMs: unkept.longestMs }),
  }
}

/** Whose hits cannot be told from its misses. */
function silent(rows: readonly Row[]): readonly Block[] {
  const labels = rows.filter(({ cached, tells, asked }) => cached && !tells && asked > 0).map(({ label }) => label)
  return labels.length === 0
    ? []
    : [
        note(
          `${list(labels)} ${labels.length === 1 ? 'does' : 'do'} not tell which answers came from the cache (no X-Cache): what the origin was spared stands.`,
        ),
      ]
}

export const caching: ScenarioFinding<'caching'> = {
  id: 'caching',
  of: 'scenario',
  title: 'Caching',
  question: 'How many requests does the cache keep from the origin, and what happens when many ask at once?',
  feature: 'cache',
  metrics: [
    {
      name: 'offload',
      unit: 'share',
      meaning: 'share of the requests that the origin did not see, by its own count',
      missing: brokenOr('it answered nothing'),
    },
    {
      name: 'hitRatio',
      unit: 'share',
      meaning: 'share of the answers that the system says came from its cache',
      missing: brokenOr('it answered nothing'),
    },
    {
      name: 'hitP50Ms',
      unit: 'ms',
      meaning: 'median latency of answers from the cache, outside bursts',
      missing: brokenOr('it answered nothing from a cache'),
    },
    {
      name: 'stampedeOriginHits',
      unit: 'requests',
      meaning: 'how often the origin was asked for what a burst asks for, median of the rounds',
      missing: brokenOr('what a burst asks for is drawn by lot'),
      impossible: noneMissing,
    },
    {
      name: 'stampedeP50Ms',
      unit: 'ms',
      meaning: 'median latency within the bursts for something new',
      missing: brokenOr('it answered nothing in a burst'),
      impossible: noneMissing,
    },
    {
      name: 'stampedeLongestMs',
      unit: 'ms',
      meaning: 'longest latency within the bursts for something new',
      missing: brokenOr('it answered nothing in a burst'),
      impossible: noneMissing,
    },
    {
      name: 'expiredOriginHits',
      unit: 'requests',
      meaning: 'how often the origin was asked when a burst came for something that had expired, median of the rounds',
      missing: brokenOr('what a burst asks for is drawn by lot'),
      impossible: noneExpired,
    },
    {
      name: 'unkeptLongestMs',
      unit: 'ms',
      meaning: 'longest latency within the bursts for something that the origin forbids to keep',
      missing: brokenOr('it answered nothing in such a burst'),
      impossible: noneUnkept,
    },
    {
      name: 'answeredWhileFailing',
      unit: 'share',
      meaning: 'share of the requests that were answered 200 of those that were due while the origin failed',
      missing: brokenOr('no request was due while the origin failed'),
      impossible: (scenario) =>
        failingOf(scenario) ? undefined : 'no client asks only for what fails at a time (failing)',
    },
    {
      name: 'waitedWhileSlow',
      unit: 'share',
      meaning:
        'share of the answers with 200 in the whole seconds in which the origin was slow that took longer than half of what it took longer',
      missing: brokenOr('nothing was answered while the origin was slow'),
      impossible: (scenario) =>
        slowingOf(scenario) ? undefined : 'no client asks only for what is slow at a time (slowing)',
    },
  ],
  applies: ({ policy }) => policy.cache.length > 0,
  draw: (record) => {
    const subjects = measuredSystems(record).filter((subject) => !disproved(subject, 'cache'))
    const broken = measuredSystems(record).filter((subject) => disproved(subject, 'cache'))
    const rows = subjects.map((subject) => rowOf(record, subject))
    const failing = failingOf(record.scenario)
    const served = failing ? subjects.map((subject) => servedWhile(record, subject, failing)) : []
    const slowing = slowingOf(record.scenario)
    const waits = slowing ? subjects.map((subject) => waitedWhile(record, subject, slowing)) : []
    return {
      verdict: [
        ...(failing ? sentences(failingSaid(failing, served)) : []),
        ...(slowing ? sentences(slowingSaid(slowing, waits)) : []),
        ...sentences(rows.map(saidOf)),
        ...pollingWaits(subjects, rows),
      ],
      blocks: [
        table(
          'What the origin was spared',
          ['system', '>asked', '>origin saw', '>spared', '>from cache', '>hit p50', '>miss p50'],
          rows.map((row) => [
            row.label,
            formatNumber(row.asked),
            formatNumber(row.origin),
            cell(row.cached ? formatShare(row.offload) : '–', row.cached ? undefined : 'muted'),
            row.cached ? formatShare(row.hitRatio) : '–',
            formatMs(row.hitMs),
            formatMs(row.missMs),
          ]),
          '“Origin saw” is the origins’ own count over all rounds; “from cache” is what the system says of itself (X-Cache).',
        ),
        ...(failing ? [failingTable(failing, served)] : []),
        ...(slowing ? [slowingTable(slowing, waits)] : []),
        ...stampedeBlocks(rows),
        offloadChart(record, subjects),
        ...silent(rows),
        ...broken.map(({ label }) => note(`${label} is left out: a probe of its cache failed (see Proof).`, 'warning')),
      ],
      metrics: Object.fromEntries(
        rows.map((row) => [
          row.label,
          {
            offload: row.offload,
            hitRatio: row.hitRatio,
            ...(row.cached ? { hitP50Ms: row.hitMs } : {}),
            ...burstMetrics(row),
            ...Object.fromEntries(
              served.flatMap(({ label, due, answered }) =>
                label === row.label ? [['answeredWhileFailing', answered / due]] : [],
              ),
            ),
            ...Object.fromEntries(
              waits.flatMap(({ label, answered, waited }) =>
                label === row.label ? [['waitedWhileSlow', waited / answered]] : [],
              ),
            ),
          },
        ]),
      ),
    }
  },
}
