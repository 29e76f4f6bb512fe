/** The systems of one fresh start: begun side by side, warmed up, ended together. */
import { isEmulated } from '../../../measurement/emulated.ts'
import type { CpuMeter } from '../../../runtime/topology.ts'
import type { ClosedPhase, Phase } from '../../../scenario/scenario.ts'
import { allEnded } from '../../../side-by-side.ts'
import { launchOf } from '../../../systems/system.ts'
import type { Ready } from '../../proof/prove-systems.ts'
import { goneOf } from '../gone.ts'
import type { MeasuringTask } from '../measuring.ts'
import { type Ended, type Standing, startTogether } from '../start-together.ts'
import { slicePhases, warmUpPhases } from './slice-plan.ts'

/** A system as it runs in one start. */
export interface Subject extends Standing {
  /** Name of the driver's connections to it. */
  readonly kept: string
  /** Null of what nobody tells the CPU of, and of an emulation. */
  meter: CpuMeter | null
}

export const answerWithinMs = 5000

/** Those that are up, in the order given, and why the others are not. */
export async function startSubjects(
  ready: readonly Ready[],
  { runtime, scenario }: Pick<MeasuringTask, 'runtime' | 'scenario'>,
  start: number,
  signal: AbortSignal,
): Promise<readonly (Subject | Ended)[]> {
  const started = await startTogether(ready, runtime, signal)
  return started.map((each) => {
    if ('gone' in each) return each
    return { ...each, kept: `${each.ready.prepared.subject.label}/${scenario.id}/${start}`, meter: null }
  })
}

/**
 * Beside the scenario's own warm-up, by closed loop. Node's compilers take some thousand requests to get through the code
 * of a gateway; at the rate of a scenario that would be longer than the measuring. A product that was compiled long ago
 * has its buffers and caches after some hundred.
 */
const closedMs = { compiling: 500, compiled: 100 }
const closedConnections = 4

/**
 * The scenario's warm-up phases, by which connections are open; then, of what EdgeLab started itself, a time in which four
 * connections send as fast as they are answered.
 */
async function warmUp(subject: Subject, task: MeasuringTask, signal: AbortSignal): Promise<void> {
  const { drivers, scenario, seed } = task
  const { side, target, subject: system } = subject.ready.prepared
  const plan = {
    target,
    connections: scenario.connections,
    timeoutMs: answerWithinMs,
    seed,
    kept: subject.kept,
    sampling: 'none' as const,
  }
  const ignored = (): void => undefined
  const phases = warmUpPhases(scenario)
  if (phases.length > 0) await drivers[side].run({ mode: 'open', ...plan, phases }, ignored, signal)
  if (system.system.reach.kind === 'url') return
  const forMs = launchOf(system.system)?.executable.kind === 'program' ? closedMs.compiling : closedMs.compiled
  const own = slicePhases(scenario, forMs)
  const closed = own.map((phase) => asClosed(phase, forMs / own.length))
  const connections = Math.min(closedConnections, scenario.connections)
  await drivers[side].run(
    { mode: 'closed', ...plan, connections, kept: `${plan.kept}/closed`, phases: closed },
    ignored,
    signal,
  )
  await drivers[side].release([`${plan.kept}/closed`])
}

/** A driver has one plan at a time; those of both sides are at work at once. Rejects with the signal's reason. */
export async function warmUpAll(subjects: readonly Subject[], task: MeasuringTask, signal: AbortSignal): Promise<void> {
  const sides = Map.groupBy(subjects, ({ ready }) => ready.prepared.side)
  await allEnded(
    [...sides.values()].map(async (own) => {
      for (const subject of own) await warmUp(subject, task, signal)
    }),
  )
}

function asClosed({ phase, mix }: Phase, forMs: number): ClosedPhase {
  return { kind: 'closed', phase, mix, forMs, measured: false }
}

/** Opens its CPU account anew, so that processes it has started since are seen. */
export async function openMeter(subject: Subject): Promise<void> {
  const { ready, running } = subject
  subject.meter = running && !isEmulated(ready.prepared.subject.system) ? await running.openCpuMeter() : null
}

export async function endedOf({ ready, running }: Subject): Promise<Ended | undefined> {
  const gone = await goneOf(running)
  return gone && { ready, gone }
}

/** Closes the driver's connections to them and stops them. */
export async function stopSubjects(
  subjects: readonly Subject[],
  { drivers }: Pick<MeasuringTask, 'drivers'>,
): Promise<void> {
  const names = subjects.map(({ kept }) => kept)
  await Promise.all([drivers.front.release(names), drivers.back.release(names)])
  await Promise.all(subjects.map(({ running }) => running?.stop()))
}
