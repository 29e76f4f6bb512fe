/** The things that are measured: each system once, `direct` always and, where the scenario asks for it, twice. */
import { EdgeLabError } from '../errors.ts'
import type { FailureKind } from '../http/failure.ts'
import { get } from '../http/request.ts'
import type { ProbeRecord, SystemRecord } from '../measurement/run-record.ts'
import { withoutSecrets } from '../policy/credentials.ts'
import type { Policy } from '../policy/policy.ts'
import type { Availability, Place, Running, Runtime } from '../runtime/topology.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { systems } from '../systems/index.ts'
import type { Adapt } from '../systems/own-configuration/own-files.ts'
import { type Endpoint, type NativeConfig, type Site, type System, urlOf } from '../systems/system.ts'
import type { Drivers } from './drivers.ts'
import { effortOfOwn, measureEffort } from './effort/effort.ts'
import type { OriginsAsked } from './origins.ts'

export interface SystemUnderTest {
  readonly label: string
  readonly system: System
  /** null: it runs with what the policy compiles to. */
  readonly adapt: Adapt | null
}

/** A system under test as it is asked for; with a label of its own where it takes part in two ways. */
export interface SystemChoice {
  readonly system: System
  readonly label?: string
  /** Lays somebody's own configuration files over what the policy compiles to. */
  readonly adapt?: Adapt | null
}

/** A subject with what it needs to be started again and again. */
export interface Prepared {
  readonly subject: SystemUnderTest
  /** Where it will be started; null where nothing is. */
  readonly place: Place | null
  readonly site: Site
  readonly native: NativeConfig
  /** Where the traffic goes, and from which side. */
  readonly target: Endpoint
  readonly side: keyof Drivers
}

/** `nginx`, `direct` and the second `direct` as `direct-2`: labels are unique, the baseline comes first. */
export function systemsUnderTest(choices: readonly SystemChoice[], scenario: Scenario): readonly SystemUnderTest[] {
  const direct: SystemChoice = { system: systems.direct }
  const baselines = choices.filter(({ system }) => system.id === direct.system.id).length
  const asked = baselines > 0 ? choices : [direct, ...choices]
  const all = scenario.noiseFloor && baselines < 2 ? [...asked, direct] : asked
  const seen = new Map<string, number>()
  return all.map(({ system, label, adapt = null }) => {
    const name = label ?? system.id
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return { label: count === 1 ? name : `${name}-${count}`, system, adapt }
  })
}

/** Chooses the place, of this name, and compiles. Pure but for the place. */
export async function prepare(
  runtime: Runtime,
  origins: OriginsAsked,
  scenario: Scenario,
  subject: SystemUnderTest,
  name = `${subject.label}-${scenario.id}`,
): Promise<Prepared> {
  const { reach } = subject.system
  const at = (site: Site): Pick<Prepared, 'subject' | 'site' | 'native'> => ({
    subject,
    site,
    native: compiled(subject, scenario.policy, site),
  })
  if (reach.kind === 'launch') {
    const place = await runtime.reserve(name)
    const { listen, configDir, scratchDir } = place
    const module = runtime.moduleOf(reach.launch)
    const site = { listen, origins: origins.addresses, configDir, scratchDir, ...(module && { module }) }
    return { ...at(site), place, target: place.address, side: 'front' }
  }
  const target = reach.kind === 'url' ? reach.endpoint : Object.values(origins.addresses)[0]![0]!
  const site = { listen: target, origins: origins.addresses, configDir: '/', scratchDir: '/' }
  return { ...at(site), place: null, target, side: reach.kind === 'url' ? 'front' : 'back' }
}

function compiled({ system, adapt }: SystemUnderTest, policy: Policy, site: Site): NativeConfig {
  const native = system.compile(policy, site)
  return adapt ? adapt(native, site, policy) : native
}

/** Starts the system and waits until it is ready; null where nothing is started. */
export async function startSystem(runtime: Runtime, { subject, place, native }: Prepared): Promise<Running | null> {
  const { reach } = subject.system
  if (reach.kind !== 'launch' || !place) return null
  const { launch } = reach
  return runtime.start({ place, role: 'system', side: 'both', launch, files: native.files, published: false })
}

const patienceMs = 5000

/**
 * Of one that runs already: makes sure that something answers there, whatever it says. Throws EdgeLabError
 * `targetSilent`.
 */
export async function requireAnswer(
  { front }: Drivers,
  { subject, target }: Prepared,
  signal: AbortSignal,
): Promise<void> {
  if (subject.system.reach.kind !== 'url') return
  const batch = { target, together: false, timeoutMs: patienceMs, requests: [get('/')] }
  const [answer] = (await front.exchange(batch, signal)).exchanges
  if (answer && answer.status > 0) return
  const why = failureWords[answer?.failure ?? 'timeout']
  throw new EdgeLabError('targetSilent', { url: urlOf(target), why })
}

const failureWords: Readonly<Record<FailureKind, string>> = {
  timeout: `no answer within ${patienceMs / 1000} s`,
  refused: 'nobody listens there',
  reset: 'the connection was closed without an answer',
  protocol: 'what answers there does not speak HTTP/1.1',
  unsent: 'no connection came about',
  surplus: 'it sent more than its answer',
  local: 'this machine has no room for another connection',
}

/** What the record says of a subject; secrets in its native configuration are placeholders. */
export function describeSystem(
  prepared: Prepared,
  policy: Policy,
  running: Running | null,
  proof: readonly ProbeRecord[],
): SystemRecord {
  const { subject, site } = prepared
  return {
    ...blank(subject, site, policy),
    state: 'measured',
    version: running?.version ?? null,
    imageDigest: running?.imageDigest ?? null,
    ranAs: running?.ranAs ?? placeOf(subject.system),
    ...(running?.binarySha256 ? { binarySha256: running.binarySha256 } : {}),
    proof,
  }
}

function placeOf({ reach }: System): string {
  return reach.kind === 'url' ? urlOf(reach.endpoint) : ''
}

/** A subject that was not measured, with the reason. */
export function describeAbsent(
  subject: SystemUnderTest,
  policy: Policy,
  site: Site,
  why: Extract<Availability, { available: false }> | EdgeLabError,
): SystemRecord {
  const failed = why instanceof Error
  return {
    ...blank(subject, site, policy),
    state: failed ? 'failed' : 'unavailable',
    reason: failed ? why.message : why.reason,
    remedy: failed ? why.hint : why.remedy,
    logTail: failed ? why.logTail : '',
  }
}

/** A subject that ended in the middle: what was measured of it before stays. */
export function describeEnded(
  record: SystemRecord,
  round: { readonly index: number; readonly of: number },
  { why, logTail }: Gone,
): SystemRecord {
  const at = new Date().toISOString()
  const reason = `ended in round ${round.index + 1} of ${round.of}, at ${at}: ${why}`
  return { ...record, reason, logTail, ended: { at, round: round.index, why } }
}

/** Why a system is no more, and the end of its log. */
export interface Gone {
  readonly why: string
  readonly logTail: string
}

function blank(subject: SystemUnderTest, site: Site, policy: Policy): SystemRecord {
  const { label, system, adapt } = subject
  const shown = withoutSecrets(policy)
  const native = compiled(subject, shown, site)
  return {
    label,
    system: system.id,
    kind: system.kind,
    state: 'measured',
    reason: '',
    remedy: '',
    logTail: '',
    version: null,
    imageDigest: null,
    ranAs: '',
    support: system.support,
    native,
    effort: adapt ? effortOfOwn(system, shown, native) : measureEffort(system, shown, site),
    proof: [],
  }
}

/** A site that stands for any: for compiling without a runtime. */
export function exampleSite(scenario: Scenario): Site {
  const origins = Object.entries(scenario.origins).map(([name, { instances }]) => {
    const addresses = Array.from({ length: instances }, (_, n) => ({ host: `origin-${name}-${n + 1}`, port: 8080 }))
    return [name, addresses] as const
  })
  return {
    listen: { host: '0.0.0.0', port: 8080 },
    origins: Object.fromEntries(origins),
    configDir: '/etc/edge',
    scratchDir: '/run/edge',
  }
}
