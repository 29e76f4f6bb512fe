/** A run in which a system is killed in the middle of its second round. */
import { usualEffort } from '../../src/experiment/asked.ts'
import { runExperiment } from '../../src/experiment/experiment.ts'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import { describeHost } from '../../src/runtime/machine/host.ts'
import type { Place, Runtime } from '../../src/runtime/topology.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { systemIds, systems } from '../../src/systems/index.ts'

const text = `formatVersion: 1
id: killed
title: One is killed
question: Do the others finish?
policy: { routes: [{ path: /items, origin: shop }] }
origins: { shop: { routes: [{ path: "/items/{id}", body: product }] } }
clients: { web: {} }
traffic:
  - { phase: steady, for: 700ms, rate: 50/s, arrivals: constant, mix: [{ get: "/items/{1..9}", client: web }] }
measure: rounds
rounds: { quick: 3, full: 3 }
`

/** `kill` ends what was started at the place of node-proxy, and nothing else. */
export async function runWithKilled(
  runtime: Runtime,
  kill: (place: Place) => Promise<void>,
): Promise<{ record: RunRecord; told: readonly string[] }> {
  const scenario = loadScenario(text, 'killed.yaml', { systems: systemIds, findings: [], makeKey: (name) => name })
  const header = {
    id: 'killed',
    edgelab: '0',
    startedAt: new Date().toISOString(),
    quick: false,
    seed: 1,
    command: '',
    runtime: runtime.kind,
    runtimeReason: 'asked for',
    host: await describeHost(),
  }
  const chosen = [{ system: systems['node-proxy'] }, { system: systems['node-gateway'] }]
  const plan = {
    scenarios: [scenario],
    systems: chosen,
    availability: {},
    seed: 1,
    header,
    asked: { ...usualEffort.default, rounds: 3 },
  }
  let victim: Place | undefined
  let killing: Promise<void> | undefined
  const watched: Runtime = {
    ...runtime,
    reserve: async (name, at) => {
      const place = await runtime.reserve(name, at)
      if (name.startsWith('node-proxy')) victim = place
      return place
    },
  }
  const told: string[] = []
  const record = await runExperiment(
    plan,
    watched,
    (event) => {
      if (event.type === 'subject-failed') told.push(event.reason)
      // Its traffic is on its way.
      if (event.type === 'frame' && event.label === 'node-proxy' && event.index === 1) killing ??= kill(victim!)
    },
    new AbortController().signal,
  )
  await killing
  return { record, told }
}
