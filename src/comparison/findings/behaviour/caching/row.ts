/** What one system's cache did, in figures. */
import { isEmulated } from '../../../../measurement/emulated.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { fromCacheWords } from '../../../../policy/policy.ts'
import { claims, countOf, latencyOf, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'
import { type BurstRow, burstRow, burstsOf, type Together, together } from './bursts.ts'

export interface Row {
  readonly label: string
  readonly cached: boolean
  /** Whether its answers say if they came from the cache. Where they do not, there are no hits and misses to tell apart: NaN. */
  readonly tells: boolean
  /** Then its times are withheld: NaN. */
  readonly emulated: boolean
  readonly asked: number
  readonly origin: number
  readonly offload: number
  readonly hitRatio: number
  readonly hitMs: number
  readonly missMs: number
  readonly bursts: readonly BurstRow[]
  /** Of the bursts for something new; undefined where there are none. */
  readonly stampede: Together | undefined
}

export function rowOf(scenario: ScenarioRecord, subject: SystemRecord): Row {
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
  const cached = claims(subject, 'cache')
  const tells = tellsOfCache(answers)
  const bursts = burstsOf(scenario.scenario).map((burst) => burstRow(scenario, subject, burst))
  const inBurst = new Set(scenario.scenario.traffic.filter(({ kind }) => kind === 'burst').map(({ phase }) => phase))
  const steady = (series: typeof answers) =>
    percentileMs(latencyOf(series.filter(({ phase }) => !inBurst.has(phase))), 50)
  return {
    label: subject.label,
    cached,
    tells,
    emulated: isEmulated(subject),
    asked,
    origin,
    offload: 1 - origin / asked,
    hitRatio: tells ? countOf(saved) / countOf(answers) : NaN,
    hitMs: steady(saved),
    missMs: cached && !tells ? NaN : steady(from((status) => !fromCacheWords.includes(status))),
    bursts,
    stampede: together(bursts, 'missing'),
  }
}

/** Whether any answer has an X-Cache: a product may have none. */
export function tellsOfCache(answers: readonly { readonly cache: string }[]): boolean {
  return answers.some(({ cache }) => cache !== '')
}
