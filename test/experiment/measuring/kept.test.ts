/** What a record keeps of a round, so that a long one on many systems stays small. */
import { describe, expect, test } from 'vitest'
import { keptCounts, keptSamples } from '../../../src/experiment/measuring/rounds/kept.ts'
import { get } from '../../../src/http/request.ts'
import type { OriginCounts } from '../../../src/origin/spec.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { timedClients } from '../../../src/scenario/requests/timed-clients.ts'
import type { Sample } from '../../../src/traffic/plan.ts'

const text = `formatVersion: 1
id: kept
title: Kept
question: What is kept?
policy:
  routes: [{ path: /items, origin: shop }, { path: /orders, origin: shop }]
  apiKey: [{ path: /orders, consumers: [alice, bob, carol] }]
  rateLimit: [{ path: /orders, limit: 5/s, burst: 2, per: consumer }]
origins:
  shop: { routes: [{ path: "/items/{id}", body: product }, { path: "/orders/{id}", body: order }] }
clients: { web: {}, alice: { consumer: alice }, bob: { consumer: bob } }
traffic:
  - { phase: warm-up, warmUp: true, for: 1s, rate: 5/s, mix: [{ get: "/items/{1..9}", client: web }] }
  - phase: morning
    for: 1s
    rate: 5/s
    mix: [{ get: "/items/{1..9}", client: web }, { get: "/orders/{1..9}", client: alice, expect: [200, 429] }]
  - phase: evening
    for: 1s
    rate: 5/s
    mix: [{ get: /items/1, client: bob }, { get: "/orders/{1..9}", client: bob, expect: [200, 429] }]
measure: rounds
rounds: { quick: 1, full: 2 }
`
const scenario = loadScenario(text, 'kept.yaml', { systems: [], findings: [], makeKey: (name) => name })

const sample = (phase: string, client: string, status: number, body: string, count?: number): Sample => ({
  phase,
  client,
  status,
  body,
  request: get('/items/1'),
  headers: [],
  truncated: false,
  ...(count === undefined ? {} : { count }),
})
const inShort = ({ phase, client, status, body, count }: Sample): string =>
  [phase, client, status, body, count].filter((each) => each !== undefined).join(' ')

describe('samples', () => {
  const all = [
    sample('warm-up', 'web', 200, 'cold'),
    sample('morning', 'web', 200, 'first'),
    sample('morning', 'alice', 429, 'wait'),
    sample('morning', 'alice', 200, 'hers', 3),
    sample('evening', 'web', 200, 'again'),
    sample('evening', 'alice', 429, 'wait more'),
    sample('evening', 'alice', 200, 'hers', 4),
    sample('evening', 'alice', 200, 'another’s', 1),
  ]

  test('of the first round: one accepted answer of each client, and whatever was not accepted or is counted', () => {
    expect(keptSamples(all, scenario, true).map(inShort)).toEqual([
      'morning web 200 first',
      'morning alice 429 wait',
      'morning alice 200 hers 3',
      'evening alice 429 wait more',
      'evening alice 200 hers 4',
      'evening alice 200 another’s 1',
    ])
  })

  test('the first answer is that of the earliest phase, in whatever order several drivers tell theirs', () => {
    expect(keptSamples(all.toReversed(), scenario, true).map(inShort)).toContain('morning web 200 first')
  })

  test('of later rounds: what is counted, added up over phases', () => {
    expect(keptSamples(all, scenario, false).map(inShort)).toEqual([
      'morning alice 200 hers 7',
      'evening alice 200 another’s 1',
    ])
  })

  test('bodies are cut', () => {
    const [long] = keptSamples([sample('morning', 'web', 200, 'x'.repeat(5000))], scenario, true)
    expect(long!.body).toHaveLength(4096)
  })
})

test('the origins’ counts of later rounds have the paths that a line of the mix names', () => {
  const paths = { '/items/1': 5, '/items/2': 1, '/orders/7': 2 }
  const rest = { name: 'shop', instance: 1, requests: 8, connections: 1, routes: {}, consumers: {}, statuses: {} }
  const counts: readonly OriginCounts[] = [{ ...rest, paths, last: [get('/items/1')] }]
  expect(keptCounts(counts, scenario, true)).toEqual(counts)
  expect(keptCounts(counts, scenario, false)).toEqual([{ ...rest, paths: { '/items/1': 5 }, last: [] }])
})

test('tenths of seconds are kept of who has a bucket of their own, and asks for nothing beside it', () => {
  expect([...timedClients(scenario)]).toEqual(['alice'])
})
