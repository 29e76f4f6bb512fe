/** Names that every JavaScript object has are names like any other, from the file to the findings. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawFindings } from '../../src/comparison/findings/index.ts'
import { findingMetrics } from '../../src/comparison/findings/registry.ts'
import { judge } from '../../src/comparison/judge.ts'
import { EdgeLabError } from '../../src/errors.ts'
import { probePaths } from '../../src/experiment/proof/probe-paths.ts'
import { exampleSite } from '../../src/experiment/systems-under-test.ts'
import { judgeHttp } from '../../src/labs/checks/kinds/http.ts'
import { addUp } from '../../src/labs/checks/traffic.ts'
import { checkRecord } from '../../src/measurement/schema/record.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { clientHeaders, sentPhases } from '../../src/scenario/requests/client-requests.ts'
import { schedule } from '../../src/scenario/schedule/schedule.ts'
import { systemIds, systems } from '../../src/systems/index.ts'
import { encodeHistogram, newHistogram } from '../../src/traffic/measure/histogram.ts'
import { prepare } from '../../src/traffic/prepare.ts'
import { originOf, proofOf, recordOf, roundOf, scenarioRecordOf, subjectOf } from '../comparison/record-parts.ts'

const options = { systems: systemIds, findings: findingMetrics, makeKey: (consumer: string) => `key-of-${consumer}` }
const inherited = ['constructor', 'valueof', 'tostring', 'hasownproperty', 'prototype', 'length', 'name']

interface Names {
  readonly origin: string
  readonly client: string
  readonly consumer: string
  readonly phase: string
  readonly header: string
}

const someName = fc.constantFrom(...inherited)
const names = fc.record<Names>({
  origin: someName,
  client: someName,
  consumer: someName,
  phase: someName,
  header: fc.constantFrom('constructor', 'valueof', 'x-api-key'),
})

const written = ({ origin, client, consumer, phase, header }: Names): string => `formatVersion: 1
id: constructor
title: Names
question: Are all names alike?
policy:
  routes: [{ path: /items, origin: ${origin} }]
  balancing: [{ origin: ${origin}, method: weighted, weights: [1] }]
  cache: [{ path: /items, ttl: 2s }]
  apiKey: [{ path: /items, header: ${header}, consumers: [${consumer}] }]
  rateLimit: [{ path: /items, limit: 5/s, burst: 2 }]
origins:
  ${origin}: { routes: [{ path: "/items/{id}", body: product }] }
clients:
  ${client}: { consumer: ${consumer} }
traffic:
  - { phase: ${phase}, for: 1s, rate: 20/s, mix: [{ get: "/items/{1..9}", client: ${client}, expect: [200, 429] }] }
measure: rounds
rounds: { quick: 1, full: 2 }
expect:
  - { finding: rate-limit, system: nginx, acceptedShare.${client}: ">= 0%" }
  - { finding: latency, system: nginx, errors: 0 }
`

test('the whole line takes them', () => {
  fc.assert(
    fc.property(names, (given) => {
      const { origin, client, consumer, phase, header } = given
      const scenario = loadScenario(written(given), 'names.yaml', options)
      const site = exampleSite(scenario)
      for (const { compile } of Object.values(systems)) {
        const text = JSON.stringify(compile(scenario.policy, site))
        expect(text).not.toContain('native code')
      }
      expect(JSON.stringify(systems['node-gateway'].compile(scenario.policy, site))).toContain(
        `origin-${origin}-1:8080`,
      )
      expect(clientHeaders(scenario, client)).toEqual([[header, `key-of-${consumer}`]])
      expect(probePaths(scenario)('/items', 1)).toEqual([expect.stringMatching(/^\/items\/9\d+$/)])
      const plan = { mode: 'open' as const, target: { host: 'a', port: 1 }, connections: 1, timeoutMs: 1, seed: 1 }
      const { phases } = prepare({ ...plan, phases: sentPhases(scenario) })
      expect([...schedule(phases, 1)].length).toBeGreaterThan(0)

      const answers = [200, 429].map((status) => ({ ms: 1, count: 9, client, phase, status }))
      const counts = { consumers: { [consumer]: 9 }, name: origin }
      const record = recordOf([
        scenarioRecordOf(
          scenario,
          [subjectOf('direct'), subjectOf('nginx', { proof: proofOf('nginx', ['routes', 'cache', 'rateLimit']) })],
          ['direct', 'nginx'].map((label) =>
            roundOf(label, 0, label === 'direct' ? answers.slice(0, 1) : answers, { origins: [originOf(9, counts)] }),
          ),
        ),
      ])
      const read = checkRecord(JSON.parse(JSON.stringify(record)))
      if (typeof read === 'string') throw new Error(read)
      const findings = drawFindings(read)
      expect(judge(read, findings).map(({ state }) => state)).toEqual(['met', 'met'])
      expect(JSON.stringify(findings)).not.toMatch(/native code|\bNaN\b/)
    }),
    { numRuns: 40 },
  )
})

describe('names that nobody has given', () => {
  const good = written({ origin: 'shop', client: 'web', consumer: 'ann', phase: 'steady', header: 'x-api-key' })
  const mistakes = (text: string): readonly string[] => {
    try {
      loadScenario(text, 'names.yaml', options)
      return []
    } catch (error) {
      if (!(error instanceof EdgeLabError) || error.name !== 'badInput') throw error
      return error.problems.map(({ line, path }) => `${line} ${path}`)
    }
  }

  test.each([
    ['path: /items, origin: shop }]', 'path: /items, origin: constructor }]', '6 policy.routes.0.origin'],
    ['balancing: [{ origin: shop', 'balancing: [{ origin: valueof', '7 policy.balancing.0.origin'],
    ['client: web, expect', 'client: constructor, expect', '16 traffic.0.mix.0.client'],
    ['{ consumer: ann }', '{ consumer: constructor }', '14 clients.web.consumer'],
    ['system: nginx, errors', 'system: constructor, errors', '21 expect.1.system'],
    ['finding: latency', 'finding: constructor', '21 expect.1.finding'],
    ['errors: 0', 'constructor: 0', '21 expect.1.constructor'],
  ])('%s → %s is a mistake with its place', (right, wrong, place) => {
    expect(good).toContain(right)
    expect(mistakes(good.replace(right, wrong))).toContain(place)
  })

  test.each([
    ['consumers: [ann]', 'consumers: [__proto__]'],
    ['  shop: {', '  __proto__: {'],
    ['  web: {', '  __proto__: {'],
    ['client: web, expect', 'client: __proto__, expect'],
  ])('%s → %s is refused: no name begins with an underscore', (right, wrong) => {
    expect(good).toContain(right)
    expect(mistakes(good.replace(right, wrong)).length).toBeGreaterThan(0)
  })
})

describe('in a lab', () => {
  test('a header that did not come is absent, whatever it is called', async () => {
    const answers = { ann: [{ status: 200, headers: [], body: '', durationMs: 1 }] }
    const line = {
      as: 'ann',
      method: 'GET',
      path: '/',
      client: 'ann',
      headers: [],
      times: 1,
      together: false,
      afterMs: 0,
    }
    const check = {
      kind: 'http' as const,
      role: 'edge',
      before: [],
      send: line,
      status: 200,
      headers: { constructor: { kind: 'absent' as const } },
      body: null,
    }
    const tools = { ask: async () => ({ answers, from: [''], aside: '' }), labelOf: (role: string) => role }
    expect((await judgeHttp(check as never, tools as never)).state).toBe('right')
  })

  test('answers to a client are counted under its name', () => {
    const slots = [{ atMs: 0, phase: 'steady', client: 'constructor', status: 200, count: 3 }]
    const empty = encodeHistogram(newHistogram())
    const frame = { atMs: 250, sent: 3, answered: 3, inFlight: 0, series: [], slots, lateness: empty }
    const { byClient } = addUp([{ ...frame, failures: {}, faults: {}, busyMs: 0, connected: 0 }])
    expect(Object.entries(byClient)).toEqual([['constructor', { 200: 3 }]])
    expect(Object.keys(Object)).toEqual([])
  })
})
