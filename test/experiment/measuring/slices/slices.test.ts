/** A scenario in slices from start to record, with real processes; one of them is killed, and one run is stopped. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { usualEffort } from '../../../../src/experiment/asked.ts'
import type { ExperimentEvent } from '../../../../src/experiment/events.ts'
import { runExperiment } from '../../../../src/experiment/experiment.ts'
import type { ScenarioRecord } from '../../../../src/measurement/run-record.ts'
import { checkRecord } from '../../../../src/measurement/schema/record.ts'
import { recordText } from '../../../../src/measurement/store/store.ts'
import { openRuntime } from '../../../../src/runtime/open.ts'
import { loadScenario } from '../../../../src/scenario/load.ts'
import { type SystemId, systemIds, systems } from '../../../../src/systems/index.ts'

const text = `formatVersion: 1
id: hop
title: Hop
question: What does it cost?
policy: { routes: [{ path: /items, origin: shop }] }
origins: { shop: { routes: [{ path: "/items/{id}", body: product }] } }
clients: { web: {} }
traffic:
  - { phase: steady, for: 1s, rate: 400/s, mix: [{ get: "/items/{1..9}", client: web }] }
`

async function run(chosen: readonly SystemId[], watch: (event: ExperimentEvent, stop: () => void) => void) {
  const scenario = loadScenario(text, 'hop.yaml', { systems: systemIds, findings: [], makeKey: (name) => name })
  const stopping = new AbortController()
  const runtime = await openRuntime('processes', { runId: `slices-${process.pid}`, signal: stopping.signal })
  const header = {
    id: 'slices',
    edgelab: '0',
    startedAt: new Date(0).toISOString(),
    quick: false,
    seed: 1,
    command: '',
    runtime: runtime.kind,
    runtimeReason: 'asked for',
    host: { os: 'test', cpu: 'test', cores: 2, memoryBytes: 1, node: 'test', engine: null },
  }
  const plan = {
    scenarios: [scenario],
    systems: chosen.map((id) => ({ system: systems[id] })),
    availability: {},
    asked: { ...usualEffort.default, budgetMs: 1000 },
    seed: 1,
    header,
  }
  const emit = (event: ExperimentEvent): void => watch(event, () => stopping.abort(new Error('stopped')))
  try {
    const record = await runExperiment(plan, runtime, emit, stopping.signal)
    expect(checkRecord(JSON.parse(recordText(record)))).toEqual(JSON.parse(JSON.stringify(record)))
    return record
  } finally {
    await runtime.close()
  }
}

/** Labels of each block that count, by `start/block`. */
function blocksOf({ slices }: ScenarioRecord): ReadonlyMap<string, readonly string[]> {
  const counted = slices!.slices.filter(({ repeated }) => !repeated)
  const blocks = Map.groupBy(counted, ({ start, block }) => `${start}/${block}`)
  return new Map([...blocks].map(([key, list]) => [key, list.map(({ label }) => label).sort()]))
}

test('every system has a slice in every block, and what it answered in a start is its round', async () => {
  const events: ExperimentEvent[] = []
  const record = await run(['node-proxy'], (event) => void events.push(event))
  const [scenario] = record.scenarios
  const { slices, looks, stopped } = scenario!.slices!
  const labels = ['direct', 'node-proxy', 'node-proxy-2']
  expect(scenario!.subjects.map(({ label, duplicateOf }) => [label, duplicateOf])).toEqual([
    ['direct', undefined],
    ['node-proxy', undefined],
    ['node-proxy-2', 'node-proxy'],
  ])
  const blocks = blocksOf(scenario!)
  expect(blocks.size).toBeGreaterThanOrEqual(4)
  for (const block of blocks.values()) expect(block).toEqual(labels)
  // The fewest that a claim takes, however short the budget; and that it was short is said.
  const starts = looks.at(-1)!
  expect(new Set(slices.map(({ start }) => start)).size).toBe(starts)
  expect(stopped).toContain('too short')
  for (const { start, label, sent, origins, cpuNs } of scenario!.rounds.map((round) => ({
    ...round,
    start: round.index,
  }))) {
    const own = slices.filter((each) => each.start === start && each.label === label && !each.repeated)
    expect(own.reduce((sum, each) => sum + each.sent, 0)).toBe(sent)
    expect(origins.reduce((sum, { requests }) => sum + requests, 0)).toBe(sent)
    if (label !== 'direct') expect(cpuNs.system).toBeGreaterThan(0)
  }
  // All of a block are sent the same.
  for (const list of Map.groupBy(slices, ({ start, block }) => `${start}/${block}`).values()) {
    expect(new Set(list.map(({ sent }) => sent)).size).toBe(1)
  }
  for (const slice of slices) {
    const answered = slice.answers.flatMap(({ latencyUs }) => latencyUs)
    expect(answered.length).toBe(slice.sent)
    expect(answered.every((us) => us > 0)).toBe(true)
  }
  expect(events.filter(({ type }) => type === 'block-finished')).toHaveLength(blocks.size)
  expect(events.findLast((event) => event.type === 'start-finished')).toMatchObject({ start: starts - 1, stopped })
}, 120_000)

test('stopped on request, finished blocks are kept, and only those', async () => {
  let finished = 0
  const record = await run(['node-proxy', 'node-gateway'], (event, stop) => {
    if (event.type !== 'block-finished') return
    finished += 1
    if (finished === 2) stop()
  })
  const [scenario] = record.scenarios
  expect(record.partial).toBe(true)
  expect([...blocksOf(scenario!).keys()]).toEqual(['0/0', '0/1'])
  expect(scenario!.slices!.stopped).toBe('It was stopped on request.')
  expect(scenario!.rounds.map(({ label }) => label)).toEqual(['direct', 'node-proxy', 'node-gateway', 'node-proxy-2'])
}, 120_000)

test('a system that is killed leaves the run; the others finish, block by block', async () => {
  let killed = false
  const record = await run(['node-proxy', 'node-gateway'], (event) => {
    if (killed || event.type !== 'block-finished' || event.start !== 1) return
    killed = true
    for (const pid of pidsWith('/node-gateway-hop/')) process.kill(pid, 'SIGKILL')
  })
  const [scenario] = record.scenarios
  expect([killed, record.partial]).toEqual([true, false])
  const { ended, reason } = scenario!.subjects.find(({ label }) => label === 'node-gateway')!
  expect(ended).toMatchObject({ round: 1, why: 'it was ended by SIGKILL' })
  expect(reason).toContain('ended in start 2')
  for (const [key, labels] of blocksOf(scenario!)) {
    const others = labels.filter((label) => label !== 'node-gateway')
    expect(others).toEqual(['direct', 'node-proxy', 'node-proxy-2'])
    expect(labels.includes('node-gateway')).toBe(key.startsWith('0/') || key === '1/0')
  }
}, 120_000)

/** Processes that have this in their command line. */
function pidsWith(text: string): readonly number[] {
  const isThere = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isThere(name))
    .map(Number)
}
