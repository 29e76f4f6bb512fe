/** Probes one system: every line of the policy that it claims, before anything is measured. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Exchange } from '../../http/answer.ts'
import type { Request } from '../../http/request.ts'
import type { ProbeRecord } from '../../measurement/run-record.ts'
import type { OriginCounts } from '../../origin/spec.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Probe } from '../../policy/probes/index.ts'
import type { ProbeTools } from '../../policy/probes/probe.ts'
import { impossibleBecause } from '../../systems/fidelity.ts'
import type { Endpoint, System } from '../../systems/system.ts'
import type { DriverClient } from '../../traffic/driver-client.ts'
import type { Drivers } from '../drivers.ts'
import type { OriginsAsked } from '../origins.ts'

const exchangeTimeoutMs = 10_000

/** What probes may do, through the driver at the front; references through the one at the back. */
export function probeTools(drivers: Drivers, origins: OriginsAsked, target: Endpoint, signal: AbortSignal): ProbeTools {
  const ask = async (client: DriverClient, to: Endpoint, together: boolean, requests: readonly Request[]) => {
    const batch = { target: to, together, timeoutMs: exchangeTimeoutMs, requests }
    const { exchanges } = await client.exchange(batch, signal)
    return exchanges
  }
  const wait = (ms: number): Promise<void> => (ms > 0 ? delay(ms, undefined, { signal }) : Promise.resolve())
  const sent: { readonly atMs: number; readonly count: number }[] = []
  const askSystem = async (together: boolean, requests: readonly Request[]): Promise<readonly Exchange[]> => {
    const answers = await ask(drivers.front, target, together, requests)
    sent.push({ atMs: performance.now(), count: requests.length })
    return answers
  }
  const anyOrigin = Object.values(origins.addresses).flat()
  return {
    send: (...requests) => askSystem(false, requests),
    together: (requests) => askSystem(true, requests),
    reference: async (request) => {
      // Whichever origin has the path: the others answer 404.
      const answers = await Promise.all(anyOrigin.map((to) => ask(drivers.back, to, false, [request])))
      return answers.flat().find(({ status }) => status === 200) ?? answers.flat()[0]!
    },
    origin: async () => asView(await origins.counts()),
    resetOrigin: () => origins.reset(),
    calmOrigin: (calm) => origins.behave({ calm }),
    failOrigin: (failing) => origins.behave({ failing }),
    breakOff: async (instance) => {
      if (instance === undefined) await origins.behave({ breakingOff: false })
      else await origins.behave({ breakingOff: true }, instance)
    },
    dressOrigin: (dressed) => origins.behave({ dressed }),
    wait,
    // What was refused counts too: so it holds for buckets and for windows, whoever asked.
    rest: async ({ atOnce, refillMs }, count) => {
      const from = performance.now() - refillMs
      const lately = sent.filter(({ atMs }) => atMs > from)
      if (lately.reduce((sum, each) => sum + each.count, count) > atOnce)
        await wait((lately.at(-1)?.atMs ?? from) - from)
    },
  }
}

/** Runs the probes one after another, while the origins are calm; those of what the system does not claim are skipped. */
export async function prove(
  system: System,
  policy: Policy,
  probes: readonly Probe[],
  tools: ProbeTools,
  finished: (record: ProbeRecord) => void,
): Promise<readonly ProbeRecord[]> {
  const records: ProbeRecord[] = []
  await tools.calmOrigin(true)
  for (const probe of probes) {
    const { id, feature, line, claim } = probe
    const reason = whyNotProved(system, policy, probe)
    const record: ProbeRecord =
      reason !== undefined
        ? { id, feature, line, claim, state: 'skipped', expected: '', received: reason, evidence: [] }
        : await probe.run(tools).then(({ passed, ...seen }) => ({
            id,
            feature,
            line,
            claim,
            state: passed ? 'passed' : 'failed',
            ...seen,
          }))
    records.push({ ...record, evidence: kept(record) })
    finished(record)
  }
  await tools.calmOrigin(false)
  return records
}

/** Why a probe is not tried: the system does not claim its line, or not this part of it. Undefined where it does. */
export function whyNotProved(system: System, policy: Policy, probe: Probe): string | undefined {
  const { feature, line, aspect } = probe
  return (
    impossibleBecause(policy, system, { feature, index: Number(line.split('.')[1]) }) ??
    (aspect && system.lacks?.[aspect])
  )
}

/** Of a probe that passed, the beginning of two answers is enough to see what it was judged by. */
const ofPassed = { answers: 2, bodyLength: 400 }
const ofFailed = { answers: Number.POSITIVE_INFINITY, bodyLength: 2000 }

/** Evidence is for reading: a record does not keep 64 KB of every answer. */
function kept({ state, evidence }: Pick<ProbeRecord, 'state' | 'evidence'>): ProbeRecord['evidence'] {
  const { answers, bodyLength } = state === 'failed' ? ofFailed : ofPassed
  return evidence.slice(0, answers).map((each) => ({ ...each, body: cut(each.body, bodyLength) }))
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

function asView(counts: readonly OriginCounts[]): Awaited<ReturnType<ProbeTools['origin']>> {
  const nameOf = ({ name, instance }: OriginCounts): string => `${name}/${instance}`
  return {
    requests: counts.reduce((sum, each) => sum + each.requests, 0),
    instances: Object.fromEntries(counts.map((each) => [nameOf(each), each.requests])),
    paths: Object.fromEntries(counts.map((each) => [nameOf(each), Object.keys(each.paths)])),
    last: counts.flatMap((each) => each.last),
  }
}
