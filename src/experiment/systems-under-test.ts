/** The things that are measured: each system once, `direct` always, and where differences are claimed one of them twice. */
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
import { type Endpoint, launchOf, type NativeConfig, type Site, type System, urlOf } from '../systems/system.ts'
import type { Drivers } from './drivers.ts'
import { effortOfOwn, measureEffort } from './effort/effort.ts'
import type { OriginsAsked } from './origins.ts'

export interface SystemUnderTest {
  readonly label: string
  readonly system: System
  /** null: it runs with what the policy compiles to. */
  readonly adapt: Adapt | null
  /** Label of the same system with the same configuration, where this is it once more. */
  readonly duplicateOf?: string
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

/**
 * Labels are unique, the baseline comes first: `direct`, `nginx`, `nginx-2` for nginx once more. `isFloored`: equal
 * systems are to be told from different ones, so that one takes part twice: a system that was named twice, else the
 * first that EdgeLab starts itself, else `direct`. `runsHere`: what cannot run is no use twice.
 */
export function systemsUnderTest(
  choices: readonly SystemChoice[],
  isFloored: boolean,
  runsHere: (system: System) => boolean = () => true,
): readonly SystemUnderTest[] {
  const direct: SystemChoice = { system: systems.direct }
  const isBaseline = ({ system }: SystemChoice): boolean => system.id === direct.system.id
  const asked = choices.some(isBaseline) ? choices : [direct, ...choices]
  const named = labelled(asked)
  if (!isFloored || named.some(({ duplicateOf }) => duplicateOf !== undefined)) return named
  const first =
    asked.find(({ system }) => launchOf(system) && system.kind !== 'managed' && runsHere(system)) ??
    asked.find(isBaseline)!
  return labelled([...asked, first])
}

function labelled(choices: readonly SystemChoice[]): readonly SystemUnderTest[] {
  const seen = new Map<string, { count: number; readonly first: SystemChoice }>()
  return choices.map((choice) => {
    const { system, label = system.id, adapt = null } = choice
    const known = seen.get(label) ?? { count: 0, first: choice }
    known.count += 1
    seen.set(label, known)
    if (known.count === 1) return { label, system, adapt }
    const isSame = system === known.first.system && adapt === (known.first.adapt ?? null)
    return { label: `${label}-${known.count}`, system, adapt, ...(isSame ? { duplicateOf: label } : {}) }
  })
}

/** Chooses the place, of this name, or takes one that is there already, and compiles. Pure but for the place. */
export async function prepare(
  runtime: Runtime,
  origins: OriginsAsked,
  scenario: Scenario,
  subject: SystemUnderTest,
  at: string | Place = `${subject.label}-${scenario.id}`,
): Promise<Prepared> {
  const { reach } = subject.system
  const compiledAt = (site: Site): Pick<Prepared, 'subject' | 'site' | 'native'> => ({
    subject,
    site,
    native: compiled(subject, scenario.policy, site),
  })
  if (reach.kind === 'launch') {
    const place = typeof at === 'string' ? await runtime.reserve(at) : at
    const { listen, configDir, scratchDir } = place
    const module = runtime.moduleOf(reach.launch)
    const site = { listen, origins: origins.addresses, configDir, scratchDir, ...(module && { module }) }
    return { ...compiledAt(site), place, target: place.address, side: 'front' }
  }
  const target = reach.kind === 'url' ? reach.endpoint : Object.values(origins.addresses)[0]![0]!
  const site = { listen: target, origins: origins.addresses, configDir: '/', scratchDir: '/' }
  return { ...compiledAt(site), place: null, target, side: reach.kind === 'url' ? 'front' : 'back' }
}

function compiled({ system, adapt }: SystemUnderTest, policy: Policy, site: Site): NativeConfig {
  const native = system.compile(policy, site)
  return adapt ? adapt(native, site, policy) : native
}

/** Starts the system and waits until it is ready; null where nothing is started. `restarts`: as `Part` has it. */
export async function startSystem(
  runtime: Runtime,
  { subject, place, native }: Prepared,
  restarts = false,
): Promise<Running | null> {
  const { reach } = subject.system
  if (reach.kind !== 'launch' || !place) return null
  const { launch } = reach
  const { files } = native
  return runtime.start({ place, role: 'system', side: 'both', launch, files, published: false, restarts })
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

/** A subject that ended in the middle: what was measured of it before stays. `in`: `round 2 of 3`, `start 1`. */
export function describeEnded(
  record: SystemRecord,
  when: { readonly index: number; readonly in: string },
  { why, logTail }: Gone,
): SystemRecord {
  const at = new Date().toISOString()
  const reason = `ended in ${when.in}, at ${at}: ${why}`
  return { ...record, reason, logTail, ended: { at, round: when.index, why } }
}

/** Why a system is no more, and the end of its log. */
export interface Gone {
  readonly why: string
  readonly logTail: string
}

function blank(subject: SystemUnderTest, site: Site, policy: Policy): SystemRecord {
  const { label, system, adapt, duplicateOf } = subject
  const shown = withoutSecrets(policy)
  const native = compiled(subject, shown, site)
  return {
    label,
    system: system.id,
    ...(duplicateOf === undefined ? {} : { duplicateOf }),
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
