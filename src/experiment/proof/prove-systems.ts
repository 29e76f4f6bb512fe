/**
 * The systems of a scenario, started and proved before anything is measured: all side by side, as probes mostly wait.
 * Each has origins of its own for that, as they count what reaches them; then it is started again before those of the rounds.
 */
import { availableParallelism } from 'node:os'
import { EdgeLabError, type ErrorName } from '../../errors.ts'
import type { SystemRecord } from '../../measurement/run-record.ts'
import type { Availability, Running, Runtime } from '../../runtime/topology.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { slots } from '../../side-by-side.ts'
import { launchOf } from '../../systems/system.ts'
import type { Drivers } from '../drivers.ts'
import type { Emit } from '../events.ts'
import { type Origins, startOriginsTogether } from '../origins.ts'
import {
  describeAbsent,
  describeSystem,
  exampleSite,
  type Prepared,
  prepare,
  requireAnswer,
  type SystemUnderTest,
  startSystem,
} from '../systems-under-test.ts'
import { inTurn } from './in-turn.ts'
import { probesOf } from './probes-of.ts'
import { probeTools, prove } from './prove.ts'

/** A system that can be measured. */
export interface Ready {
  readonly prepared: Prepared
  readonly record: SystemRecord
  /** Started after its proof and untouched since; null where nothing was, and in slices, which start it themselves. */
  readonly running: Running | null
}

export interface ProofBed {
  readonly runtime: Runtime
  readonly drivers: Drivers
  /** Those of the rounds. */
  readonly origins: Origins
  readonly availability: Readonly<Record<string, Availability>>
  readonly seed: number
}

/** In the order in which they were asked for; of what cannot run or does not start, a record that says why. */
export async function proveSystems(
  subjects: readonly SystemUnderTest[],
  scenario: Scenario,
  bed: ProofBed,
  emit: Emit,
  signal: AbortSignal,
): Promise<readonly (Ready | SystemRecord)[]> {
  const { runtime, drivers, seed } = bed
  const launched = subjects.filter(({ system }) => launchOf(system))
  // Probes wait; a start takes a core's time, and several at once would keep those that are being proved from theirs.
  const starts = slots(2 * availableParallelism())
  // What is not launched by EdgeLab knows only the origins of the rounds, and one at a time may count on them.
  const one = slots(1)
  const scenarios = launched.map(() => ({ ...scenario }))
  const own = launched.length > 0 ? await startOriginsTogether(runtime, drivers.back, scenarios, seed) : []
  const told = inTurn(emit, subjects.length)
  try {
    const outcomes = await Promise.allSettled(
      subjects.map((subject, at) => {
        const origins = own[launched.indexOf(subject)]
        const { emit: tell, ended } = told[at]!
        const start: Start = (prepared) => starts(at)(() => startSystem(runtime, prepared))
        const proofBed = { ...bed, proofOrigins: origins ?? bed.origins, start }
        const act = () => startAndProve(subject, scenario, proofBed, tell, signal)
        return (origins ? act() : one(at)(act)).finally(ended)
      }),
    )
    return outcomes.flatMap((outcome) => {
      if (outcome.status === 'fulfilled') return [outcome.value]
      // Stopped on request: what was proved before is kept.
      if (signal.aborted) return []
      throw outcome.reason
    })
  } finally {
    if (!signal.aborted) await own[0]?.stop()
  }
}

/** What keeps one system from being measured, and the others not. */
const ofOneSystem: readonly ErrorName[] = ['startFailed', 'targetSilent']

type Start = (prepared: Prepared) => Promise<Running | null>

async function startAndProve(
  subject: SystemUnderTest,
  scenario: Scenario,
  bed: ProofBed & { readonly proofOrigins: Origins; readonly start: Start },
  emit: Emit,
  signal: AbortSignal,
): Promise<Ready | SystemRecord> {
  signal.throwIfAborted()
  const { runtime, drivers, origins, proofOrigins, start } = bed
  const at = { scenario: scenario.id, label: subject.label }
  const availability = bed.availability[subject.system.id]
  if (availability && !availability.available) {
    emit({ type: 'subject-unavailable', ...at, reason: availability.reason, remedy: availability.remedy })
    return describeAbsent(subject, scenario.policy, exampleSite(scenario), availability)
  }
  emit({ type: 'subject-starting', ...at })
  const prepared = await prepare(runtime, origins, scenario, subject)
  try {
    const proved = await prepare(runtime, proofOrigins, scenario, subject, `proof-${subject.label}-${scenario.id}`)
    const tried = await start(proved)
    await requireAnswer(drivers, proved, signal)
    emit({ type: 'subject-ready', ...at, version: tried?.version ?? null })
    const tools = probeTools(drivers, proofOrigins, proved.target, signal)
    const proof = await prove(subject.system, scenario.policy, probesOf(scenario), tools, (probe) =>
      emit({ type: 'probe-finished', ...at, probe }),
    )
    const record = describeSystem(prepared, scenario.policy, tried, proof)
    await tried?.stop()
    const running = scenario.measure === 'slices' ? null : await start(prepared)
    return { prepared, record, running }
  } catch (error) {
    if (signal.aborted || !(error instanceof EdgeLabError) || !ofOneSystem.includes(error.name)) throw error
    emit({ type: 'subject-failed', ...at, reason: error.message, logTail: error.logTail })
    return describeAbsent(subject, scenario.policy, prepared.site, error)
  }
}
