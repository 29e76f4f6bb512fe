/**
 * Capacity: every system climbs a ladder of connections in a closed loop, step by step in turn with the others, over
 * several fresh starts.
 */
import type { RefereeRecord, StepRecord } from '../../../measurement/capacity/capacity-record.ts'
import { isEmulated } from '../../../measurement/emulated.ts'
import type { RoundRecord } from '../../../measurement/run-record.ts'
import { sentPhases } from '../../../scenario/requests/client-requests.ts'
import type { ClosedPhase, Phase } from '../../../scenario/scenario.ts'
import { total } from '../../../traffic/measure/merge.ts'
import type { Emit } from '../../events.ts'
import { instancesOf } from '../../origins.ts'
import type { Measured, MeasuringTask } from '../measuring.ts'
import { type Climber, climbersOf } from './climbers.ts'
import { blocksOf, climbMs, climbOf, phasesOfStep, rehearsalOf } from './ladder.ts'
import { atAGlance, measureStep, type Step } from './measure-step.ts'
import { asRefereed } from './referee.ts'
import { roundOfSteps } from './round-of-steps.ts'

export async function measureCapacity(task: MeasuringTask, emit: Emit, signal: AbortSignal): Promise<Measured> {
  const { scenario, seed, runtime } = task
  const climb = climbOf(scenario.connections, task.rounds)
  const { starts, ladder } = climb
  const phases = phasesOfStep(sentPhases(scenario).filter(isClosed), climb)
  // How quick an emulation is says nothing about the service.
  const able = task.ready.filter(({ prepared }) => !isEmulated(prepared.subject.system))
  const climbers = climbersOf(able, { runtime, scenario: scenario.id, starts }, emit, signal)
  const steps: StepRecord[] = []
  const rounds: RoundRecord[] = []
  let referee: RefereeRecord | undefined
  const began = performance.now()
  const budgetMs = climbMs(scenario.traffic, climb, able.length)
  const told = (start: number) => ({ scenario: scenario.id, start, elapsedMs: performance.now() - began, budgetMs })

  /** undefined where the system ended in it. */
  async function step(
    climber: Climber,
    start: number,
    connections: number,
    sent: readonly ClosedPhase[],
  ): Promise<Step | undefined> {
    const { ready, running } = climber
    const own = { ...task, prepared: ready.prepared, running, phases: sent, seed: seed + start }
    const one = await task.turn(() => measureStep(own, connections, signal))
    return (await climbers.isThere(climber, start)) ? one : undefined
  }

  async function oneStart(start: number): Promise<void> {
    if (start > 0) await climbers.startAnew(start)
    for (const climber of [...climbers.there]) await step(climber, start, ...rehearsalOf(phases, climb))
    emit({ type: 'start-began', ...told(start), of: starts })
    const taken = new Map<Climber, Step[]>(climbers.there.map((climber) => [climber, []]))
    for (const [block, { connections, systems }] of blocksOf(ladder, climbers.there, start, seed).entries()) {
      const ofBlock: Step[] = []
      for (const [position, climber] of systems.entries()) {
        if (!climbers.there.includes(climber)) continue
        const atMs = performance.now() - began
        const one = await step(climber, start, connections, phases)
        if (!one) continue
        taken.get(climber)!.push(one)
        ofBlock.push(one)
        steps.push({ ...one.record, start, block, position, atMs })
      }
      const slices = ofBlock.map(atAGlance)
      emit({ type: 'block-finished', ...told(start), block, of: ladder.length, slices })
    }
    const ofStart: RoundRecord[] = []
    for (const climber of climbers.there) {
      const memoryBytes = (await climber.running?.memoryBytes()) ?? null
      const { label } = climber.ready.prepared.subject
      ofStart.push(roundOfSteps(taken.get(climber)!, { index: start, label, memoryBytes }))
    }
    rounds.push(...ofStart)
    emit({ type: 'start-finished', ...told(start), of: starts, rounds: ofStart, known: [] })
  }

  try {
    for (let start = 0; start < starts && !signal.aborted; start += 1) await oneStart(start)
    referee = await asRefereed({ ...task, phases, steps, ladder, pairs: climb.pairs }, climbers, signal)
  } catch (error) {
    // Stopped on request: the step in the middle is left out, the finished ones are kept.
    if (!signal.aborted) throw error
  } finally {
    const others = task.ready.filter((each) => !able.includes(each))
    if (!signal.aborted) await Promise.all([climbers.stop(), ...others.map(({ running }) => running?.stop())])
  }
  const timeOf = (measured: boolean): number =>
    total(
      phases.filter((each) => each.measured === measured),
      ({ forMs }) => forMs,
    )
  return {
    rounds,
    ended: climbers.ended,
    capacity: {
      ladder,
      stepMs: timeOf(true),
      warmUpMs: timeOf(false),
      cores: { driver: runtime.pinning.driver, others: runtime.pinning.others },
      instances: instancesOf(scenario).length,
      steps,
      ...(referee ? { referee } : {}),
    },
  }
}

const isClosed = (phase: Phase): phase is ClosedPhase => phase.kind === 'closed'
