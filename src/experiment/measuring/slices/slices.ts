/**
 * Slices: over several fresh starts of all systems, blocks in which each gets the same short traffic in turn. After every
 * start it is decided whether enough is known; how many starts there are at most is fixed before the first slice.
 */
import type { RoundRecord, SystemRecord } from '../../../measurement/run-record.ts'
import { familyOf } from '../../../measurement/slices/family.ts'
import type { SlicesRecord } from '../../../measurement/slices/slice-record.ts'
import { type Judged, judge, leastStarts } from '../../../statistics/judge.ts'
import { decide, isOpen, type Plan, planOf } from '../../../statistics/plan.ts'
import { declarations } from '../../../systems/declarations.ts'
import type { Emit, KnownInterval } from '../../events.ts'
import type { Ready } from '../../proof/prove-systems.ts'
import { describeEnded } from '../../systems-under-test.ts'
import type { Measured, MeasuringTask } from '../measuring.ts'
import type { Ended } from '../start-together.ts'
import { gather, soFar } from './gathered.ts'
import { measureStart } from './measure-start.ts'
import { openBench } from './open-bench.ts'
import { leastRequests, sliceMsOf, thinPhases } from './slice-plan.ts'
import { type Subject, startSubjects, stopSubjects, warmUpAll } from './subject.ts'

/** Beside the traffic of a slice: telling the driver, reading accounts, asking the origins what came. */
const aroundSliceMs = 12

export async function measureSlices(task: MeasuringTask, emit: Emit, signal: AbortSignal): Promise<Measured> {
  const { scenario, asked } = task
  const gathered = gather()
  const sliceMs = sliceMsOf(scenario.traffic)
  const beganAt = performance.now()
  const elapsedMs = (): number => performance.now() - beganAt
  const bench = await openBench(task, sliceMs, gathered.placeOf)
  const base = { effort: asked.effort, sliceMs, precision: asked.precision, budgetMs: asked.budgetMs }
  const records = new Map(task.ready.map(({ record }) => [record.label, record]))
  let ready = task.ready
  let plan: Plan | undefined
  let stopped = 'It was stopped on request.'
  const lose = (ended: readonly Ended[], start: number): void => {
    for (const { ready: each, gone } of ended) {
      const record = describeEnded(each.record, { index: start, in: `start ${start + 1}` }, gone)
      records.set(record.label, record)
      ready = ready.filter((other) => other !== each)
      const { label, reason, logTail } = record
      emit({ type: 'subject-failed', scenario: scenario.id, label, reason: `it ${reason}`, logTail })
    }
  }
  try {
    for (let start = 0, goOn = true; goOn && ready.length > 0; start += 1) {
      const startedMs = elapsedMs()
      const up = await startSubjects(ready, task, start, signal)
      const subjects = up.filter((each) => 'kept' in each)
      lose(
        up.filter((each) => 'gone' in each),
        start,
      )
      try {
        await warmUpAll(subjects, task, signal)
        plan ??= planFor(task, bench.phases.length * sliceMs, subjects.length, elapsedMs() - startedMs)
        const { starts, blocksPerStart, looks } = plan
        const longestMs = (1.5 * asked.budgetMs) / starts
        const at = { task, subjects, start, of: starts, blocks: blocksPerStart, longestMs, bench, gathered, elapsedMs }
        lose(await measureStart(at, emit, signal), start)
        const rounds = gathered.endStart(start, labelsOf(task.ready), await memoryOf(subjects))
        const judged = judgedOf(task, gathered.record({ ...base, looks, stopped }), looks)
        const spentMs = elapsedMs()
        const decision = decide({ judged, looks, starts: start + 1, spentMs, ...base })
        goOn = decision.goOn
        stopped = [decision.why, ...shortcomings(task, sliceMs, start + 1, spentMs)].join(' ')
        emit({
          type: 'start-finished',
          scenario: scenario.id,
          start,
          of: starts,
          elapsedMs: spentMs,
          budgetMs: asked.budgetMs,
          rounds,
          known: judged.map((each) => known(each, asked.precision)),
          ...(goOn ? {} : { stopped }),
        })
      } finally {
        if (!signal.aborted) await stopSubjects(subjects, task)
      }
    }
    if (ready.length === 0) stopped = 'No system was left.'
  } catch (error) {
    if (!signal.aborted) throw error
    // Stopped on request: blocks that were finished are kept.
    stopped = 'It was stopped on request.'
    gathered.endStart(startsOf(gathered.rounds), labelsOf(task.ready), new Map())
  }
  const finished = startsOf(gathered.rounds)
  const slices = gathered.record({ ...base, looks: plan?.looks ?? [], stopped })
  return {
    rounds: gathered.rounds,
    ended: [...records.values()].filter(({ ended }) => ended !== undefined),
    plannedRounds: signal.aborted ? (plan?.starts ?? finished) : finished,
    slices,
  }
}

/** Fixed before the first slice, from what the first start took. */
function planFor({ asked }: MeasuringTask, trafficMs: number, systems: number, startMs: number): Plan {
  const { effort, budgetMs } = asked
  return planOf({ effort, systems, sliceMs: trafficMs + aroundSliceMs, budgetMs, startMs })
}

/** What of the plan could not be kept, each as a sentence. */
function shortcomings(
  { scenario, asked }: MeasuringTask,
  sliceMs: number,
  starts: number,
  spentMs: number,
): readonly string[] {
  const thin = thinPhases(scenario.traffic, sliceMs)
  const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`
  return [
    // A look has its few starts whatever they take.
    ...(asked.effort !== 'quick' && starts <= leastStarts && spentMs > 1.2 * asked.budgetMs
      ? [
          `The budget of ${seconds(asked.budgetMs)} is too short: the ${starts} starts that a claim takes took ${seconds(spentMs)}.`,
        ]
      : []),
    ...(thin.length > 0 ? [`A slice holds fewer than ${leastRequests} requests of ${thin.join(' and ')}.`] : []),
  ]
}

function judgedOf(
  { scenario, ready }: MeasuringTask,
  slices: SlicesRecord,
  looks: readonly number[],
): readonly Judged[] {
  const subjects = ready.map(({ record }) => record)
  return judge(familyOf(soFar({ scenario, subjects }, slices), declarations()), looks)
}

function known(judged: Judged, precision: number): KnownInterval {
  const { metric, label, reference } = judged.comparison
  const { ratio, low, high } = judged.interval
  return { metric, label, reference, ratio, low, high, isOpen: isOpen(judged, precision) }
}

function labelsOf(ready: readonly Ready[]): readonly string[] {
  return ready.map(({ record }: { readonly record: SystemRecord }) => record.label)
}

async function memoryOf(subjects: readonly Subject[]): Promise<ReadonlyMap<string, number | null>> {
  return new Map(
    await Promise.all(
      subjects.map(async ({ ready, running, meter }) => {
        // Of an emulation nobody wants to know, and what has ended has none.
        const bytes = meter && running ? await running.memoryBytes().catch(() => null) : null
        return [ready.record.label, bytes] as const
      }),
    ),
  )
}

/** Starts that have a finished block. */
function startsOf(rounds: readonly RoundRecord[]): number {
  return Math.max(0, ...rounds.map(({ index }) => index + 1))
}
