import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findingMetrics } from '../../../src/comparison/findings/registry.ts'
import { EdgeLabError } from '../../../src/errors.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { systemIds } from '../../../src/systems/index.ts'

const options = { systems: systemIds, findings: findingMetrics, makeKey: (consumer: string) => `made-for-${consumer}` }
const small = `formatVersion: 1
id: small
title: Small
question: Does it run?
policy:
  routes: [{ path: /items, origin: shop }]
origins:
  shop: { routes: [{ path: "/items/{id}", body: product }] }
clients: { web: {} }
traffic:
  - { phase: steady, for: 500ms, rate: 40/s, mix: [{ get: "/items/{1..9}", client: web }] }
rounds: { quick: 1, full: 2 }
`

function problemsOf(text: string): readonly string[] {
  try {
    loadScenario(text, 'mine.yaml', options)
    return []
  } catch (error) {
    if (!(error instanceof EdgeLabError) || error.name !== 'badInput') throw error
    return error.problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`)
  }
}

test('a path that only other capitals would route is a mistake with its place', () => {
  expect(problemsOf(readFileSync('test/scenario/cases/upper2.yaml', 'utf8'))).toEqual([
    '16:59 traffic.0.mix.0.get: no route of the policy takes /items/7 (it has /Items; capitals matter), so every answer would be a 404; if that is meant, add expect: 404',
  ])
})

test('a path that the policy routes to an origin without such a route is a mistake as well', () => {
  expect(problemsOf(small.replace('path: "/items/{id}"', 'path: "/Items/{id}"'))).toEqual([
    '11:59 traffic.0.mix.0.get: the origin “shop” has no route for /items/1 (it has /Items/{id}; capitals matter), so every answer would be a 404; if that is meant, add expect: 404',
  ])
})

describe('what a line of the mix expects', () => {
  const expecting = (written: string): string => small.replace('client: web }', `client: web, expect: ${written} }`)
  const read = (text: string) => loadScenario(text, 'mine.yaml', options).traffic[0]?.mix[0]?.expect

  test('is 200 where nothing is said, else a status or a list', () => {
    expect(read(small)).toEqual([200])
    expect(read(expecting('401'))).toEqual([401])
    expect(read(expecting('[200, 429]'))).toEqual([200, 429])
  })

  test('a 404 that is meant needs no route', () => {
    const nowhere = small.replace('"/items/{1..9}"', '/nowhere')
    expect(problemsOf(nowhere)).toHaveLength(1)
    expect(read(nowhere.replace('client: web }', 'client: web, expect: 404 }'))).toEqual([404])
    expect(read(nowhere.replace('client: web }', 'client: web, expect: [200, 404] }'))).toEqual([200, 404])
  })

  test.each(['yes', '99', '600', '[]', '[200, ok]', '200.5'])('“%s” is refused', (written) => {
    expect(problemsOf(expecting(written)).join()).toMatch(/^11:\d+ traffic\.0\.mix\.0\.expect/)
  })
})

describe('phases', () => {
  test.each([
    ['of no duration', 'for: 500ms', 'for: 0s', 'a phase of no duration sends nothing'],
    ['that are all warm-up', 'rate: 40/s', 'rate: 40/s, warmUp: true', 'nothing would be measured'],
  ])('%s are refused', (_, right, wrong, message) => {
    expect(problemsOf(small.replace(right, wrong)).join()).toContain(message)
  })

  test('a burst needs no duration', () => {
    expect(problemsOf(small.replace('for: 500ms, rate: 40/s', 'for: 0s, atOnce: 5'))).toEqual([])
  })

  test('two of one name are refused: their figures would be one', () => {
    const line = /^ {2}- \{ phase: steady.*\n/m.exec(small)![0]
    expect(problemsOf(small.replace(line, line + line))).toEqual([
      '12:14 traffic.1.phase: there is a phase “steady” already',
    ])
  })
})

const problemsIn = (file: string): readonly string[] =>
  problemsOf(readFileSync(`test/scenario/cases/${file}.yaml`, 'utf8'))

test('a percent-encoded path is refused wherever it stands, with what to write instead', () => {
  const decoded = (path: string): string => `“${path}” is percent-encoded, and paths are written decoded: write`
  expect(problemsIn('enc')).toEqual([
    `7:15 policy.routes.0.path: ${decoded('/caf%C3%A9')} /café`,
    `12:17 origins.shop.routes.0.path: ${decoded('/caf%C3%A9/{id}')} /café/{id}`,
    `16:59 traffic.0.mix.0.get: ${decoded('/caf%C3%A9/7')} /café/7`,
  ])
  const text = readFileSync('test/scenario/cases/enc.yaml', 'utf8')
  expect(problemsOf(text.replaceAll('%C3%A9', 'é'))).toEqual([])
})

test('what cannot be read draws no further mistakes after it', () => {
  const text = small.replace('path: /items,', 'path: items,')
  expect(problemsOf(text)).toEqual([expect.stringContaining('policy.routes.0.path: “items” is not a path')])
})

test('a header that HTTP uses cannot carry a key', () => {
  expect(problemsIn('hdr-content-length')).toEqual([
    '9:31 policy.apiKey.0.header: “content-length” cannot carry a key, because HTTP or the edge itself uses that header: write x-api-key, authorization or a name of your own',
  ])
})

describe('what a line asks for', () => {
  const asking = (get: string): string => problemsOf(small.replace('/items/{1..9}', get)).join()

  test.each([
    ['/items/{9..1}', 'write the smaller one first'],
    ['/items/{1..9999999}', 'more than 1000000 numbers'],
    ['/items/{1..2}?{1..2}', 'one is drawn for each request'],
    ['/items/7?é', 'percent-encode what is not printable ASCII'],
    ['/items/7#x', 'is not a path'],
    ['/items//7', 'write one slash'],
  ])('%s is refused: %s', (get, message) => {
    expect(asking(get)).toContain(message)
  })

  test('a query goes out as it is written', () => {
    expect(asking('/items/7?q=caf%C3%A9&n={1..5}')).toBe('')
  })
})
