/** Parts of synthetic run records: what a test does not name is filled in as a quiet machine would have it. */

import { get } from '../../src/http/request.ts'
import type {
  ProbeRecord,
  RoundRecord,
  RunRecord,
  ScenarioRecord,
  SystemRecord,
} from '../../src/measurement/run-record.ts'
import type { OriginCounts } from '../../src/origin/spec.ts'
import { type PolicyFeature, perFeature } from '../../src/policy/features/index.ts'
import type { Policy } from '../../src/policy/policy.ts'
import type { RatePhase, Scenario } from '../../src/scenario/scenario.ts'
import { seededRandom } from '../../src/scenario/schedule/random.ts'
import { declarations } from '../../src/systems/declarations.ts'
import type { Support, SupportLevel, SystemKind } from '../../src/systems/system.ts'
import { encodeHistogram, newHistogram, recordMs } from '../../src/traffic/measure/histogram.ts'
import type { EncodedHistogram, Series } from '../../src/traffic/plan.ts'
import { emptyPolicy } from '../policy/empty-policy.ts'

/** Standard normal numbers, the same for the same seed (Box and Muller 1958). */
export function normals(seed: number): () => number {
  const random = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** `count` durations, log-normal around `medianMs` (σ 0.4: a p99 of 2.5 medians). */
export function latencies(medianMs: number, count: number, seed: number): EncodedHistogram {
  const normal = normals(seed)
  const histogram = newHistogram()
  for (let n = 0; n < count; n += 1) recordMs(histogram, medianMs * Math.exp(0.4 * normal()))
  return encodeHistogram(histogram)
}

export const plainPolicy: Policy = {
  ...emptyPolicy,
  routes: [{ path: '/products', origin: 'catalogue' }],
}

export const steadyPhase: RatePhase = {
  kind: 'rate',
  phase: 'steady',
  forMs: 2000,
  measured: true,
  fromPerSecond: 200,
  toPerSecond: 200,
  arrivals: 'poisson',
  mix: [{ ...get('/products/{1..200}'), client: 'web', weight: 1, skew: 'uniform' }],
}

export function scenarioOf(more: Partial<Scenario> = {}): Scenario {
  return {
    id: 'overhead',
    title: 'One hop',
    question: 'What does one hop cost?',
    measure: 'rounds',
    policy: plainPolicy,
    origins: { catalogue: { instances: 2, routes: [{ path: '/products/{id}', body: 'product' }] } },
    clients: { web: { headers: [['accept', 'application/json']] } },
    traffic: [steadyPhase],
    rounds: { quick: 6, full: 12 },
    fresh: false,
    connections: 32,
    expect: [],
    ...more,
  }
}

/** The systems of synthetic records; what the registry has besides is none of theirs. */
const kinds = {
  direct: 'baseline',
  nginx: 'proxy',
  'nginx-lua': 'gateway',
  'node-proxy': 'self-built',
  'node-gateway': 'self-built',
} as const satisfies Record<string, SystemKind>
type SystemId = keyof typeof kinds

/** What each system of a record says of itself: nginx has no transform and no quotas, node-proxy no keys and no limit either. */
export function supportOf(system: SystemId): Support {
  const level = (feature: PolicyFeature): SupportLevel => {
    if (system === 'direct') return 'none'
    if (feature === 'transform' || feature === 'quota')
      return system === 'nginx-lua' || system === 'node-gateway' ? 'script' : 'none'
    const unable = system === 'node-proxy' && (feature === 'apiKey' || feature === 'rateLimit')
    return unable ? 'none' : 'native'
  }
  const of = (feature: PolicyFeature) => ({
    level: level(feature),
    how: level(feature) === 'none' ? `${feature} needs code in the proxy.` : `a directive for ${feature}`,
    docs: 'https://nginx.org/en/docs/',
  })
  return perFeature(of)
}

export function probeOf(
  feature: PolicyFeature,
  state: ProbeRecord['state'],
  more: Partial<ProbeRecord> = {},
): ProbeRecord {
  return {
    id: `${feature}.0.works`,
    feature,
    line: `${feature}.0`,
    claim: `${feature} does what the policy says`,
    state,
    expected: 'as the policy says',
    received:
      state === 'passed' ? 'as the policy says' : state === 'failed' ? 'something else' : 'it does not claim it',
    evidence: [],
    ...more,
  }
}

/** One probe for each feature: passed where the system claims it, skipped where not. */
export function proofOf(system: SystemId, features: readonly PolicyFeature[]): readonly ProbeRecord[] {
  const support = supportOf(system)
  return features.map((feature) => probeOf(feature, support[feature].level === 'none' ? 'skipped' : 'passed'))
}

/** `nginx-2` is nginx once more. */
export function subjectOf(label: string, more: Partial<SystemRecord> = {}): SystemRecord {
  const system = label.replace(/-\d$/, '') as SystemId
  return {
    label,
    system,
    ...(label === 'direct-2' ? { duplicateOf: 'direct' } : {}),
    kind: kinds[system],
    state: 'measured',
    reason: '',
    remedy: '',
    logTail: '',
    version: system === 'direct' ? null : `${system}/1.0`,
    imageDigest: null,
    ranAs: system,
    support: supportOf(system),
    native: { files: [], fidelity: [] },
    effort: { configLines: 40, scriptLines: 0, features: {} },
    proof: proofOf(system, ['routes']),
    ...more,
  }
}

/** Answers of one class in one second of a round. */
export interface Answers {
  readonly ms: number
  readonly count?: number
  readonly phase?: string
  readonly client?: string
  readonly mixIndex?: number
  readonly status?: number
  readonly cache?: string
  readonly bytes?: number
}

export function seriesFrom(answers: readonly Answers[], seed: number): readonly Series[] {
  return answers.map((each, index) => {
    const count = each.count ?? 400
    return {
      phase: each.phase ?? 'steady',
      mixIndex: each.mixIndex ?? 0,
      client: each.client ?? 'web',
      status: each.status ?? 200,
      cache: each.cache ?? '',
      count,
      bodyBytes: count * (each.bytes ?? 900),
      latency: latencies(each.ms, count, seed * 100 + index),
      service: latencies(each.ms * 0.95, count, seed * 100 + index),
    }
  })
}

export function originOf(requests: number, more: Partial<OriginCounts> = {}): OriginCounts {
  return {
    name: 'catalogue',
    instance: 1,
    requests,
    connections: 4,
    routes: { '/products/{id}': requests },
    paths: {},
    consumers: { '-': requests },
    statuses: { 200: requests },
    last: [],
    ...more,
  }
}

/** A round whose counts follow from its answers; CPU is 50 µs a request unless said. */
export function roundOf(
  label: string,
  index: number,
  answers: readonly Answers[],
  more: Partial<RoundRecord> & { readonly cpuUs?: number | null } = {},
): RoundRecord {
  const { cpuUs = label.startsWith('direct') ? null : 50, ...rest } = more
  const series = seriesFrom(answers, index * 31 + label.length)
  const answered = series.reduce((sum, { count }) => sum + count, 0)
  return {
    index,
    label,
    position: index,
    durationMs: 2000,
    sent: answered,
    answered,
    connected: 8,
    seconds: [{ at: 0, series }],
    slots: [],
    lateness: latencies(0.012, answered, index),
    failures: {},
    faults: {},
    driverBusy: 0.2,
    cpuNs: { system: cpuUs === null ? null : cpuUs * 1000 * answered, origins: 30_000 * answered, driver: 1e8 },
    memoryBytes: cpuUs === null ? null : 12_000_000,
    origins: [originOf(answered)],
    flags: [],
    samples: [],
    ...rest,
  }
}

export function scenarioRecordOf(
  scenario: Scenario,
  subjects: readonly SystemRecord[],
  rounds: readonly RoundRecord[],
): ScenarioRecord {
  return { scenario, plannedRounds: Math.max(0, ...rounds.map(({ index }) => index + 1)), subjects, rounds }
}

/** Those that the records of the tests know, however many there are by now. */
const recorded = ['direct', 'nginx', 'nginx-lua', 'node-proxy', 'node-gateway']

export function recordOf(scenarios: readonly ScenarioRecord[], more: Partial<RunRecord> = {}): RunRecord {
  return {
    formatVersion: 5,
    id: '2026-11-24-0915-7f3a',
    edgelab: '0.1.0',
    startedAt: '2026-11-24T09:15:00.000Z',
    finishedAt: '2026-11-24T09:19:00.000Z',
    partial: false,
    quick: false,
    seed: 7,
    command: 'edgelab run overhead everything --rounds 6 --seed 7',
    runtime: 'processes',
    runtimeReason: 'no container engine answers',
    host: { os: 'Debian 12', cpu: 'a CPU', cores: 2, memoryBytes: 8e9, node: 'v24.0.0', engine: null },
    pinning: { driver: [1], others: [0], note: 'driver on core 1, systems and origins on 0' },
    declared: declarations().filter(({ system }) => recorded.includes(system)),
    scenarios,
    ...more,
  }
}
