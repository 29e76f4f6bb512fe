import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findingMetrics } from '../../src/comparison/findings/registry.ts'
import { EdgeLabError } from '../../src/errors.ts'
import { policyLines } from '../../src/policy/lines.ts'
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts'
import { listScenarios, readScenario, scenarioIds } from '../../src/scenario/library.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { systemIds } from '../../src/systems/index.ts'

const options = { systems: systemIds, findings: findingMetrics, makeKey: (consumer: string) => `made-for-${consumer}` }
const caching = readFileSync('scenarios/caching.yaml', 'utf8')

function problemsOf(text: string): readonly string[] {
  try {
    loadScenario(text, 'mine.yaml', options)
    return []
  } catch (error) {
    if (!(error instanceof EdgeLabError) || error.name !== 'badInput') throw error
    return error.problems.map(({ line, path, message }) => `${line} ${path}: ${message}`)
  }
}

describe('the scenarios that come with EdgeLab', () => {
  test('all load, and are named as their files', async () => {
    const entries = await listScenarios(options)
    expect(entries.map(({ id, scenario }) => [id, scenario?.id])).toEqual((await scenarioIds()).map((id) => [id, id]))
    for (const { id, file } of entries) {
      const { text } = await readScenario(id)
      expect(loadScenario(text, file, options).id).toBe(id)
    }
  })

  test('a name that is nearly right gets a suggestion', async () => {
    await expect(readScenario('cachin')).rejects.toThrow('Did you mean caching?')
  })
})

test('the JSON Schema beside the scenarios is current (UPDATE_GOLDEN=1 writes it)', () => {
  const path = 'scenarios/scenario.schema.json'
  if (process.env['UPDATE_GOLDEN']) writeFileSync(path, scenarioJsonSchema())
  expect(readFileSync(path, 'utf8')).toBe(scenarioJsonSchema())
})

describe('mistakes', () => {
  test('six at once are all reported, located, with what would be right', () => {
    const text = caching
      .replace('ttl: 2s', 'ttl: 2 minutes, tll: 3')
      .replace('rate: 300/s', 'rate: -3/s')
      .replace('system: nginx-lua', 'system: ngnix')
      .replace('origin: catalogue', 'origin: shop')
      .replace('fresh: true', 'fresh: true\n   odd: 3')
    expect(problemsOf(text)).toMatchInlineSnapshot(`
      [
        "9 policy.routes.0.origin: there is no origin “shop” in this file; it has catalogue",
        "11 policy.cache.0.ttl: “2 minutes” is not a duration: write 250ms, 2s or 5m",
        "11 policy.cache.0.tll: “tll” is not a key here; did you mean “ttl”?",
        "28 traffic.0.rate: “-3/s” is not a rate: write 10/s or 30/m, above 0",
        "34 : All mapping items must start at the same column",
        "34 : All mapping items must start at the same column",
        "35 : Nested mappings are not allowed in compact mappings",
        "36 odd: “odd” is not a key here; did you mean “id”?",
        "41 expect.1.system: “ngnix” is not a system; the nearest is nginx",
      ]
    `)
  })

  test.each([
    [
      'a transform without representation in the key',
      '  transform: [{ path: /products, representations: [{ accept: application/xml, as: xml }] }]\n',
      'representation',
    ],
    ['a path that no route takes', '  apiKey: [{ path: /orders, consumers: [alice] }]\n', 'no route takes /orders'],
    [
      'two consumers with one key',
      '  apiKey: [{ path: /products, consumers: [{ name: a, key: k }, { name: b, key: k }] }]\n',
      'another consumer has this key',
    ],
    [
      'a key with a line break',
      '  apiKey: [{ path: /products, consumers: [{ name: a, key: "k\\nInjected: 1" }] }]\n',
      'printable ASCII',
    ],
    [
      'weights for other instances',
      '  balancing: [{ origin: catalogue, method: weighted, weights: [1, 2, 3] }]\n',
      'one weight per instance',
    ],
  ])('%s', (_, line, message) => {
    expect(problemsOf(caching.replace('\norigins:', `\n${line}origins:`)).join('\n')).toContain(message)
  })

  test.each([
    ['a map that is not closed', 'staleOnError: 10s }', 'staleOnError: 10s', '}'],
    ['a list that is not closed', '[path, query]', '[path, query', ']'],
  ])('%s is one mistake, on its own line', (_, right, wrong, missing) => {
    expect(caching).toContain(right)
    expect(problemsOf(caching.replace(right, wrong))).toEqual([`11 : “${missing}” is missing`])
  })

  test('whatever the text is, only LabErrors come out', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => problemsOf(text)).not.toThrow()
      }),
    )
  })

  test('a line of a good file replaced by anything is accepted or refused, never a crash', () => {
    const lines = caching.split('\n')
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.string(), (at, text) => {
        expect(() => problemsOf(lines.with(at, text).join('\n'))).not.toThrow()
      }),
    )
  })
})

test('keys left out are made; defaults that other features need are filled in', () => {
  const line = '  apiKey: [{ path: /products, consumers: [alice, { name: bob, key: "b{}\\"$x" }] }]\n'
  const { policy } = loadScenario(
    caching.replace('key: [path, query], ', '').replace('\norigins:', `\n${line}origins:`),
    'f',
    options,
  )
  expect(policy.apiKey[0]?.consumers).toEqual([
    { name: 'alice', key: 'made-for-alice' },
    { name: 'bob', key: 'b{}"$x' },
  ])
  expect(policy.cache[0]?.key).toEqual(['path', 'query', 'consumer'])
})

test('a cache without a ttl keeps what the origin says, and nothing else', () => {
  const { policy } = loadScenario(caching.replace('ttl: 2s, ', ''), 'f', options)
  expect(policy.cache[0]?.ttlMs).toBe(0)
  expect(policyLines(policy).map(({ line }) => line)).toContainEqual(
    expect.stringMatching(/^cache \/products as the origin says by path/),
  )
})
