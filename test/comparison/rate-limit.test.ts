import { expect, test } from 'vitest'
import { againstIdeal } from '../../src/comparison/findings/behaviour/rate-limit/bucket.ts'
import { rateLimit } from '../../src/comparison/findings/behaviour/rate-limit/index.ts'
import { get } from '../../src/http/request.ts'
import type { ScenarioRecord } from '../../src/measurement/run-record.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { plainPolicy, proofOf, roundOf, scenarioOf, scenarioRecordOf, steadyPhase, subjectOf } from './record-parts.ts'

const greedyKey = { path: '/products', header: 'x-api-key', consumers: [{ name: 'greedy', key: 'secret' }] }

/** 300 requests in 3 s against 20 a second and 10 at once, of which `accepted` came through. */
function limited(accepted: number, more: Partial<Scenario> = {}): ScenarioRecord {
  const scenario = scenarioOf({
    policy: {
      ...plainPolicy,
      apiKey: [greedyKey],
      rateLimit: [{ path: '/products', ratePerSecond: 20, burst: 10, per: 'consumer' }],
    },
    clients: { greedy: { headers: [], consumer: 'greedy' }, stranger: { headers: [], key: 'a-key-that-nobody-has' } },
    traffic: [{ ...steadyPhase, mix: [{ ...get('/products/{1..9}'), client: 'greedy', weight: 1, skew: 'uniform' }] }],
    ...more,
  })
  const slots = Array.from({ length: 30 }, (_, slot) => {
    const through = Math.floor((accepted * (slot + 1)) / 30) - Math.floor((accepted * slot) / 30)
    const base = { atMs: slot * 100, phase: 'steady', client: 'greedy' }
    return [
      { ...base, status: 200, count: through },
      { ...base, status: 429, count: 10 - through },
    ]
  }).flat()
  const answers = [
    { client: 'greedy', ms: 1, count: accepted },
    { client: 'greedy', ms: 1, count: 300 - accepted, status: 429 },
  ]
  const fidelity = [
    {
      feature: 'rateLimit' as const,
      path: 'rateLimit.0',
      line: 'limit',
      level: 'approximated' as const,
      how: 'a fixed window of 500 ms with 10 requests; across its border up to 20 at once',
    },
  ]
  return scenarioRecordOf(
    scenario,
    [
      subjectOf('nginx', { proof: proofOf('nginx', ['rateLimit']) }),
      subjectOf('node-gateway', { proof: proofOf('node-gateway', ['rateLimit']), native: { files: [], fidelity } }),
    ],
    ['nginx', 'node-gateway'].map((label) => roundOf(label, 0, answers, { slots })),
  )
}

test('69 of 300 in three seconds is what the policy says, 60 is too strict, 90 too generous', () => {
  const readings = [69, 60, 90].map((accepted) => againstIdeal(limited(accepted), 'nginx', 'greedy'))
  expect(readings.map((each) => each?.reading)).toEqual(['right', 'too strict', 'too generous'])
  expect(readings[0]).toMatchObject({ offered: 300, accepted: 69, ideal: 69 })
  expect(rateLimit.draw(limited(69)).verdict[0]).toMatch(
    /^nginx and node-gateway let 69 of greedy’s 300 requests through, as the policy says \(an ideal bucket would let 69 through\);/,
  )
  expect(rateLimit.draw(limited(60)).verdict[0]).toMatch(
    /^nginx and node-gateway let 60 of greedy’s 300 requests through, which is too strict \(an ideal bucket would let 69 through\);/,
  )
})

test('a fixed window is said as such, with how it differs', () => {
  expect(rateLimit.draw(limited(60)).verdict).toContain(
    'node-gateway only approximated a bucket (a fixed window of 500 ms with 10 requests; across its border up to 20 at once).',
  )
})

test('clients that share a bucket, or ask beside the limit, are not read against one of their own', () => {
  const shared = { greedy: { headers: [], consumer: 'greedy' }, twin: { headers: [], consumer: 'greedy' } }
  expect(againstIdeal(limited(69, { clients: shared }), 'nginx', 'greedy')).toBeUndefined()
  const beside = [{ ...get('/productsale'), client: 'greedy', weight: 1, skew: 'uniform' as const }]
  expect(againstIdeal(limited(69, { traffic: [{ ...steadyPhase, mix: beside }] }), 'nginx', 'greedy')).toBeUndefined()
})
