import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeCheck } from '../../../src/labs/checks/judge.ts'
import { judgeRate } from '../../../src/labs/checks/kinds/rate.ts'
import type { CheckTools, RoleProblem } from '../../../src/labs/checks/tools.ts'
import type { Check, CheckVerdict } from '../../../src/labs/file/check.ts'
import { taskCheck } from '../../../src/labs/file/input/check.ts'
import type { TaskEnvironment } from '../../../src/labs/run/task-environment.ts'
import { openEnvironment, role, type Workspace, workspaceOf } from '../task-environment-here.ts'

/** Everything that a check can be about, on one gateway of our own; a plain proxy beside it. */
const shop = `
formatVersion: 1
id: shop
title: A shop
question: What can be judged?
policy:
  routes:
    - { path: /products, origin: shop }
    - { path: /orders, origin: shop }
    - { path: /catalogue, origin: shop }
  cache: [{ path: /products, ttl: 1m, key: [path, query] }]
  apiKey: [{ path: /orders, consumers: [greedy, polite] }]
  # In a window of half a second: five.
  rateLimit: [{ path: /orders, limit: 10/s, burst: 5 }]
  transform: [{ path: /catalogue, representations: [{ accept: application/xml, as: xml }] }]
origins:
  shop:
    routes:
      - { path: "/products/{id}", body: product }
      - { path: "/orders/{id}", body: order }
      - { path: "/catalogue/{id}", body: product }
clients:
  web: { accept: application/json }
  desktop: { accept: application/xml }
  greedy: { consumer: greedy }
  polite: { consumer: polite }
traffic: [{ phase: steady, for: 1s, rate: 1/s, mix: [{ get: /products/1, client: web }] }]
rounds: { quick: 1, full: 1 }
`

let workspace: Workspace
let environment: TaskEnvironment
beforeAll(async () => {
  workspace = workspaceOf({ 'shop.yaml': shop })
  environment = await openEnvironment(workspace, [role('gateway', 'node-gateway'), role('proxy', 'node-proxy')])
})
afterAll(async () => {
  await environment?.close()
  workspace?.remove()
})

const facts = (path: string): unknown => ({ 'ask.proxy.origin.requests': 3 })[path]

/** As it is written in a lab file. */
function parsed(written: object): Check {
  return taskCheck.parse({ id: 'it', describe: 'It holds', ...written }).check
}

async function verdictOf(written: object): Promise<CheckVerdict> {
  const [verdict] = await environment.judge([{ id: 'it', describe: 'It holds', check: parsed(written) }], facts)
  return verdict!
}

const product = { get: '/products/7', client: 'web' }
const order = { get: '/orders/7', client: 'greedy' }

const cases: readonly [string, object, Partial<CheckVerdict>][] = [
  [
    'http, right',
    {
      http: {
        role: 'gateway',
        send: product,
        status: 200,
        headers: { 'x-cache': { equals: 'MISS' }, etag: 'absent' },
        body: { contains: '"id"' },
      },
    },
    {
      state: 'right',
      request: 'GET /products/7 as web, through node-gateway',
      expected: '200, x-cache is “MISS”, etag is not there, the body contains “"id"”',
      difference: '',
    },
  ],
  [
    'http, wrong status',
    { http: { role: 'gateway', send: { get: '/orders/7', client: 'web' }, status: 200 } },
    { state: 'wrong', received: '401', difference: 'the status is 401, not 200' },
  ],
  [
    'http, wrong header',
    { http: { role: 'gateway', send: product, headers: { 'content-type': { contains: 'xml' } } } },
    { state: 'wrong', difference: 'content-type is “application/json; charset=utf-8”' },
  ],
  [
    'sequence, right',
    {
      sequence: {
        role: 'gateway',
        send: { ...order, times: 9, together: true },
        statuses: { greedy: { 200: 5, 429: '>=4' } },
      },
    },
    {
      state: 'right',
      request: 'GET /orders/7 as greedy, 9 times at once, through node-gateway',
      received: 'greedy: 5 × 200, 4 × 429',
    },
  ],
  [
    'sequence, wrong',
    {
      sequence: {
        role: 'gateway',
        send: [
          { ...order, times: 6, together: true },
          { ...order, client: 'polite' },
        ],
        statuses: { polite: { 200: 1 }, greedy: { 429: 0 } },
      },
    },
    { state: 'wrong', difference: 'greedy got 429 1 time, not 0' },
  ],
  [
    'rate, right',
    {
      rate: {
        role: 'gateway',
        for: '1s',
        clients: {
          greedy: { get: '/orders/7', rate: '30/s', accepted: '10..15' },
          polite: { get: '/orders/7', rate: '4/s', accepted: 4 },
        },
      },
    },
    {
      state: 'right',
      request:
        'GET /orders/7 as greedy 30 times a second, GET /orders/7 as polite 4 times a second, for 1 s, through node-gateway',
    },
  ],
  [
    'rate, wrong',
    { rate: { role: 'gateway', for: '1s', clients: { greedy: { get: '/orders/7', rate: '30/s', accepted: 30 } } } },
    { state: 'wrong', difference: expect.stringMatching(/^greedy got 1\d accepted, not 30$/) },
  ],
  [
    'rate, of another method',
    {
      rate: {
        role: 'direct',
        for: '500ms',
        clients: { web: { put: '/orders/7', body: 'x', rate: '10/s', accepted: 5 } },
      },
    },
    {
      state: 'right',
      request: 'PUT /orders/7 as web with the body “x” 10 times a second, for 500 ms, through direct',
    },
  ],
  [
    'http, with a body: it ends what a cache has',
    {
      http: {
        role: 'gateway',
        before: [product, { post: '/products/7', body: { name: 'ä' }, client: 'web' }],
        send: product,
        headers: { 'x-cache': { equals: 'MISS' } },
      },
    },
    {
      state: 'right',
      request:
        'GET /products/7 as web; then POST /products/7 as web with the body “{"name":"ä"}”, with content-type: application/json; then GET /products/7 as web, through node-gateway',
    },
  ],
  [
    'upstream, of a body',
    {
      upstream: {
        role: 'proxy',
        send: { patch: '/catalogue/7', body: '<a/>', headers: { 'content-type': 'application/xml' }, client: 'web' },
        headers: { 'content-type': { equals: 'application/xml' }, 'content-length': { equals: '4' } },
        requests: 1,
      },
    },
    { state: 'right', request: expect.stringContaining('PATCH /catalogue/7 as web with the body “<a/>”') },
  ],
  [
    'compare, of method and body at the origin',
    {
      compare: {
        roles: ['proxy', 'direct'],
        send: { post: '/catalogue/7', body: 'as it was', client: 'web' },
        holds: {
          all: [
            { fact: 'proxy.origin.last.-1.body', is: '=', than: { fact: 'direct.origin.last.-1.body' } },
            { fact: 'proxy.origin.last.-1.method', is: '=', than: 'POST' },
            { fact: 'direct.origin.last.-1.body', is: '=', than: 'as it was' },
          ],
        },
      },
    },
    { state: 'right' },
  ],
  [
    'http, HEAD',
    { http: { role: 'gateway', send: { head: '/products/8', client: 'web' }, status: 200, body: { equals: '' } } },
    { state: 'right', request: 'HEAD /products/8 as web, through node-gateway' },
  ],
  [
    'cache, right, although the check before asked for the same',
    { cache: { role: 'gateway', send: { ...product, times: 3 }, hits: 2, originHits: 1 } },
    { state: 'right', received: '2 from the cache, 1 at the origin' },
  ],
  [
    'cache, wrong',
    { cache: { role: 'gateway', send: { get: '/catalogue/7', client: 'web', times: 3 }, originHits: 1 } },
    { state: 'wrong', difference: 'the origin saw 3 of 3 requests, not 1' },
  ],
  [
    'transform, right',
    { transform: { role: 'gateway', send: { get: '/catalogue/7', client: 'desktop' }, as: 'xml' } },
    { state: 'right', expected: 'the origin’s data as XML' },
  ],
  [
    'transform, wrong',
    { transform: { role: 'proxy', send: { get: '/catalogue/7', client: 'desktop' }, as: 'xml' } },
    { state: 'wrong', difference: 'it is application/json; charset=utf-8, not application/xml' },
  ],
  [
    'transform, nobody can tell: the origin has no such thing',
    { transform: { role: 'gateway', send: { get: '/catalogue', client: 'desktop' }, as: 'xml' } },
    { state: 'unknown', received: 'the origin itself answers 404 to /catalogue', difference: '' },
  ],
  [
    'upstream, right',
    {
      upstream: {
        role: 'proxy',
        send: { ...product, get: '/catalogue/7', times: 5 },
        headers: { 'x-forwarded-for': 'client-address', 'x-api-key': 'absent' },
        requests: 5,
        connections: 1,
      },
    },
    { state: 'right', received: 'x-forwarded-for is “127.0.0.1”, x-api-key is not there, 5 requests, 1 connection' },
  ],
  [
    'upstream, the address nearest to the edge counts',
    {
      upstream: {
        role: 'proxy',
        send: { ...product, headers: { 'x-forwarded-for': '203.0.113.9' } },
        headers: { 'x-forwarded-for': 'client-address' },
      },
    },
    { state: 'right' },
  ],
  [
    'upstream, wrong: directly nobody says it',
    { upstream: { role: 'direct', send: product, headers: { 'x-forwarded-for': 'client-address' } } },
    { state: 'wrong', difference: 'at the origin x-forwarded-for is not there' },
  ],
  [
    'upstream, wrong: it never got there',
    { upstream: { role: 'gateway', send: { get: '/orders/7', client: 'web' }, headers: { host: 'present' } } },
    { state: 'wrong', difference: 'nothing reached the origin; the client got 1 × 401' },
  ],
  ['config, right', { config: { role: 'gateway' } }, { state: 'right', received: 'it started' }],
  [
    'compare, right',
    {
      compare: {
        roles: ['direct', 'gateway'],
        send: { ...product, times: 4 },
        holds: { fact: 'gateway.origin.requests', is: '<', than: { fact: 'direct.origin.requests', times: 0.5 } },
      },
    },
    {
      state: 'right',
      expected: 'gateway.origin.requests < 0.5 × direct.origin.requests',
      received: 'gateway.origin.requests is 1; direct.origin.requests is 4',
    },
  ],
  [
    'compare, wrong',
    {
      compare: {
        roles: ['direct', 'proxy'],
        send: { ...product, get: '/catalogue/7' },
        holds: { fact: 'proxy.origin.requests', is: '=', than: 0 },
      },
    },
    { state: 'wrong', difference: 'it does not hold: proxy.origin.requests is 1' },
  ],
  [
    'answer, right',
    { answer: { fact: 'ask.proxy.origin.requests', is: '=', than: 3 } },
    { state: 'right', request: '' },
  ],
  ['answer, wrong', { answer: { fact: 'ask.proxy.origin.requests', is: '>', than: 3 } }, { state: 'wrong' }],
  [
    'answer, nobody knows',
    { answer: { fact: 'ask.gateway.origin.requests', is: '=', than: 3 } },
    { state: 'unknown', received: 'ask.gateway.origin.requests is not known', difference: '' },
  ],
  [
    'all, the first that is wrong decides',
    {
      all: [
        { config: { role: 'gateway' } },
        { answer: { fact: 'ask.gateway.x', is: 'present' } },
        { http: { role: 'gateway', send: product, status: 404 } },
      ],
    },
    { state: 'wrong', difference: 'the status is 200, not 404' },
  ],
  [
    'all, unknown',
    { all: [{ config: { role: 'gateway' } }, { answer: { fact: 'ask.gateway.x', is: 'present' } }] },
    { state: 'unknown' },
  ],
  [
    'any, right',
    { any: [{ http: { role: 'gateway', send: product, status: 404 } }, { config: { role: 'gateway' } }] },
    { state: 'right' },
  ],
  ['any, wrong', { any: [{ http: { role: 'gateway', send: product, status: 404 } }] }, { state: 'wrong' }],
  [
    'not, right',
    { not: { http: { role: 'gateway', send: product, status: 404 } } },
    { state: 'right', expected: 'not: 404' },
  ],
  [
    'not, wrong',
    { not: { http: { role: 'gateway', send: product, status: 200 } } },
    { state: 'wrong', difference: 'this must not be: 200' },
  ],
  ['not, unknown stays so', { not: { answer: { fact: 'ask.gateway.x', is: 'present' } } }, { state: 'unknown' }],
]

test.each(cases)('%s', async (_, written, expected) => {
  let verdict = await verdictOf(written)
  // On a machine that was too busy to tell, it is judged again, as learners and the gate do.
  for (let again = 0; again < 3 && verdict.state === 'unknown' && expected.state !== 'unknown'; again += 1)
    verdict = await verdictOf(written)
  expect(verdict).toMatchObject({ id: 'it', describe: 'It holds', ...expected })
})

test('keys are never shown', async () => {
  const { received } = await verdictOf({
    upstream: { role: 'direct', send: order, headers: { 'x-api-key': 'present' } },
  })
  expect(received).toBe('x-api-key is “‹key of greedy›”')
})

describe('what nobody can tell', () => {
  const signal = new AbortController().signal
  /** Nothing else of the tools may be used where a role has a problem. */
  const toolsWith = (problem: RoleProblem): CheckTools => ({ problemOf: () => problem }) as unknown as CheckTools
  const down = toolsWith({ state: 'down', why: 'the image is missing' })

  test.each([
    ['http', { http: { role: 'gateway', send: product, status: 200 } }],
    ['not', { not: { http: { role: 'gateway', send: product, status: 200 } } }],
    [
      'any',
      { any: [{ config: { role: 'gateway' } }, { answer: { fact: 'ask.proxy.origin.requests', is: '=', than: 3 } }] },
    ],
  ])('%s of a system that did not start, through no fault of the learner', async (_, written) => {
    const task = { id: 'it', describe: 'It holds', check: parsed(written) }
    expect(await judgeCheck(task, down, signal)).toMatchObject({
      state: 'unknown',
      received: 'the image is missing',
      difference: '',
    })
  })

  test('a mistake in a file is never right, not even of “not”', async () => {
    const broken = toolsWith({
      state: 'mistake',
      mistake: { said: 'unknown directive', difference: 'nginx.conf, line 3: unknown directive' },
    })
    const task = {
      id: 'it',
      describe: 'It holds',
      check: parsed({ not: { http: { role: 'gateway', send: product, status: 200 } } }),
    }
    expect(await judgeCheck(task, broken, signal)).toMatchObject({
      state: 'wrong',
      difference: 'nginx.conf, line 3: unknown directive',
    })
  })

  test('a rate on a machine that was too busy to send in time', async () => {
    const check = parsed({
      rate: { role: 'gateway', for: '1s', clients: { greedy: { get: '/orders/7', rate: '30/s', accepted: 30 } } },
    })
    if (check.kind !== 'rate') throw new Error('another kind')
    const traffic = async () => ({ byClient: { greedy: { 200: 30 } }, unanswered: 0, lateMs: 300 })
    const tools = { facts, labelOf: () => 'nginx', traffic } as unknown as Parameters<typeof judgeRate>[1]
    expect(await judgeRate(check, tools)).toMatchObject({
      state: 'unknown',
      received: 'this machine was too busy: requests left up to 300 ms late',
    })
  })

  test('a rate that is short of no more than the few requests that got no answer', async () => {
    const check = parsed({
      rate: { role: 'gateway', for: '1s', clients: { greedy: { get: '/orders/7', rate: '60/s', accepted: 60 } } },
    })
    if (check.kind !== 'rate') throw new Error('another kind')
    const state = async (accepted: number, unanswered: number): Promise<string> => {
      const traffic = async () => ({ byClient: { greedy: { 200: accepted } }, unanswered, lateMs: 5 })
      const tools = { facts, labelOf: () => 'nginx', traffic } as unknown as Parameters<typeof judgeRate>[1]
      return (await judgeRate(check, tools)).state
    }
    expect(await state(58, 2)).toBe('unknown')
    expect(await state(57, 2)).toBe('wrong')
    expect(await state(40, 20)).toBe('wrong')
  })
})
