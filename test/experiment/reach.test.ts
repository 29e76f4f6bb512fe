/** Something that runs already takes part in a run: a little proxy of the test's own, which EdgeLab neither starts nor stops. */

import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { usualEffort } from '../../src/experiment/asked.ts'
import { runExperiment } from '../../src/experiment/experiment.ts'
import { describeHost } from '../../src/runtime/machine/host.ts'
import { openProcesses } from '../../src/runtime/processes/processes.ts'
import type { Runtime } from '../../src/runtime/topology.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { systemIds, systems } from '../../src/systems/index.ts'
import type { Address, System } from '../../src/systems/system.ts'

const text = `formatVersion: 1
id: running
title: What runs already
question: Does it take part?
policy: { routes: [{ path: /items, origin: shop }] }
origins: { shop: { routes: [{ path: "/items/{id}", body: product }] } }
clients: { web: {} }
traffic:
  - { phase: steady, for: 300ms, rate: 50/s, arrivals: constant, mix: [{ get: "/items/{1..9}", client: web }] }
measure: rounds
rounds: { quick: 1, full: 1 }
`

test('a system behind an address is proved and measured from the front, and goes on running', async () => {
  const { server, address, sendTo, seen } = await startProxy()
  const signal = new AbortController().signal
  const runtime = await openProcesses({ runId: `reach-${process.pid}`, signal })
  onTestFinished(() => runtime.close())
  const support = { ...systems.direct.support, routes: systems.nginx.support.routes }
  const running: System = {
    id: 'little-proxy',
    title: 'A little proxy',
    kind: 'proxy',
    summary: 'Runs already.',
    support,
    reach: { kind: 'url', endpoint: address },
    // Its configuration is not EdgeLab's.
    compile: () => ({ files: [], fidelity: [] }),
  }
  const scenario = loadScenario(text, 'running.yaml', { systems: systemIds, findings: [], makeKey: (name) => name })
  const header = {
    id: 'reach',
    edgelab: '0',
    startedAt: new Date().toISOString(),
    quick: false,
    seed: 1,
    command: '',
    runtime: runtime.kind,
    runtimeReason: 'asked for',
    host: await describeHost(),
  }
  const plan = { scenarios: [scenario], systems: [{ system: running }], availability: {}, seed: 1, header }
  const record = await runExperiment(
    { ...plan, asked: { ...usualEffort.default, rounds: 1 } },
    toldOfOrigins(runtime, sendTo),
    () => undefined,
    signal,
  )

  const { subjects, rounds } = record.scenarios[0]!
  expect(subjects.map(({ label, state, version, ranAs }) => [label, state, version, ranAs])).toEqual([
    ['direct', 'measured', null, ''],
    ['little-proxy', 'measured', null, `http://127.0.0.1:${address.port}`],
  ])
  const proof = subjects[1]!.proof.filter(({ state }) => state !== 'skipped')
  expect(proof.length).toBeGreaterThan(0)
  expect(proof.filter(({ state }) => state !== 'passed')).toEqual([])
  const [direct, proxied] = rounds
  expect([direct?.label, direct?.sent, direct?.answered, direct?.origins[0]?.requests]).toEqual(['direct', 15, 15, 15])
  expect([proxied?.label, proxied?.sent, proxied?.answered]).toEqual(['little-proxy', 15, 15])
  expect([proxied?.cpuNs.system, proxied?.memoryBytes]).toEqual([null, null])
  // The traffic of the round went through it, beside what the probes asked for; none of the baseline's did.
  const numbered = seen.filter((path) => /^\/items\/[1-9]$/.test(path))
  expect(numbered).toHaveLength(15)
  expect(server.listening).toBe(true)
})

/** The runtime as it is; the place of the origin is passed on, so that the proxy knows whom to ask. */
function toldOfOrigins(runtime: Runtime, sendTo: (origin: Address) => void): Runtime {
  return {
    ...runtime,
    reserve: async (name) => {
      const place = await runtime.reserve(name)
      if (name.startsWith('origin-')) sendTo(place.address)
      return place
    },
  }
}

interface LittleProxy {
  readonly server: Server
  readonly address: Address
  readonly sendTo: (origin: Address) => void
  /** The paths that it was asked for. */
  readonly seen: readonly string[]
}

async function startProxy(): Promise<LittleProxy> {
  let origin: Address = { host: '127.0.0.1', port: 0 }
  const seen: string[] = []
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.url!)
    const { method, url, headers } = incoming
    if (!/^\/items(\/|\?|$)/.test(url!)) return outgoing.writeHead(404).end()
    const forwarded = { ...headers, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' }
    delete (forwarded as { 'x-consumer'?: unknown })['x-consumer']
    const upstream = request({ ...origin, method, path: url, headers: forwarded }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    upstream.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(upstream)
  })
  server.listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const address = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  const sendTo = (to: Address): void => {
    origin = to
  }
  return { server, address, sendTo, seen }
}
