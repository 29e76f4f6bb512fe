/** Rounds that begin with empty caches, on real systems: what is started when, and what each round finds. */
import { beforeAll, expect, test } from 'vitest'
import { usualEffort } from '../../../src/experiment/asked.ts'
import { runExperiment } from '../../../src/experiment/experiment.ts'
import type { RoundRecord, RunRecord } from '../../../src/measurement/run-record.ts'
import { openRuntime } from '../../../src/runtime/open.ts'
import type { Runtime } from '../../../src/runtime/topology.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { systems } from '../../../src/systems/index.ts'

const text = `formatVersion: 1
id: fresh
title: Fresh
question: Does every round begin with an empty cache?
policy:
  routes: [{ path: /items, origin: shop }]
  cache: [{ path: /items, ttl: 3s }]
origins:
  shop: { routes: [{ path: "/items/{id}", body: product }] }
clients: { web: {} }
traffic:
  - { phase: steady, for: 300ms, rate: 20/s, arrivals: constant, mix: [{ get: /items/1, client: web }] }
measure: rounds
rounds: { quick: 2, full: 2 }
fresh: true
`

const labels = ['node-proxy', 'node-gateway'] as const
const signal = new AbortController().signal
/** What happened, in order: `start node-proxy`, `up …`, `stop …`, `gone …`, `round 1 node-proxy`, `measured 1 node-proxy`. */
const happened: string[] = []
let record: RunRecord

/** The runtime, which tells of the systems that it starts and stops for rounds. */
function watched(runtime: Runtime): Runtime {
  return {
    ...runtime,
    start: async (part) => {
      const label = labels.find((each) => part.place.name === `${each}-fresh`)
      if (part.role !== 'system' || !label) return runtime.start(part)
      happened.push(`start ${label}`)
      const running = await runtime.start(part)
      happened.push(`up ${label}`)
      const stop = async (): Promise<void> => {
        happened.push(`stop ${label}`)
        await running.stop()
        happened.push(`gone ${label}`)
      }
      return { ...running, stop }
    },
  }
}

beforeAll(async () => {
  const runtime = await openRuntime('processes', { runId: `fresh-${process.pid}`, signal })
  const plan = {
    scenarios: [loadScenario(text, 'fresh.yaml', { systems: [], findings: [], makeKey: (name) => name })],
    systems: labels.map((id) => ({ system: systems[id] })),
    availability: {},
    asked: usualEffort.quick,
    seed: 3,
    header: {
      id: 'test-fresh',
      edgelab: 'test',
      startedAt: new Date(0).toISOString(),
      quick: true,
      seed: 3,
      command: 'edgelab run',
      runtime: 'processes',
      runtimeReason: 'a test',
      host: { os: 'test', cpu: 'test', cores: 2, memoryBytes: 1, node: 'test', engine: null },
    },
  } as const
  record = await runExperiment(
    plan,
    watched(runtime),
    (event) => {
      if (event.type === 'round-started') happened.push(`round ${event.index + 1} ${event.label}`)
      if (event.type === 'round-finished') happened.push(`measured ${event.round.index + 1} ${event.round.label}`)
    },
    signal,
  ).finally(() => runtime.close())
}, 90_000)

test('while a round is measured nothing starts and nothing stops', () => {
  const rounds = happened.flatMap((what, at) => (what.startsWith('round ') ? [{ what, next: happened[at + 1] }] : []))
  expect(rounds).toHaveLength(2 * (1 + labels.length))
  for (const { what, next } of rounds) expect(next).toBe(what.replace('round', 'measured'))
})

test('every system is started anew before each round, and all are up before the first is measured', () => {
  for (const label of labels) expect(happened.filter((what) => what === `up ${label}`)).toHaveLength(2)
  const second = happened.findIndex((what) => what.startsWith('round 2 '))
  const before = happened.slice(happened.findLastIndex((what) => what.startsWith('measured 1 ')) + 1, second)
  expect(before.toSorted()).toEqual(
    labels.flatMap((label) => ['gone', 'start', 'stop', 'up'].map((what) => `${what} ${label}`)).toSorted(),
  )
  expect(happened.filter((what) => what.startsWith('gone '))).toHaveLength(2 * labels.length)
})

test('each round finds an empty cache: its first request reaches the origin, and no other', () => {
  const asked = ({ origins }: RoundRecord): number => origins.reduce((sum, { requests }) => sum + requests, 0)
  for (const label of labels) {
    const rounds = record.scenarios[0]!.rounds.filter((round) => round.label === label)
    expect(rounds.map(asked)).toEqual([1, 1])
  }
})
