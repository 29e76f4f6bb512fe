/** Whether the cache spares the origin, judged from what the origins counted. */
import type { Scenario } from '../../../../scenario/scenario.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { cell, list, note, sentences, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { disproved, measuredSystems } from '../../../rounds.ts'
import type { ScenarioFinding } from '../../module.ts'
import { offloadChart } from './chart.ts'
import { pollingWaits } from './polling.ts'
import { type Row, rowOf } from './row.ts'
import { saidOf } from './sentences.ts'

function burstsOf({ traffic }: Scenario) {
  return traffic.filter((phase) => phase.kind === 'burst')
}

const noBurst = (scenario: Scenario): string | undefined =>
  burstsOf(scenario).length === 0 ? 'no phase sends requests together (atOnce)' : undefined

const brokenOr = (why: string): string => `a probe of its cache failed, or ${why}`

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
      missing: brokenOr('it answered nothing'),
      impossible: noBurst,
    },
    {
      name: 'stampedeP50Ms',
      unit: 'ms',
      meaning: 'median latency within the bursts',
      missing: brokenOr('it answered nothing in a burst'),
      impossible: noBurst,
    },
  ],
  applies: ({ policy }) => policy.cache.length > 0,
  draw: (record) => {
    const subjects = measuredSystems(record).filter((subject) => !disproved(subject, 'cache'))
    const broken = measuredSystems(record).filter((subject) => disproved(subject, 'cache'))
    const bursts = burstsOf(record.scenario)
    const rows = subjects.map((subject) => rowOf(record, subject))
    return {
      verdict: [...sentences(rows.map((row) => saidOf(row, bursts))), ...pollingWaits(subjects, rows)],
      blocks: [
        table(
          'What the origin was spared',
          [
            'system',
            '>asked',
            '>origin saw',
            '>spared',
            '>from cache',
            '>hit p50',
            '>miss p50',
            ...(bursts.length > 0 ? ['>origin hits per stampede', '>stampede p50'] : []),
          ],
          rows.map((row) => [
            row.label,
            formatNumber(row.asked),
            formatNumber(row.origin),
            cell(row.cached ? formatShare(row.offload) : '–', row.cached ? undefined : 'muted'),
            row.cached ? formatShare(row.hitRatio) : '–',
            formatMs(row.hitMs),
            formatMs(row.missMs),
            ...(bursts.length > 0 ? [formatNumber(row.stampede), formatMs(row.waitMs)] : []),
          ]),
          '“Origin saw” and the stampede’s hits are the origins’ own counts, over all rounds and per round (median); “from cache” is what the system says of itself (X-Cache).',
        ),
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
            ...(bursts.length > 0 ? { stampedeOriginHits: row.stampede, stampedeP50Ms: row.waitMs } : {}),
          },
        ]),
      ),
    }
  },
}
