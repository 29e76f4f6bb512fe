/** A small ladder on a real system, from the scenario to the finding. */
import { beforeAll, expect, test } from 'vitest'
import { drawFindings } from '../../../src/comparison/findings/index.ts'
import { usualEffort } from '../../../src/experiment/asked.ts'
import type { ExperimentEvent } from '../../../src/experiment/events.ts'
import { runExperiment } from '../../../src/experiment/experiment.ts'
import { blocksOf, climbOf } from '../../../src/experiment/measuring/capacity/ladder.ts'
import type { RunRecord } from '../../../src/measurement/run-record.ts'
import { checkRecord } from '../../../src/measurement/schema/record.ts'
import { openRuntime } from '../../../src/runtime/open.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { systems } from '../../../src/systems/index.ts'

const text = `formatVersion: 1
id: small
title: A small ladder
question: How much does it take?
measure: capacity
policy:
  routes: [{ path: /items, origin: shop }]
origins:
  shop: { routes: [{ path: "/items/{id}", body: product }] }
clients: { web: {} }
traffic:
  - { phase: warm-up, warmUp: true, for: 100ms, mix: [{ get: "/items/{1..20}", client: web }] }
  - { phase: steady, for: 300ms, mix: [{ get: "/items/{1..20}", client: web }] }
rounds: { quick: 1, full: 2 }
connections: 4
`

const signal = new AbortController().signal
const events: ExperimentEvent[] = []
let record: RunRecord

beforeAll(async () => {
  const runtime = await openRuntime('processes', { runId: `capacity-${process.pid}`, signal })
  const plan = {
    scenarios: [loadScenario(text, 'small.yaml', { systems: [], findings: [], makeKey: (name) => name })],
    systems: [{ system: systems['node-proxy'] }],
    availability: {},
    asked: usualEffort.default,
    seed: 3,
    header: {
      id: 'test-capacity',
      edgelab: 'test',
      startedAt: new Date(0).toISOString(),
      quick: false,
      seed: 3,
      command: 'edgelab run',
      runtime: 'processes',
      runtimeReason: 'a test',
      host: { os: 'test', cpu: 'test', cores: 2, memoryBytes: 1, node: 'test', engine: null },
    },
  } as const
  record = await runExperiment(plan, runtime, (event) => events.push(event), signal).finally(() => runtime.close())
}, 90_000)

test('every system takes every step in every start, and every request reached an origin', () => {
  const { steps, ladder } = record.scenarios[0]!.capacity!
  expect(ladder).toEqual([1, 2, 4])
  const of = (label: string) => steps.filter((step) => step.label === label)
  for (const label of ['direct', 'node-proxy']) {
    const taken = of(label).map(({ start, connections }) => `${start} ${connections}`)
    expect(taken.toSorted()).toEqual(['0 1', '0 2', '0 4', '1 1', '1 2', '1 4'])
  }
  for (const { answered, reached, account, failures, unexpected, connected, connections } of steps) {
    expect(account.answered).toBeGreaterThan(0)
    expect(answered).toBeLessThanOrEqual(account.answered)
    expect(reached).toBe(account.answered)
    expect([failures, unexpected, connected]).toEqual([{}, 0, connections])
  }
  for (const { account } of of('node-proxy')) expect(account.cpuNs.system).toBeGreaterThan(0)
  for (const { account } of of('direct')) expect(account.cpuNs.system).toBeNull()
})

test('what rounds hold of it is what the steps add up to, without times', () => {
  const { rounds, capacity } = record.scenarios[0]!
  expect(rounds.map(({ label, index }) => `${label} ${index}`).toSorted()).toEqual([
    'direct 0',
    'direct 1',
    'node-proxy 0',
    'node-proxy 1',
  ])
  for (const { label, index, answered } of rounds) {
    const own = capacity!.steps.filter((step) => step.label === label && step.start === index)
    expect(answered).toBe(own.reduce((sum, { account }) => sum + account.answered, 0))
  }
})

test('the referee passed its self-test and measured every knee three times', () => {
  const { holds, tool, checks } = record.scenarios[0]!.capacity!.referee!
  expect([tool, holds]).toEqual(['autocannon 9.0.0', true])
  expect(checks.map(({ label }) => label).toSorted()).toEqual([
    ...Array.from({ length: 3 }, () => 'direct'),
    ...Array.from({ length: 3 }, () => 'node-proxy'),
  ])
  for (const { referee, driver } of checks) {
    expect([referee.errors, driver.errors]).toEqual([0, 0])
    expect(referee.perSecond).toBeGreaterThan(0)
  }
})

test('progress is told block by block, and the record says it all', () => {
  const told = events.flatMap((event) =>
    event.type === 'block-finished' ? [`${event.start} ${event.block} of ${event.of}`] : [],
  )
  expect(told).toEqual(['0 0 of 3', '0 1 of 3', '0 2 of 3', '1 0 of 3', '1 1 of 3', '1 2 of 3'])
  expect(checkRecord(JSON.parse(JSON.stringify(record)))).toEqual(JSON.parse(JSON.stringify(record)))
  const finding = drawFindings(record).find(({ id }) => id === 'capacity')!
  expect(finding.verdict[0]).toMatch(
    /^This machine carried .* requests a second through node-proxy with \d connections?\.$/,
  )
  expect(finding.metrics['node-proxy']).toMatchObject({ errors: 0 })
})

test('rungs and systems come in a drawn order: another for each start, the same for a seed', () => {
  const { ladder } = climbOf(128, 3)
  expect(ladder).toEqual([1, 2, 4, 8, 16, 32, 64, 128])
  expect(climbOf(100, 1).ladder).toEqual([1, 4, 16, 64])
  const order = (start: number, seed: number) => blocksOf(ladder, ['a', 'b', 'c', 'd'], start, seed)
  expect(order(0, 1)).toEqual(order(0, 1))
  expect(order(0, 1)).not.toEqual(order(1, 1))
  expect(order(0, 1)).not.toEqual(order(0, 2))
  for (const { systems: taken } of order(0, 1)) expect(taken.toSorted()).toEqual(['a', 'b', 'c', 'd'])
  expect(
    order(0, 1)
      .map(({ connections }) => connections)
      .toSorted((a, b) => a - b),
  ).toEqual(ladder)
})
