/** The bursts of a scenario, each with what the origin saw of it and how long its requests waited. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import type { BurstPhase, MixEntry, Scenario } from '../../../../scenario/scenario.ts'
import { pathOf, routeOf, segmentsTake } from '../../../../scenario/served.ts'
import { pathToSend } from '../../../../traffic/http/request-bytes.ts'
import { type Histogram, newHistogram } from '../../../../traffic/measure/histogram.ts'
import { countOf, latencyOf, medianOver, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'

/**
 * missing: nobody asked for it before, or nobody can tell. expired: one request fetched it before, and nobody else asked
 * for it. unkept: the origin forbids to keep it, so that each of those who ask needs an answer of their own.
 */
export type BurstKind = 'missing' | 'expired' | 'unkept'

export interface Burst {
  readonly phase: BurstPhase
  readonly kind: BurstKind
}

/** A single request is no stampede: it fetches what a later burst asks for. */
export function burstsOf(scenario: Pick<Scenario, 'traffic' | 'policy' | 'origins'>): readonly Burst[] {
  const { traffic } = scenario
  return traffic.flatMap((phase, at) => {
    if (phase.kind !== 'burst' || phase.atOnce < 2) return []
    const before = traffic.slice(0, at).filter(({ mix }) => mix.some((entry) => asksFor(phase, entry)))
    const fetched = before.length === 1 && isSingle(before[0]!)
    const kind = isForbidden(scenario, phase) ? 'unkept' : fetched ? 'expired' : 'missing'
    return [{ phase, kind }]
  })
}

function asksFor({ mix }: BurstPhase, { path }: MixEntry): boolean {
  return mix.some((entry) => entry.path === path)
}

function isSingle(phase: Scenario['traffic'][number]): boolean {
  return phase.kind === 'burst' && phase.atOnce === 1 && phase.mix.length === 1
}

function isForbidden({ policy, origins }: Pick<Scenario, 'policy' | 'origins'>, { mix }: BurstPhase): boolean {
  return mix.every((entry) => {
    const path = pathOf(entry)
    const origin = origins[routeOf(policy, path)?.origin ?? '']
    const route = origin?.routes.find((each) => segmentsTake(each.path.split('/'), path.split('/')))
    return /(^|[\s,])(no-store|private)($|[\s,=])/i.test(route?.cacheControl ?? '')
  })
}

export interface BurstRow extends Burst {
  readonly label: string
  /** How often the origins were asked because of it, median of the rounds; NaN where its paths are drawn by lot. */
  readonly origin: number
  readonly halfMs: number
  readonly longestMs: number
  readonly waits: Histogram
  /** `HIT ×29, MISS ×1`: what the answers say of themselves; empty where they say nothing. */
  readonly words: readonly (readonly [word: string, count: number])[]
}

export function burstRow(record: ScenarioRecord, { label }: SystemRecord, burst: Burst): BurstRow {
  const { phase, kind } = burst
  const rounds = roundsOf(record, label)
  const answers = seriesOf(record, rounds, (each) => each.phase === phase.phase && each.status === 200)
  const waits = latencyOf(answers)
  const paths = [...new Set(phase.mix.map(({ path }) => path))]
  const drawn = paths.some((path) => path.includes('{'))
  const sent = paths.map(pathToSend)
  const hits = medianOver(rounds, ({ origins }) =>
    origins.reduce((sum, each) => sum + sent.reduce((of, path) => of + (each.paths[path] ?? 0), 0), 0),
  )
  const words = [...Map.groupBy(answers, ({ cache }) => cache)].map(([word, some]) => [word, countOf(some)] as const)
  return {
    ...burst,
    label,
    // The one request that fetched it first is not the burst's.
    origin: drawn ? Number.NaN : hits - (kind === 'expired' ? 1 : 0),
    halfMs: percentileMs(waits, 50),
    longestMs: percentileMs(waits, 100),
    waits,
    words: words.filter(([word]) => word !== ''),
  }
}

/** The bursts of one kind, summed. */
export interface Together {
  readonly atOnce: number
  readonly origin: number
  readonly halfMs: number
  readonly longestMs: number
}

/** Of one system's rows; undefined where there is no such burst. */
export function together(rows: readonly BurstRow[], kind: BurstKind): Together | undefined {
  const own = rows.filter((row) => row.kind === kind)
  if (own.length === 0) return undefined
  const waits = newHistogram()
  for (const each of own) waits.add(each.waits)
  return {
    atOnce: own.reduce((sum, { phase }) => sum + phase.atOnce, 0),
    origin: own.reduce((sum, { origin }) => sum + origin, 0),
    halfMs: percentileMs(waits, 50),
    longestMs: percentileMs(waits, 100),
  }
}
