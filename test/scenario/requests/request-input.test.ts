import { describe, expect, test } from 'vitest'
import { findingMetrics } from '../../../src/comparison/findings/registry.ts'
import { EdgeLabError } from '../../../src/errors.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { systemIds } from '../../../src/systems/index.ts'

const options = { systems: systemIds, findings: findingMetrics, makeKey: (consumer: string) => `made-for-${consumer}` }
const written = (line: string, client = '{ consumer: ann }'): string => `formatVersion: 1
id: small
title: Small
question: Does it run?
policy:
  routes: [{ path: /items, origin: shop }]
  apiKey: [{ path: /items, consumers: [ann] }]
origins:
  shop: { routes: [{ path: "/items/{id}", body: product }] }
clients:
  web: ${client}
traffic:
  - phase: steady
    for: 500ms
    rate: 40/s
    mix:
      - ${line}
rounds: { quick: 1, full: 2 }
`
const read = (text: string) => loadScenario(text, 'mine.yaml', options)
const lineOf = (line: string) => read(written(`{ ${line}, client: web }`)).traffic[0]?.mix[0]

function problemsOf(text: string): readonly string[] {
  try {
    read(text)
    return []
  } catch (error) {
    if (!(error instanceof EdgeLabError) || error.name !== 'badInput') throw error
    return error.problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`)
  }
}

describe('a line of the mix is a request', () => {
  test.each(['get', 'head', 'post', 'put', 'patch', 'delete', 'options'])('%s', (method) => {
    expect(lineOf(`${method}: "/items/{1..9}?a"`)).toEqual({
      method: method.toUpperCase(),
      path: '/items/{1..9}?a',
      headers: [],
      client: 'web',
      weight: 1,
      skew: 'uniform',
      expect: [200],
    })
  })

  test('data is sent as JSON, text as it is, each with the type that says so', () => {
    expect(lineOf('post: /items/1, body: { name: ä, tags: [1, null, true] }')).toMatchObject({
      headers: [['content-type', 'application/json']],
      body: '{"name":"ä","tags":[1,null,true]}',
    })
    expect(lineOf('put: /items/1, body: [1, 2]')).toMatchObject({ body: '[1,2]' })
    expect(lineOf('patch: /items/1, body: "<a/>"')).toMatchObject({
      headers: [['content-type', 'text/plain; charset=utf-8']],
      body: '<a/>',
    })
    expect(lineOf('post: /items/1, body: ""')).toMatchObject({ body: '' })
  })

  test('unless the headers say otherwise', () => {
    expect(lineOf('patch: /items/1, body: "<a/>", headers: { content-type: application/xml, x-a: "" }')).toMatchObject({
      headers: [
        ['content-type', 'application/xml'],
        ['x-a', ''],
      ],
    })
  })
})

describe('mistakes are told with their places', () => {
  test.each([
    [
      '{ client: web }',
      '17:9 traffic.0.mix.0: say what is asked for: one of get, head, post, put, patch, delete, options, with a path',
    ],
    [
      '{ get: /items/1, post: /items/1, client: web }',
      '17:32 traffic.0.mix.0.post: “post” stands beside “get”: a line is one request',
    ],
    [
      '{ trace: /items/1, client: web }',
      '17:18 traffic.0.mix.0.trace: “trace” is not a key here; known are get, head, post, put, patch, delete, options, headers, body, client, weight, skew, expect',
    ],
    [
      '{ POST: /items/1, client: web }',
      '17:17 traffic.0.mix.0.POST: “POST” is not a key here; known are get, head, post, put, patch, delete, options, headers, body, client, weight, skew, expect',
    ],
    [
      '{ post: items, client: web }',
      '17:17 traffic.0.mix.0.post: “items” is not a path: begin with /, without query, spaces, control characters or ..',
    ],
    [
      '{ put: /nowhere, client: web }',
      '17:16 traffic.0.mix.0.put: no route of the policy takes /nowhere (it has /items; capitals matter), so every answer would be a 404; if that is meant, add expect: 404',
    ],
    ['{ post: /items/1 }', '17:9 traffic.0.mix.0.client: “client” is missing'],
    ['{ post: /items/1, client: nobody }', '17:35 traffic.0.mix.0.client: there is no client “nobody”; there are web'],
    ...['get', 'head', 'delete', 'options'].map((method) => [
      `{ ${method}: /items/1, client: web, body: x }`,
      `17:${method.length + 42} traffic.0.mix.0.body: a body means nothing to HTTP in a request with “${method}”: only post, put, patch have one`,
    ]),
    [
      '{ post: /items/1, client: web, body: 7 }',
      '17:46 traffic.0.mix.0.body: should be text, or data: keys with values, or a list',
    ],
    [
      '{ post: /items/1, client: web, body: }',
      '17:46 traffic.0.mix.0.body: should be text, or data: keys with values, or a list',
    ],
    [
      '{ post: /items/1, client: web, body: { a: .inf } }',
      '17:46 traffic.0.mix.0.body: has something that JSON cannot say',
    ],
    [
      `{ post: /items/1, client: web, body: ${'x'.repeat(64 * 1024 + 1)} }`,
      '17:46 traffic.0.mix.0.body: a body has at most 64KB',
    ],
    [
      '{ post: /items/1, client: web, headers: { X-A: b } }',
      '17:56 traffic.0.mix.0.headers.X-A: “X-A” is not a header name: use a–z, 0–9 and -',
    ],
    [
      '{ post: /items/1, client: web, headers: { content-length: "3" } }',
      '17:67 traffic.0.mix.0.headers.content-length: “content-length” is a matter of the connection, which the driver sees to: leave it out',
    ],
    [
      '{ post: /items/1, client: web, headers: { x-a: "a\\r\\nb" } }',
      '17:56 traffic.0.mix.0.headers.x-a: a header’s value is printable ASCII, 400 characters at most',
    ],
    [
      '{ post: /items/1, client: web, headers: { x-api-key: made } }',
      '17:62 traffic.0.mix.0.headers.x-api-key: “x-api-key” carries the key: it is sent by a client with a consumer or a key',
    ],
  ])('%s', (line, mistake) => {
    expect(problemsOf(written(line!))).toEqual([mistake])
  })

  test.each([
    [
      '{ headers: { transfer-encoding: chunked } }',
      '11:40 clients.web.headers.transfer-encoding: “transfer-encoding” is a matter of the connection, which the driver sees to: leave it out',
    ],
    [
      '{ headers: { x-api-key: made } }',
      '11:32 clients.web.headers.x-api-key: “x-api-key” carries the key: write consumer, or key for one that nobody has',
    ],
    [
      '{ accept: a/b, headers: { accept: a/c } }',
      '11:42 clients.web.headers.accept: accept is said already, beside headers',
    ],
    ['{ headers: { x: [1] } }', '11:24 clients.web.headers.x: should be a text, not a list'],
    ['{ consumer: bob }', '11:20 clients.web.consumer: no apiKey line has a consumer “bob”; it has ann'],
  ])('client %s', (client, mistake) => {
    expect(problemsOf(written('{ get: /items/1, client: web }', client))).toEqual([mistake])
  })

  test('those of several lines and clients all at once', () => {
    const text = written('{ get: /items/1, client: web, body: x }', '{ headers: { te: trailers } }').replace(
      'rate: 40/s',
      'rate: much',
    )
    expect(problemsOf(text).map((problem) => problem.split(' ')[0])).toEqual(['11:25', '15:11', '17:45'])
  })
})

test('a client carries headers, Accept among them', () => {
  const { clients } = read(
    written('{ get: /items/1, client: web }', '{ accept: a/b, headers: { x-tenant: t }, consumer: ann }'),
  )
  expect(clients['web']).toEqual({
    headers: [
      ['accept', 'a/b'],
      ['x-tenant', 't'],
    ],
    consumer: 'ann',
  })
})
