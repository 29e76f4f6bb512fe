/** Synthetic records of scenarios of behaviour, each with a known answer. */
import { get } from '../../src/http/request.ts'
import type { ScenarioRecord } from '../../src/measurement/run-record.ts'
import type { BurstPhase, Scenario } from '../../src/scenario/scenario.ts'
import type { Sample } from '../../src/traffic/plan.ts'
import { orderRecord, wellOrdered } from './order-record.ts'
import { quotaRecord } from './quota-record.ts'
import {
  originOf,
  plainPolicy,
  proofOf,
  roundOf,
  scenarioOf,
  scenarioRecordOf,
  seriesFrom,
  steadyPhase,
  subjectOf,
} from './record-parts.ts'

export function burst(phase: string, atOnce: number, path: string): BurstPhase {
  const mix = [{ ...get(path), client: 'web', weight: 1, skew: 'uniform' as const, expect: [200] }]
  return { kind: 'burst', phase, forMs: 700, measured: true, atOnce, mix }
}

export const stampedes: Scenario = scenarioOf({
  id: 'stampede',
  policy: {
    ...plainPolicy,
    cache: [{ path: '/products', ttlMs: 1000, key: ['path'], coalesce: true, staleOnErrorMs: 0 }],
  },
  origins: {
    catalogue: {
      instances: 1,
      routes: [
        { path: '/products/mine', body: 'product', cacheControl: 'no-store' },
        { path: '/products/{id}', body: 'product' },
      ],
    },
  },
  traffic: [
    burst('fetched', 1, '/products/2'),
    burst('missing', 40, '/products/1'),
    burst('not-kept', 4, '/products/mine'),
    burst('expired', 40, '/products/2'),
  ],
})

/** `hits`: what the origin saw for the path of each burst. */
export function stampedeRecord(hits: { missing: number; expired: number }, waitMs: number): ScenarioRecord {
  const round = (index: number) =>
    roundOf(
      'nginx',
      index,
      [
        { phase: 'fetched', ms: 150, count: 1, cache: 'MISS' },
        { phase: 'missing', ms: 150, count: 1, cache: 'MISS' },
        { phase: 'missing', ms: waitMs, count: 39, cache: 'HIT' },
        { phase: 'not-kept', ms: 900, count: 4, cache: 'MISS' },
        { phase: 'expired', ms: 150, count: 40, cache: 'HIT' },
      ],
      {
        origins: [
          originOf(0, {
            paths: { '/products/1': hits.missing, '/products/2': 1 + hits.expired, '/products/mine': 4 },
            requests: hits.missing + 1 + hits.expired + 4,
          }),
        ],
      },
    )
  return scenarioRecordOf(stampedes, [subjectOf('nginx', { proof: proofOf('nginx', ['cache']) })], [round(0), round(1)])
}

const slow = { instance: 2, times: 10 }

export const unlike: Scenario = scenarioOf({
  id: 'balancing',
  policy: {
    ...plainPolicy,
    routes: [
      { path: '/in-turn', origin: 'in-turn' },
      { path: '/least-busy', origin: 'least-busy' },
    ],
    balancing: [
      { origin: 'in-turn', method: 'round-robin' },
      { origin: 'least-busy', method: 'least-connections' },
    ],
  },
  origins: {
    'in-turn': { instances: 3, slow, routes: [{ path: '/in-turn/{id}', body: 'product' }] },
    'least-busy': { instances: 3, slow, routes: [{ path: '/least-busy/{id}', body: 'product' }] },
  },
  traffic: [
    {
      ...steadyPhase,
      mix: ['/in-turn/{1..9}', '/least-busy/{1..9}'].map((path) => ({
        ...get(path),
        client: 'web',
        weight: 1,
        skew: 'uniform' as const,
        expect: [200],
      })),
    },
  ],
})

/** In nginx the slow instance gets a third by turns, and an eighth by least connections; direct asks the first only. */
export function balancingRecord(): ScenarioRecord {
  const instances = (name: string, counts: readonly number[]) =>
    counts.map((requests, at) => originOf(requests, { name, instance: at + 1 }))
  return scenarioRecordOf(
    unlike,
    [subjectOf('direct'), subjectOf('nginx', { proof: proofOf('nginx', ['balancing']) })],
    [
      roundOf('direct', 0, [{ ms: 10, count: 240 }], { origins: instances('in-turn', [240, 0, 0]) }),
      roundOf(
        'nginx',
        0,
        [
          { ms: 40, count: 240 },
          { ms: 12, count: 240, mixIndex: 1 },
        ],
        { origins: [...instances('in-turn', [80, 80, 80]), ...instances('least-busy', [105, 30, 105])] },
      ),
    ],
  )
}

/** Alice asks first, then bob; `got`: whose account bob got. */
export function sharingRecord(got: string): ScenarioRecord {
  const scenario = scenarioOf({
    id: 'cache-leak',
    policy: {
      ...plainPolicy,
      cache: [{ path: '/products', ttlMs: 1000, key: ['path', 'consumer'], coalesce: true, staleOnErrorMs: 0 }],
    },
    origins: { catalogue: { instances: 1, routes: [{ path: '/products/{id}', body: 'account' }] } },
    clients: { alice: { headers: [], consumer: 'alice' }, bob: { headers: [], consumer: 'bob' } },
    traffic: ['alice', 'bob'].map((client) => {
      const sent = burst(`${client}-asks`, 2, '/products/1')
      return { ...sent, mix: sent.mix.map((entry) => ({ ...entry, client })) }
    }),
  })
  const sample = (client: string, owner: string, cache: string): Sample => ({
    phase: `${client}-asks`,
    client,
    request: get('/products/1'),
    status: 200,
    headers: [['X-Cache', cache]],
    body: `{\n  "owner": "${owner}"\n}`,
    truncated: false,
  })
  const round = roundOf(
    'nginx',
    0,
    ['alice', 'bob'].map((client) => ({ client, phase: `${client}-asks`, ms: 10, count: 1, cache: 'MISS' })),
    {
      origins: [originOf(2, { consumers: { alice: 1, bob: 1 } })],
      samples: [sample('alice', 'alice', 'MISS'), sample('bob', got, got === 'bob' ? 'MISS' : 'HIT')],
    },
  )
  return scenarioRecordOf(scenario, [subjectOf('nginx', { proof: proofOf('nginx', ['cache']) })], [round])
}

/** Ten requests in each tenth of a second; the origin fails from 1 s to 2 s, and from `heldMs` on nobody is answered. */
export function failingRecord(heldMs: number): ScenarioRecord {
  const scenario = scenarioOf({
    id: 'stale',
    policy: {
      ...plainPolicy,
      cache: [{ path: '/products', ttlMs: 1000, key: ['path'], coalesce: true, staleOnErrorMs: 10_000 }],
    },
    origins: {
      catalogue: {
        instances: 1,
        routes: [{ path: '/products/{id}', body: 'product', failing: { fromMs: 1000, forMs: 1000 } }],
      },
    },
  })
  const slots = Array.from({ length: 30 }, (_, slot) => ({
    atMs: slot * 100,
    phase: 'steady',
    client: 'web',
    status: slot >= 10 && slot < 20 && slot * 100 >= 1000 + heldMs ? 503 : 200,
    count: 10,
  }))
  const round = roundOf('nginx', 0, [{ ms: 1, count: 300, cache: 'STALE' }], { slots })
  return scenarioRecordOf(scenario, [subjectOf('nginx', { proof: proofOf('nginx', ['cache']) })], [round])
}

/** Ten requests a second; from 1 s to 3 s the origin takes 400 ms longer, and `waiting` of the ten wait for it. */
export function slowRecord(waiting: number): ScenarioRecord {
  const { scenario } = failingRecord(0)
  const slow = scenarioOf({
    ...scenario,
    origins: {
      catalogue: {
        instances: 1,
        routes: [{ path: '/products/{id}', body: 'product', slowing: { fromMs: 1000, forMs: 2000, byMs: 400 } }],
      },
    },
  })
  const seconds = [0, 1, 2].map((at) => ({
    at,
    series: [
      ...seriesFrom([{ ms: 1, count: 10 - (at > 0 ? waiting : 0), cache: 'HIT' }], at + 1),
      ...(at > 0 && waiting > 0 ? seriesFrom([{ ms: 900, count: waiting, cache: 'MISS' }], at + 9) : []),
    ],
  }))
  const round = roundOf('nginx', 0, [{ ms: 1, count: 30 }], { seconds })
  return scenarioRecordOf(slow, [subjectOf('nginx', { proof: proofOf('nginx', ['cache']) })], [round])
}

/** One of each kind: with them every figure of every finding is in some record. */
export function behaviourRecords(): readonly ScenarioRecord[] {
  return [
    stampedeRecord({ missing: 1, expired: 1 }, 500),
    balancingRecord(),
    sharingRecord('bob'),
    failingRecord(500),
    slowRecord(2),
    orderRecord(wellOrdered),
    quotaRecord({ 'nginx-lua': 100 }),
  ]
}
