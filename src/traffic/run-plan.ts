/** Carries out one plan: sends, counts, and accounts for every request before it ends. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Arrival, schedule } from '../scenario/schedule/schedule.ts'
import type { KeptPools } from './http/kept-pools.ts'
import { openPool, type PoolEvents } from './http/pool.ts'
import { closedLoop } from './loops/closed-loop.ts'
import { dealing } from './loops/deck.ts'
import { openLoop } from './loops/open-loop.ts'
import { startFrames } from './measure/frames.ts'
import { type Counted, openTally } from './measure/tally.ts'
import type { DriverPlan, Frame, RunResult } from './plan.ts'
import type { Prepared } from './prepare.ts'
import { commonStart } from './shards/common-start.ts'

/** Connections that are lost meanwhile are opened before the measured time; a target that does not answer is met in it. */
const refillMs = 500

/** Of a kept pool between two plans. */
const deaf: PoolEvents<Counted> = {
  head: () => false,
  body: () => undefined,
  sent: () => undefined,
  connected: () => undefined,
  unasked: () => undefined,
  spent: () => undefined,
  answered: () => undefined,
  failed: () => undefined,
}

/**
 * Resolves when every request is answered or has failed: at the latest `timeoutMs` after the last phase, or soon after
 * the signal is aborted.
 */
export async function runPlan(
  plan: DriverPlan,
  { phases, texts }: Prepared,
  onFrame: (frame: Frame) => void,
  signal: AbortSignal,
  kept: KeptPools<Counted>,
): Promise<RunResult> {
  const known = plan.kept === undefined ? undefined : kept.take(plan.kept, plan, deaf)
  await known?.refill(refillMs)
  const startedAt = plan.shard ? await commonStart(plan.shard.startAtMs, signal) : performance.now()
  const tally = openTally(phases, startedAt, plan.sampling)
  /** What follows a request's end: the next one in a closed loop, the end of the round while it is waited for. */
  let followUp = (_failed: boolean): void => undefined
  const events: PoolEvents<Counted> = {
    head: tally.head,
    body: tally.body,
    sent: tally.sent,
    connected: tally.connected,
    unasked: tally.unasked,
    spent: tally.busy,
    answered: (request, _head, bodyBytes, at) => {
      tally.answered(request, bodyBytes, at)
      followUp(false)
    },
    failed: (request, kind, why) => {
      tally.failed(request, kind, why)
      followUp(true)
    },
  }
  if (known) known.heardBy(events)
  const pool = known ?? openPool<Counted>(plan, events)
  const frames = startFrames(tally, () => pool.inFlight, onFrame)
  const submit = (due: Pick<Counted, 'method' | 'text' | 'path' | 'phaseIndex' | 'mixIndex' | 'dueMs'>): void => {
    pool.submit({ ...due, dueAt: startedAt + due.dueMs, sentAt: 0, series: null, capture: null })
  }

  try {
    if (plan.mode === 'open') {
      const send = (arrival: Arrival, now: number): void => {
        const { atMs: dueMs, path, phaseIndex, mixIndex } = arrival
        tally.late(now - startedAt - dueMs)
        const { method, after } = texts[phaseIndex]![mixIndex]!
        submit({ method, text: `${method} ${path}${after}`, path, phaseIndex, mixIndex, dueMs })
      }
      const arrivals = schedule(phases, plan.seed, plan.shard)
      await openLoop({ arrivals, startedAt, send, spent: tally.busy }, signal)
      const end = startedAt + phases.reduce((sum, { forMs }) => sum + forMs, 0)
      await delay(Math.max(0, end - performance.now()), undefined, { signal }).catch(() => undefined)
    } else {
      const seed = plan.seed * 1000 + (plan.shard?.index ?? 0) * 100
      const deals = phases.map((phase, index) => dealing(phase, texts[index]!, seed + index))
      const send = (phaseIndex: number, now: number): void => {
        const { method, text, path, mixIndex } = deals[phaseIndex]!()
        submit({ method, text, path, phaseIndex, mixIndex, dueMs: now - startedAt })
      }
      const phasesMs = phases.map(({ forMs }) => forMs)
      const loop = closedLoop({ connections: plan.connections, startedAt: performance.now(), phasesMs, send }, signal)
      followUp = loop.finished
      await loop.over
    }
    await new Promise<void>((resolve) => {
      const stop = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const timer = setTimeout(stop, plan.timeoutMs)
      signal.addEventListener('abort', stop)
      followUp = () => {
        if (pool.outstanding === 0) stop()
      }
      if (signal.aborted || pool.outstanding === 0) stop()
    })
  } finally {
    followUp = () => undefined
    // One with an answer still to come is of no use to the next plan.
    if (plan.kept === undefined) pool.close()
    else if (pool.outstanding > 0 || signal.aborted) kept.release(plan.kept)
    await frames.finish()
    known?.heardBy(deaf)
  }
  return { samples: tally.samples, durationMs: performance.now() - startedAt }
}
