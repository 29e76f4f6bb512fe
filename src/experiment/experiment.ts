/**
 * The whole line in one file: from scenarios to a run record.
 *
 * For each scenario: start its origins; compile, start and prove every system; then measure them in the way that the
 * scenario asks for; and keep everything in the record. What fails to start is a result.
 */
import { redact } from '../measurement/redact.ts'
import {
  type RunRecord,
  recordFormatVersion,
  type ScenarioRecord,
  type SystemRecord,
} from '../measurement/run-record.ts'
import { withoutSecrets } from '../policy/credentials.ts'
import type { Availability, Runtime } from '../runtime/topology.ts'
import { scenarioSecrets } from '../scenario/requests/secrets.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { declarations } from '../systems/declarations.ts'
import type { Address, System } from '../systems/system.ts'
import { type Asked, roundsOf } from './asked.ts'
import { type Drivers, startDrivers } from './drivers.ts'
import type { Emit } from './events.ts'
import { measuringFor } from './measuring/index.ts'
import type { Measured, Turn } from './measuring/measuring.ts'
import { startOrigins } from './origins.ts'
import { proveSystems } from './proof/prove-systems.ts'
import { type SystemChoice, systemsUnderTest } from './systems-under-test.ts'

export interface ExperimentPlan {
  readonly scenarios: readonly Scenario[]
  readonly systems: readonly SystemChoice[]
  readonly availability: Readonly<Record<string, Availability>>
  readonly asked: Asked
  readonly seed: number
  /** Where the first origin of each scenario listens, the others on the ports after it; absent: as the runtime chooses. */
  readonly originsFrom?: Address
  /** Drivers of each side, which share every plan among them; absent: one. */
  readonly drivers?: number
  /** Carries out a round when it may: where several experiments share a machine, one measures at a time. Absent: at once. */
  readonly round?: Turn
  /** Everything of the record that is known before the run. */
  readonly header: Omit<RunRecord, 'formatVersion' | 'finishedAt' | 'partial' | 'declared' | 'scenarios' | 'pinning'>
}

/** What stands as long as the run does. */
interface Testbed {
  readonly runtime: Runtime
  readonly drivers: Drivers
}

/**
 * Runs the plan on an open runtime, which stays the caller's to close. An aborted signal ends it early: finished rounds
 * make a valid record, marked partial. Throws EdgeLabError only where nothing can be measured at all.
 */
export async function runExperiment(
  plan: ExperimentPlan,
  runtime: Runtime,
  emit: Emit,
  signal: AbortSignal,
): Promise<RunRecord> {
  const scenarios: ScenarioRecord[] = []
  const secrets = plan.scenarios.flatMap(scenarioSecrets)
  // What was captured may hold secrets; a frame holds only counts.
  const tell: Emit = (event) => emit(event.type === 'frame' ? event : redact(event, secrets))
  try {
    const drivers = await startDrivers(runtime, plan.drivers)
    for (const scenario of plan.scenarios) {
      if (signal.aborted) break
      scenarios.push(await runScenario(plan, scenario, { runtime, drivers }, tell, signal))
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  const record: RunRecord = {
    formatVersion: recordFormatVersion,
    ...plan.header,
    finishedAt: new Date().toISOString(),
    partial: signal.aborted,
    pinning: runtime.pinning,
    declared: declarations(),
    scenarios,
  }
  emit({ type: 'run-finished', run: record.id, partial: record.partial })
  return redact(record, secrets)
}

async function runScenario(
  plan: ExperimentPlan,
  scenario: Scenario,
  { runtime, drivers }: Testbed,
  emit: Emit,
  signal: AbortSignal,
): Promise<ScenarioRecord> {
  emit({ type: 'scenario-started', scenario: scenario.id, question: scenario.question })
  const plannedRounds = roundsOf(scenario, plan.asked)
  const origins = await startOrigins(runtime, drivers.back, scenario, plan.seed, plan.originsFrom)
  const subjects: SystemRecord[] = []
  let measured: Measured = { rounds: [], ended: [] }
  try {
    const bed = { runtime, drivers, origins, availability: plan.availability, seed: plan.seed }
    const isFloored = scenario.measure === 'slices' && plan.asked.effort !== 'quick'
    const runsHere = ({ id }: System): boolean => plan.availability[id]?.available !== false
    const chosen = systemsUnderTest(plan.systems, isFloored, runsHere)
    const outcomes = await proveSystems(chosen, scenario, bed, emit, signal)
    subjects.push(...outcomes.map((outcome) => ('prepared' in outcome ? outcome.record : outcome)))
    const ready = outcomes.filter((outcome) => 'prepared' in outcome)
    const task = {
      ...bed,
      asked: plan.asked,
      scenario,
      ready,
      rounds: plannedRounds,
      turn: plan.round ?? ((act) => act()),
    }
    measured = await measuringFor(scenario)(task, emit, signal)
  } catch (error) {
    // Stopped on request: what was finished before is kept.
    if (!signal.aborted) throw error
  } finally {
    if (!signal.aborted) await origins.stop()
  }
  emit({ type: 'scenario-finished', scenario: scenario.id })
  const { ended, ...parts } = measured
  return {
    scenario: { ...scenario, policy: withoutSecrets(scenario.policy) },
    plannedRounds,
    subjects: subjects.map((subject) => ended.find(({ label }) => label === subject.label) ?? subject),
    ...parts,
  }
}
