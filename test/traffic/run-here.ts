/** Carries out plans in the test's own process and adds their frames up. */

import type { FailureKind } from '../../src/http/failure.ts'
import { get, type Request } from '../../src/http/request.ts'
import type { ClosedPhase, MixEntry, Phase } from '../../src/scenario/scenario.ts'
import { schedule } from '../../src/scenario/schedule/schedule.ts'
import { type KeptPools, keptPools } from '../../src/traffic/http/kept-pools.ts'
import type { Counted } from '../../src/traffic/measure/tally.ts'
import type { DriverPlan, Frame, OpenPlan, Sample, Series, Slot, Target } from '../../src/traffic/plan.ts'
import { prepare } from '../../src/traffic/prepare.ts'
import { runPlan } from '../../src/traffic/run-plan.ts'

export interface Outcome {
  readonly frames: readonly Frame[]
  readonly samples: readonly Sample[]
  readonly series: readonly Series[]
  readonly slots: readonly Slot[]
  readonly failures: Readonly<Partial<Record<FailureKind, number>>>
  readonly sent: number
  readonly answered: number
  readonly failed: number
  readonly connected: number
}

export async function runHere(
  plan: DriverPlan,
  signal = new AbortController().signal,
  kept: KeptPools<Counted> = keptPools(),
): Promise<Outcome> {
  const frames: Frame[] = []
  const { samples } = await runPlan(plan, prepare(plan), (frame) => frames.push(frame), signal, kept)
  const failures: Partial<Record<FailureKind, number>> = {}
  for (const [kind, count] of frames.flatMap((frame) => Object.entries(frame.failures))) {
    failures[kind as FailureKind] = (failures[kind as FailureKind] ?? 0) + count
  }
  return {
    frames,
    samples,
    failures,
    series: frames.flatMap((frame) => frame.series),
    slots: frames.flatMap((frame) => frame.slots),
    sent: total(frames.map((frame) => frame.sent)),
    answered: total(frames.map((frame) => frame.answered)),
    failed: total(Object.values(failures)),
    connected: total(frames.map((frame) => frame.connected)),
  }
}

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

export const scheduled = ({ phases, seed }: OpenPlan): number => [...schedule(phases, seed)].length

export function openPlan(target: Target, phases: readonly Phase[], changes: Partial<OpenPlan> = {}): OpenPlan {
  return { mode: 'open', target, connections: 10, timeoutMs: 2000, seed: 5, phases, ...changes }
}

const headers = { web: { accept: 'application/json' }, app: { 'x-key': 'k-1' } }

const mixOf = (...paths: readonly string[]): readonly MixEntry[] =>
  paths.map((path, index) => entryOf(index % 2 === 0 ? get(path, headers.web) : get(path, headers.app), index))

const entryOf = (request: Request, index: number): MixEntry => ({
  ...request,
  client: index % 2 === 0 ? 'web' : 'app',
  weight: 1,
  skew: 'uniform',
})

/** These requests all at once, each as often as the others. */
export function burstOf(atOnce: number, forMs: number, ...requests: readonly Request[]): Phase {
  return { kind: 'burst', phase: 'burst', forMs, measured: true, atOnce, mix: requests.map(entryOf) }
}

/** As many of these requests as are answered. */
export function closedPhase(forMs: number, ...requests: readonly Request[]): ClosedPhase {
  return { kind: 'closed', phase: 'closed', forMs, measured: true, mix: requests.map(entryOf) }
}

export function steady(perSecond: number, forMs: number, ...paths: readonly string[]): Phase {
  const rate = { fromPerSecond: perSecond, toPerSecond: perSecond, arrivals: 'poisson' } as const
  return { kind: 'rate', phase: 'steady', forMs, measured: true, ...rate, mix: mixOf(...paths) }
}

export function burst(atOnce: number, forMs: number, ...paths: readonly string[]): Phase {
  return { kind: 'burst', phase: 'burst', forMs, measured: true, atOnce, mix: mixOf(...paths) }
}
