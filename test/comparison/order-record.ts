/** A synthetic record of a scenario that asks for the order of key, limit, cache and transform. */
import { get } from '../../src/http/request.ts'
import type { ScenarioRecord } from '../../src/measurement/run-record.ts'
import type { BurstPhase } from '../../src/scenario/scenario.ts'
import {
  type Answers,
  originOf,
  plainPolicy,
  proofOf,
  roundOf,
  scenarioOf,
  scenarioRecordOf,
  subjectOf,
} from './record-parts.ts'

/** What was seen of nginx-lua. */
export interface Seen {
  /** Of four strangers who ask for what was fetched. */
  readonly served: number
  /** Of thirty requests for what is kept. */
  readonly cachedRefused: number
  /** How often the origin was asked for what is kept. */
  readonly originKept: number
  /** Of thirty bad keys, those that were told 429. */
  readonly badLimited: number
  /** Of eight requests of a consumer right after them. */
  readonly refusedAfter: number
  readonly originDocument: number
  readonly hitMs: { readonly plain: number; readonly made: number }
}

export const wellOrdered: Seen = {
  served: 0,
  cachedRefused: 14,
  originKept: 1,
  badLimited: 0,
  refusedAfter: 0,
  originDocument: 2,
  hitMs: { plain: 0.5, made: 0.6 },
}

/** `per`: who shares the limit, as the policy says. */
export function orderRecord(seen: Seen, per: 'address' | 'consumer' = 'address'): ScenarioRecord {
  const phase = (name: string, atOnce: number, path: string, ...clients: readonly string[]): BurstPhase => ({
    ...{ kind: 'burst', phase: name, forMs: 300, measured: true, atOnce },
    mix: clients.map((client) => ({ ...get(path), client, weight: 1, skew: 'uniform', expect: [200, 401, 429] })),
  })
  const scenario = scenarioOf({
    id: 'policy-order',
    policy: {
      ...plainPolicy,
      routes: [
        { path: '/products', origin: 'catalogue' },
        { path: '/manuals', origin: 'catalogue' },
      ],
      apiKey: [{ path: '/products', header: 'x-api-key', consumers: [{ name: 'alice', key: '‹key of alice›' }] }],
      cache: [
        { path: '/products', ttlMs: 2000, key: ['path'], coalesce: true, staleOnErrorMs: 0 },
        { path: '/manuals', ttlMs: 2000, key: ['path', 'representation'], coalesce: true, staleOnErrorMs: 0 },
      ],
      rateLimit: [{ path: '/products', ratePerSecond: 20, burst: 10, per }],
      transform: [{ path: '/manuals', representations: [{ accept: 'application/xml', as: 'xml' }] }],
    },
    clients: {
      alice: { headers: [], consumer: 'alice' },
      guesser: { headers: [], key: 'a-key-that-nobody-has' },
      web: { headers: [['accept', 'application/json']] },
      desktop: { headers: [['accept', 'application/xml']] },
    },
    traffic: [
      phase('alice-fetches', 1, '/products/1', 'alice'),
      phase('strangers-ask', 4, '/products/1', 'guesser'),
      phase('alice-again', 30, '/products/1', 'alice'),
      phase('as-json', 1, '/manuals/1', 'web'),
      phase('as-xml', 1, '/manuals/1', 'desktop'),
      phase('both-again', 20, '/manuals/1', 'web', 'desktop'),
      phase('strangers-flood', 30, '/products/2', 'guesser'),
      phase('alice-after', 8, '/products/3', 'alice'),
    ],
  })
  const { served, cachedRefused, originKept, badLimited, refusedAfter, originDocument, hitMs } = seen
  const answers: readonly Answers[] = [
    { phase: 'alice-fetches', client: 'alice', ms: 6, count: 1 },
    { phase: 'strangers-ask', client: 'guesser', ms: 0.2, count: served },
    { phase: 'strangers-ask', client: 'guesser', ms: 0.2, count: 4 - served, status: 401 },
    { phase: 'alice-again', client: 'alice', ms: 0.2, count: 30 - cachedRefused },
    { phase: 'alice-again', client: 'alice', ms: 0.2, count: cachedRefused, status: 429 },
    { phase: 'as-json', client: 'web', ms: 6, count: 1 },
    { phase: 'as-xml', client: 'desktop', ms: 20, count: 1 },
    { phase: 'both-again', client: 'web', ms: hitMs.plain, count: 10 },
    { phase: 'both-again', client: 'desktop', mixIndex: 1, ms: hitMs.made, count: 10 },
    { phase: 'strangers-flood', client: 'guesser', ms: 0.2, count: 30 - badLimited, status: 401 },
    { phase: 'strangers-flood', client: 'guesser', ms: 0.2, count: badLimited, status: 429 },
    { phase: 'alice-after', client: 'alice', ms: 6, count: 8 - refusedAfter },
    { phase: 'alice-after', client: 'alice', ms: 0.2, count: refusedAfter, status: 429 },
  ]
  const origins = [originOf(0, { paths: { '/products/1': originKept, '/manuals/1': originDocument } })]
  return scenarioRecordOf(
    scenario,
    [
      subjectOf('direct', { proof: [] }),
      subjectOf('nginx-lua', { proof: proofOf('nginx-lua', ['cache', 'apiKey', 'rateLimit', 'transform']) }),
    ],
    [
      roundOf(
        'nginx-lua',
        0,
        answers.filter(({ count }) => count !== 0),
        { origins },
      ),
    ],
  )
}
