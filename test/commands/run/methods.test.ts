/** A run whose traffic is more than GETs, judged by what the origin saw. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MeasuredRun, measure } from '../../../src/commands/run/measure.ts'
import { findingMetrics } from '../../../src/comparison/findings/registry.ts'
import { usualEffort } from '../../../src/experiment/asked.ts'
import type { ExperimentEvent } from '../../../src/experiment/events.ts'
import { headerOf } from '../../../src/http/headers.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { systemIds } from '../../../src/systems/index.ts'

const key = 'a-key-of-anns-own'
const token = 'a-token-that-no-policy-knows'
const text = `formatVersion: 1
id: small
title: Small
question: What of a request reaches the origin?
policy:
  routes: [{ path: /items, origin: shop }]
  apiKey: [{ path: /items, consumers: [{ name: ann, key: ${key} }] }]
origins:
  shop: { routes: [{ path: "/items/{id}", body: product }] }
clients:
  web: { accept: application/json, headers: { x-tenant: blue, x-note: "not ${key} again", authorization: Bearer ${token} }, consumer: ann }
traffic:
  - phase: steady
    for: 400ms
    rate: 150/s
    arrivals: constant
    mix:
      - { post: "/items/{1..9}", body: { name: ä, tags: [1, null] }, client: web }
      - { put: /items/10?part=1, body: "a,b", headers: { content-type: text/csv, x-tenant: red }, client: web }
      - { head: /items/11, client: web }
      - { delete: /items/12, client: web }
measure: rounds
rounds: { quick: 1, full: 1 }
`
let folder = ''
let run: MeasuredRun
const events: ExperimentEvent[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'methods-test-'))
  const scenario = loadScenario(text, 'small.yaml', {
    systems: systemIds,
    findings: findingMetrics,
    makeKey: (name) => name,
  })
  const options = {
    systems: ['node-proxy' as const, 'node-gateway' as const],
    runtime: 'processes' as const,
    asked: usualEffort.quick,
    command: 'edgelab run',
    seed: 1,
    out: join(folder, 'run'),
  }
  const observer = {
    emit: (event: ExperimentEvent) => void events.push(event),
    note: () => undefined,
    signal: new AbortController().signal,
  }
  run = await measure([scenario], options, observer)
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(['direct', 'node-proxy', 'node-gateway'])('through %s every method, header and body arrives', (label) => {
  const round = run.model.record.scenarios[0]!.rounds.find((each) => each.label === label)!
  expect({ answered: round.answered, failures: round.failures }).toEqual({ answered: 60, failures: {} })
  const [origin] = round.origins
  expect(origin?.statuses).toEqual({ 200: 60 })
  const arrived = origin!.last.map(({ method, path, headers, body }) =>
    [method, path.replace(/\/\d$/, '/N'), headerOf(headers, 'content-type'), headerOf(headers, 'x-tenant'), body].join(
      ' ',
    ),
  )
  expect([...new Set(arrived)].sort()).toEqual([
    'DELETE /items/12  blue ',
    'HEAD /items/11  blue ',
    'POST /items/N application/json blue {"name":"ä","tags":[1,null]}',
    'PUT /items/10?part=1 text/csv red a,b',
  ])
  for (const { headers } of origin!.last) {
    expect(headerOf(headers, 'accept')).toBe('application/json')
    expect(headerOf(headers, 'authorization')).toBe('‹authorization of web›')
  }
})

test('every answer was meant, and a sample is kept with the whole request', () => {
  expect(run.exitCode).toBe(0)
  const { samples } = run.model.record.scenarios[0]!.rounds[0]!
  expect(samples).toHaveLength(1)
  expect(headerOf(samples[0]!.request.headers, 'x-api-key')).toBe('‹key of ann›')
  expect(headerOf(samples[0]!.request.headers, 'x-note')).toBe('not ‹key of ann› again')
})

test('neither key nor token is in the record, in the report or in an event', async () => {
  const secret = new RegExp(`${key}|${token}`)
  const record = await readFile(join(folder, 'run', 'run.json'), 'utf8')
  const report = await readFile(join(folder, 'run', 'report.html'), 'utf8')
  // The record inside the report is packed.
  const [, packed] = /<script[^>]* id="record"[^>]*>([^<]+)</.exec(report)!
  const inside = gunzipSync(Buffer.from(packed!, 'base64')).toString('utf8')
  for (const written of [record, inside]) {
    expect(written).toContain('x-tenant')
    expect(written).not.toMatch(secret)
  }
  expect(report).not.toMatch(secret)
  expect(JSON.stringify(events)).toContain('x-tenant')
  expect(JSON.stringify(events)).not.toMatch(secret)
})
