/** Exit codes of real runs, through the systems that are there everywhere. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MeasuredRun, measure } from '../../../src/commands/run/measure.ts'
import { findingMetrics } from '../../../src/comparison/findings/registry.ts'
import { usualEffort } from '../../../src/experiment/asked.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { systemIds } from '../../../src/systems/index.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'measure-test-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** One round through direct and node-proxy of one phase: `line` is its line of the mix, below a path that is there. */
async function run(phase: string, line: string): Promise<MeasuredRun> {
  const text = `formatVersion: 1
id: small
title: Small
question: How does it end?
policy: { routes: [{ path: /items, origin: shop }] }
origins:
  shop: { routes: [{ path: "/items/{id}", body: product }, { path: /items/failing/now, body: product, errorRate: 100% }] }
clients: { web: {} }
traffic:
  - { phase: steady, ${phase}, mix: [{ client: web, ${line} }] }
measure: rounds
rounds: { quick: 1, full: 1 }
expect: [{ finding: latency, system: nginx, errors: 0 }]
`
  const scenario = loadScenario(text, 'small.yaml', {
    systems: systemIds,
    findings: findingMetrics,
    makeKey: (name) => name,
  })
  const options = {
    systems: ['node-proxy' as const],
    runtime: 'processes' as const,
    asked: usualEffort.quick,
    command: 'edgelab run',
  }
  const observer = { emit: () => undefined, note: () => undefined, signal: new AbortController().signal }
  return measure([scenario], { ...options, out: join(folder, 'run') }, observer)
}

const some = 'for: 200ms, rate: 50/s, arrivals: constant'

test('answers that nobody expects are a failure, the same ones expected are none', async () => {
  const { exitCode, model } = await run(some, 'get: /items/failing/now')
  expect(exitCode).toBe(1)
  expect(model.judgements.map(({ system, state }) => `${system} ${state}`)).toEqual([
    'direct broken',
    'node-proxy broken',
  ])
  expect(model.judgements[0]?.received).toContain('(503 ×10)')
  await rm(folder, { recursive: true })
  const expected = await run(some, 'get: /items/failing/now, expect: 503')
  expect([expected.exitCode, expected.model.judgements]).toEqual([0, []])
}, 60_000)

test('a run that sent nothing is a failure, and says so', async () => {
  const { exitCode, model } = await run('for: 200ms, rate: 1/h', 'get: "/items/{1..9}"')
  expect(exitCode).toBe(1)
  expect(new Set(model.judgements.map(({ state, received }) => `${state}: ${received}`))).toEqual(
    new Set(['unjudged: nothing was sent in the measured phases']),
  )
}, 60_000)
