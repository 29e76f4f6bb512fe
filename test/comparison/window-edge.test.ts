/** Bursts on both sides of an edge: a window that begins anew lets both pass, a bucket does not. */
import { expect, test } from 'vitest'
import { rateLimit } from '../../src/comparison/findings/behaviour/rate-limit/index.ts'
import type { ScenarioRecord } from '../../src/measurement/run-record.ts'
import { burst } from './behaviour-records.ts'
import { latencies, plainPolicy, proofOf, roundOf, scenarioOf, scenarioRecordOf, subjectOf } from './record-parts.ts'

/** 19 due at 1.8 s and 20 at 2.1 s, of which so many pass: `afterwards` of the second burst. */
function around(afterwards: number, lateMs = 1): ScenarioRecord {
  const scenario = scenarioOf({
    policy: {
      ...plainPolicy,
      apiKey: [{ path: '/products', header: 'x-api-key', consumers: [{ name: 'alice', key: 'secret' }] }],
      rateLimit: [{ path: '/products', ratePerSecond: 10, burst: 20, per: 'consumer' }],
    },
    clients: { alice: { headers: [], consumer: 'alice' } },
    traffic: ['before', 'after'].map((phase) => {
      const sent = burst(phase, 20, '/products/1')
      return { ...sent, mix: sent.mix.map((entry) => ({ ...entry, client: 'alice', expect: [200, 429] })) }
    }),
  })
  const slot = (atMs: number, phase: string, status: number, count: number) => ({
    ...{ atMs, phase, status, count },
    client: 'alice',
  })
  const round = roundOf(
    'nginx',
    0,
    [
      { client: 'alice', phase: 'before', ms: 0.1, count: 19 },
      { client: 'alice', phase: 'after', ms: 0.1, count: afterwards },
    ],
    {
      slots: [
        slot(1800, 'before', 200, 19),
        slot(2100, 'after', 200, afterwards),
        slot(2100, 'after', 429, 20 - afterwards),
      ],
      lateness: latencies(lateMs, 1, 1),
    },
  )
  return scenarioRecordOf(scenario, [subjectOf('nginx', { proof: proofOf('nginx', ['rateLimit']) })], [round])
}

test('within a fifth of the time in which it fills a bucket lets its burst pass, and what it refilled', () => {
  const { metrics, verdict } = rateLimit.draw(around(4))
  expect(metrics['nginx']).toMatchObject({ mostTogether: 23 })
  expect(metrics['nginx']?.['timesAllowed']).toBeCloseTo(23 / 24)
  expect(verdict[0]).toBe(
    'nginx let nobody have more within 400 ms than a bucket allows (24), wherever the bursts lay.',
  )
})

test('who lets both bursts pass began anew between them, and that comes first', () => {
  const { metrics, verdict } = rateLimit.draw(around(20))
  expect(metrics['nginx']).toMatchObject({ mostTogether: 39 })
  expect(verdict[0]).toBe(
    'nginx let 39 requests of alice through within 400 ms, where a bucket lets at most 24 through: what it counts began anew between them.',
  )
})

test('where the driver came late, a bucket had the more time to fill', () => {
  const { metrics } = rateLimit.draw(around(12, 1000))
  expect(metrics['nginx']?.['mostTogether']).toBe(31)
  expect(metrics['nginx']?.['timesAllowed']).toBeLessThanOrEqual(1.1)
})
