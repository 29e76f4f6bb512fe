/** Two drivers on one machine give what one gives: exactly in what was sent and answered, within noise in how long. */

import { beforeAll, describe, expect, test } from 'vitest'
import { latencyOf, percentileMs } from '../../src/comparison/rounds.ts'
import { usualEffort } from '../../src/experiment/asked.ts'
import { type ExperimentPlan, runExperiment } from '../../src/experiment/experiment.ts'
import type { RoundRecord, RunRecord } from '../../src/measurement/run-record.ts'
import { checkRecord } from '../../src/measurement/schema/record.ts'
import { openRuntime } from '../../src/runtime/open.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { systems } from '../../src/systems/index.ts'

const text = `formatVersion: 1
id: shared
title: Shared
question: Do two drivers send what one does?
policy:
  routes: [{ path: /items, origin: shop }, { path: /orders, origin: shop }]
origins:
  shop: { routes: [{ path: "/items/{id}", body: product }, { path: "/orders/{id}", body: order }] }
clients: { web: {}, app: { accept: application/json } }
traffic:
  - { phase: warm-up, warmUp: true, for: 200ms, rate: 100/s, mix: [{ get: "/items/{1..20}", client: web }] }
  - phase: steady
    for: 500ms
    rate: 250/s
    mix:
      - { get: "/items/{1..20}", client: web, weight: 3, skew: zipf }
      - { get: "/orders/{1..5}", client: app }
      - { get: /items/none/such, client: app, expect: 404 }
  - { phase: together, for: 100ms, atOnce: 15, mix: [{ get: "/orders/{1..5}", client: web }] }
measure: rounds
rounds: { quick: 1, full: 3 }
connections: 7
`

const rounds = 3
const signal = new AbortController().signal
let one: RunRecord
let two: RunRecord

function planFor(drivers: number): ExperimentPlan {
  return {
    scenarios: [loadScenario(text, 'shared.yaml', { systems: ['node-proxy'], findings: [], makeKey: (name) => name })],
    systems: [{ system: systems['node-proxy'] }],
    availability: {},
    asked: { ...usualEffort.default, rounds },
    seed: 3,
    drivers,
    header: {
      id: `test-${drivers}-drivers`,
      edgelab: 'test',
      startedAt: new Date(0).toISOString(),
      quick: false,
      seed: 3,
      command: 'edgelab run',
      runtime: 'processes',
      runtimeReason: 'a test',
      host: { os: 'test', cpu: 'test', cores: 2, memoryBytes: 1, node: 'test', engine: null },
    },
  }
}

beforeAll(async () => {
  // Both at once, their rounds in turn, so that both meet the same quiet and the same noise.
  let turn: Promise<unknown> = Promise.resolve()
  const round = <Result>(act: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(act)
    turn = result.catch(() => undefined)
    return result
  }
  const measured = async (drivers: number): Promise<RunRecord> => {
    const runtime = await openRuntime('processes', { runId: `drivers-${drivers}-${process.pid}`, signal })
    const plan = { ...planFor(drivers), round }
    return runExperiment(plan, runtime, () => undefined, signal).finally(() => runtime.close())
  }
  ;[one, two] = (await Promise.all([measured(1), measured(2)])) as [RunRecord, RunRecord]
}, 120_000)

/** The rounds of one label, in order. */
const roundsFor = ({ scenarios: [scenario] }: RunRecord, label: string): readonly RoundRecord[] =>
  scenario!.rounds.filter((round) => round.label === label)

/** What was answered, by phase, line and status. */
function classesOf({ seconds }: RoundRecord): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { phase, mixIndex, client, status, count } of seconds.flatMap(({ series }) => series)) {
    const name = `${phase} ${mixIndex} ${client} ${status}`
    counts[name] = (counts[name] ?? 0) + count
  }
  return counts
}

/** Of the steady phase. Not the median: where one of two drivers is slow, half of the answers still are as they were. */
function p60Ms({ seconds }: RoundRecord): number {
  const series = seconds.flatMap((second) => second.series).filter(({ phase }) => phase === 'steady')
  return percentileMs(latencyOf(series), 60)
}

describe.each(['direct', 'node-proxy'])('%s', (label) => {
  test('the same requests are sent and answered, class by class, and the origin saw the same paths', () => {
    const [ones, twos] = [roundsFor(one, label), roundsFor(two, label)]
    expect(ones).toHaveLength(rounds)
    for (const [n, single] of ones.entries()) {
      const double = twos[n]!
      expect(single.sent).toBeGreaterThan(120)
      expect([double.sent, double.answered, double.failures]).toEqual([single.sent, single.answered, {}])
      expect(classesOf(double)).toEqual(classesOf(single))
      expect(double.slots).toEqual(single.slots)
      expect(double.origins.map(({ paths }) => paths)).toEqual(single.origins.map(({ paths }) => paths))
      expect(double.connected).toBeLessThanOrEqual(7)
    }
  })

  test('the latency is that of one driver, within noise', () => {
    // The quietest round of each: load of the machine only ever adds. With two cores loaded fourfold up to 6 times was seen
    // between them, to either side; with a second driver that sends only after the first, 11 and 40 times.
    const [ofOne, ofTwo] = [one, two].map((record) => Math.min(...roundsFor(record, label).map(p60Ms)))
    expect(ofTwo! / ofOne!).toBeGreaterThan(1 / 10)
    expect(ofTwo! / ofOne!).toBeLessThan(10)
  })

  test('the record says what each driver had to do', () => {
    for (const round of roundsFor(one, label)) expect(round).not.toHaveProperty('drivers')
    for (const { drivers = [], driverBusy } of roundsFor(two, label)) {
      expect(drivers).toHaveLength(2)
      for (const { busy } of drivers) expect(busy).toBeGreaterThan(0)
      expect(driverBusy).toBe(Math.max(...drivers.map(({ busy }) => busy)))
    }
  })
})

test('the record with several drivers can be read', () => {
  expect(checkRecord(JSON.parse(JSON.stringify(two)))).toMatchObject({ id: two.id })
})
