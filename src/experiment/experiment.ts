/**
 * The whole line in one file: from scenarios to a run record.
 *
 * For each scenario: start its origins; compile, start and prove every system; then measure rounds in which the systems
 * take turns, each round beginning with another one; and keep everything in the record. What fails to start is a result.
 */
import { expecting, unexpectedIn } from '../measurement/expected-answers.ts'
import { redact } from '../measurement/redact.ts'
import {
  type RoundRecord,
  type RunRecord,
  recordFormatVersion,
  type ScenarioRecord,
  type SystemRecord,
} from '../measurement/run-record.ts'
import { withoutSecrets } from '../policy/credentials.ts'
import type { Availability, Running, Runtime } from '../runtime/topology.ts'
import { scenarioSecrets } from '../scenario/requests/secrets.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { declarations } from '../systems/declarations.ts'
import type { Address } from '../systems/system.ts'
import type { Frame } from '../traffic/plan.ts'
import { type Drivers, startDrivers } from './drivers.ts'
import type { Emit } from './events.ts'
import { measureRound, roundOrEnd } from './measuring/measure-round.ts'
import { rotated } from './measuring/rotated.ts'
import { startOrigins } from './origins.ts'
import { proveSystems, type Ready } from './proof/prove-systems.ts'
import { describeEnded, type SystemChoice, startSystem, systemsUnderTest } from './systems-under-test.ts'

export interface ExperimentPlan {
  readonly scenarios: readonly Scenario[]
  readonly systems: readonly SystemChoice[]
  readonly availability: Readonly<Record<string, Availability>>
  /** Rounds of one scenario. */
  readonly roundsOf: (scenario: Scenario) => number
  readonly seed: number
  /** Where the first origin of each scenario listens, the others on the ports after it; absent: as the runtime chooses. */
  readonly originsFrom?: Address
  /** Drivers of each side, which share every plan among them; absent: one. */
  readonly drivers?: number
  /** Carries out a round when it may: where several experiments share a machine, one measures at a time. Absent: at once. */
  readonly round?: <Result>(act: () => Promise<Result>) => Promise<Result>
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
  const plannedRounds = plan.roundsOf(scenario)
  const origins = await startOrigins(runtime, drivers.back, scenario, plan.seed, plan.originsFrom)
  const subjects: SystemRecord[] = []
  const rounds: RoundRecord[] = []
  const ready: Ready[] = []
  try {
    const bed = { runtime, drivers, origins, availability: plan.availability, seed: plan.seed }
    for (const outcome of await proveSystems(systemsUnderTest(plan.systems, scenario), scenario, bed, emit, signal)) {
      if ('prepared' in outcome) ready.push(outcome)
      subjects.push('prepared' in outcome ? outcome.record : outcome)
    }
    for (let index = 0; index < plannedRounds && !signal.aborted; index += 1) {
      for (const [position, each] of rotated(ready, index).entries()) {
        if (signal.aborted) break
        const { label, system } = each.prepared.subject
        const isExpected = expecting(scenario, system.support)
        emit({ type: 'round-started', scenario: scenario.id, label, index, of: plannedRounds })
        const onFrame = (frame: Frame): void =>
          emit({
            type: 'frame',
            scenario: scenario.id,
            label,
            index,
            frame,
            unexpected: unexpectedIn(frame.series, isExpected),
          })
        const measure = (running: Running | null): Promise<RoundRecord> => {
          const task = {
            drivers,
            origins,
            scenario,
            prepared: each.prepared,
            running,
            index,
            position,
            seed: plan.seed,
          }
          const act = (): Promise<RoundRecord> => measureRound(task, onFrame, signal)
          return plan.round?.(act) ?? act()
        }
        const start = async () => (scenario.fresh ? startSystem(runtime, each.prepared) : each.running)
        const round = await roundOrEnd({ start, measure, stops: scenario.fresh }, signal)
        if ('why' in round) {
          // The others go on without it.
          ready.splice(ready.indexOf(each), 1)
          const record = describeEnded(each.record, { index, of: plannedRounds }, round)
          subjects[subjects.indexOf(each.record)] = record
          const { reason, logTail } = record
          emit({ type: 'subject-failed', scenario: scenario.id, label, reason: `it ${reason}`, logTail })
          continue
        }
        rounds.push(round)
        const answers = round.seconds.flatMap(({ series }) => series)
        const unexpected = unexpectedIn(answers, isExpected)
        emit({ type: 'round-finished', scenario: scenario.id, round, of: plannedRounds, unexpected })
      }
    }
  } catch (error) {
    // Stopped on request: the round in the middle is left out, the finished ones are kept.
    if (!signal.aborted) throw error
  } finally {
    if (!signal.aborted) {
      await Promise.all(ready.map(({ running }) => running?.stop()))
      await origins.stop()
    }
  }
  emit({ type: 'scenario-finished', scenario: scenario.id })
  return { scenario: { ...scenario, policy: withoutSecrets(scenario.policy) }, plannedRounds, subjects, rounds }
}
