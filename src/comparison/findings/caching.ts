/** Whether the cache spares the origin, judged from what the origins counted. */
import type { RoundRecord, ScenarioRecord, SystemRecord } from '../../measurement/run-record.ts'
import { own } from '../../own.ts'
import { fromCacheWords } from '../../policy/policy.ts'
import type { BurstPhase } from '../../scenario/scenario.ts'
import { systems } from '../../systems/index.ts'
import type { System } from '../../systems/system.ts'
import { pathToSend } from '../../traffic/http/request-bytes.ts'
import { formatMs, formatNumber, formatShare } from '../../units.ts'
import { cell, note, plural, table } from '../blocks.ts'
import type { ChartBlock, Finding } from '../finding.ts'
import {
  bySecond,
  claims,
  countOf,
  disproved,
  latencyOf,
  measuredSystems,
  medianOver,
  percentileMs,
  roundsOf,
  seriesOf,
} from '../rounds.ts'

interface Row {
  readonly label: string
  readonly cached: boolean
  readonly asked: number
  readonly origin: number
  readonly offload: number
  readonly hitRatio: number
  readonly hitMs: number
  readonly missMs: number
  readonly stampede: number
  readonly waitMs: number
}

/** undefined where the scenario's policy has no cache. */
export function cachingFinding(scenario: ScenarioRecord): Finding | undefined {
  if (scenario.scenario.policy.cache.length === 0) return undefined
  const subjects = measuredSystems(scenario).filter((subject) => !disproved(subject, 'cache'))
  const broken = measuredSystems(scenario).filter((subject) => disproved(subject, 'cache'))
  const rows = subjects.map((subject) => rowOf(scenario, subject))
  const bursts = scenario.scenario.traffic.filter((phase) => phase.kind === 'burst')
  return {
    id: 'caching',
    scenario: scenario.scenario.id,
    title: `Caching · ${scenario.scenario.title}`,
    question: 'How many requests does the cache keep from the origin, and what happens when many ask at once?',
    verdict: [...rows.flatMap((row) => verdictOf(row, bursts)), ...pollingWaits(subjects, rows)],
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
      offloadChart(scenario, subjects),
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
}

function rowOf(scenario: ScenarioRecord, subject: SystemRecord): Row {
  const rounds = roundsOf(scenario, subject.label)
  const answers = seriesOf(scenario, rounds, ({ status }) => status === 200)
  const from = (cache: (status: string) => boolean) => answers.filter((series) => cache(series.cache))
  const saved = from((status) => fromCacheWords.includes(status))
  // The origins count a whole round, warm-up included: so does what was asked.
  const asked = rounds.reduce((sum, { answered }) => sum + answered, 0)
  const origin = rounds.reduce(
    (sum, round) => sum + round.origins.reduce((hits, { requests }) => hits + requests, 0),
    0,
  )
  const bursts = scenario.scenario.traffic.filter((phase) => phase.kind === 'burst')
  const inBurst = new Set(bursts.map(({ phase }) => phase))
  const steady = (series: typeof answers) =>
    percentileMs(latencyOf(series.filter(({ phase }) => !inBurst.has(phase))), 50)
  return {
    label: subject.label,
    cached: claims(subject, 'cache'),
    asked,
    origin,
    offload: 1 - origin / asked,
    hitRatio: countOf(saved) / countOf(answers),
    hitMs: steady(saved),
    missMs: steady(from((status) => !fromCacheWords.includes(status))),
    stampede: medianOver(rounds, (round) => burstHits(round, bursts)),
    waitMs: percentileMs(latencyOf(answers.filter(({ phase }) => inBurst.has(phase))), 50),
  }
}

/** How often the origins were asked for what the bursts ask for: paths that no other phase uses. */
function burstHits({ origins }: RoundRecord, bursts: readonly BurstPhase[]): number {
  const paths = bursts.flatMap(({ mix }) => mix.map(({ path }) => pathToSend(path)))
  return origins.reduce((sum, each) => sum + paths.reduce((hits, path) => hits + (each.paths[path] ?? 0), 0), 0)
}

function verdictOf(row: Row, bursts: readonly BurstPhase[]): readonly string[] {
  if (row.asked === 0) return [`${row.label} answered nothing, so there is nothing to say of its cache.`]
  if (!row.cached) {
    return [
      `${row.label} has no cache: the origin saw ${formatNumber(row.origin)} of ${formatNumber(row.asked)} requests.`,
    ]
  }
  const together = bursts.reduce((sum, { atOnce }) => sum + atOnce, 0)
  return [
    `${row.label} ${timesOf(row)}; the origin saw ` +
      `${formatNumber(row.origin)} of ${formatNumber(row.asked)} requests (${formatShare(row.offload)} spared).` +
      (bursts.length > 0
        ? ` Of ${together} requests at once for something new, the origin saw ${plural(Math.round(row.stampede), 'request')}${Number.isFinite(row.waitMs) ? `; half of them waited ${formatMs(row.waitMs)} or more` : ''}.`
        : '') +
      (hasQueued(row) ? ' So slow a hit has queued: here the times say little about the cache, its counts stand.' : ''),
  ]
}

/** A wait that ends just after a tick of the system's own polling is that polling, whatever the origin took. */
const justAfterMs = 25

function pollingWaits(subjects: readonly SystemRecord[], rows: readonly Row[]): readonly string[] {
  return subjects.flatMap(({ label, system }) => {
    const everyMs = own<System>(systems, system)?.cacheLockPollMs
    const wait = rows.find((row) => row.label === label)?.waitMs ?? 0
    if (everyMs === undefined || !(wait >= everyMs) || wait % everyMs > justAfterMs) return []
    return [
      `Those ${formatMs(wait)} are no time of the origin’s: a request that waits in ${label} for another’s answer looks every ${formatMs(everyMs)} whether it is there (the wait timer of the cache lock, in ngx_http_file_cache.c).`,
    ]
  })
}

/** What a hit and a miss took, as far as there were any. */
function timesOf({ hitMs, missMs }: Row): string {
  const [hit, miss] = [Number.isFinite(hitMs), Number.isFinite(missMs)]
  if (hit && miss) return `answered a hit in ${formatMs(hitMs)} where a miss took ${formatMs(missMs)}`
  if (hit) return `answered every steady request from its cache, in ${formatMs(hitMs)}`
  return miss
    ? `answered no steady request from its cache; a miss took ${formatMs(missMs)}`
    : 'served no steady request'
}

/** Memory answers in far less than that: the system, or the machine, had too much to do. */
function hasQueued({ hitMs, missMs }: Row): boolean {
  return hitMs >= 100 && hitMs >= missMs / 2
}

function offloadChart(scenario: ScenarioRecord, subjects: readonly SystemRecord[]): ChartBlock {
  const series = subjects
    .filter((subject) => claims(subject, 'cache'))
    .map(({ label }) => {
      const points = bySecond(scenario, label).map(([at, all]) => {
        const hits = countOf(all.filter(({ cache }) => fromCacheWords.includes(cache)))
        const total = countOf(all)
        return [at, total === 0 ? null : Math.round((hits / total) * 1000) / 10] as const
      })
      return { name: label, points }
    })
  const last = series.map(
    ({ name, points }) => `${name} ${points.map(([, y]) => (y === null ? '–' : `${Math.round(y)} %`)).join(', ')}`,
  )
  return {
    kind: 'chart',
    shape: 'line',
    title: 'Answered from the cache, second by second',
    x: { title: 'seconds from the start of a round (all rounds pooled)', scale: 'linear' },
    y: { title: 'from the cache, %', scale: 'linear' },
    series,
    summary:
      series.length === 0
        ? 'No system with a cache was measured.'
        : `Share from the cache by second: ${last.join('; ')}.`,
  }
}
