/** One slice: the scenario's traffic through one system for a fraction of a second, with the accounts of its borders. */
import { isEmulated, withoutTimes } from '../../../measurement/emulated.ts'
import { expecting, unexpectedIn } from '../../../measurement/expected-answers.ts'
import { flagsOf, latePercentile } from '../../../measurement/guards.ts'
import type { AnswerClass, SliceRecord } from '../../../measurement/slices/slice-record.ts'
import type { OriginCounts } from '../../../origin/spec.ts'
import type { Disturbances } from '../../../runtime/machine/disturbances.ts'
import type { CpuMeter } from '../../../runtime/topology.ts'
import type { Phase, Scenario } from '../../../scenario/scenario.ts'
import { countOf, percentileUs, valuesUs } from '../../../traffic/measure/histogram.ts'
import { addUp, mergeSeries, total } from '../../../traffic/measure/merge.ts'
import type { Frame, Series } from '../../../traffic/plan.ts'
import type { DriverSide } from '../../drivers.ts'
import type { SliceFigures } from '../../events.ts'
import type { SliceParts } from './account.ts'
import { answerWithinMs, type Subject } from './subject.ts'

/** What is the same for every slice of a scenario. */
export interface Bench {
  readonly scenario: Scenario
  readonly phases: readonly Phase[]
  readonly sides: Readonly<Record<'front' | 'back', { readonly driver: DriverSide; readonly meter: CpuMeter }>>
  readonly originsMeter: CpuMeter
  /** What reached the origins since it was last asked. */
  readonly reached: () => Promise<readonly OriginCounts[]>
  readonly disturbances: () => Disturbances
  /** Cores that drivers, systems and origins may use. */
  readonly cores: number
  /** Place of a class among those of the record. */
  readonly placeOf: (answers: AnswerClass) => number
  /** The `performance.now()` of the first slice. */
  readonly beganAt: number
}

export interface Slot {
  readonly start: number
  readonly block: number
  readonly position: number
  readonly seed: number
}

export interface Slice {
  readonly record: SliceRecord
  readonly figures: SliceFigures
  readonly parts: SliceParts
}

/** USER_HZ is 100 on every Linux. */
const tickMs = 10

/** Rejects where the driver was lost, and with the signal's reason. */
export async function measureSlice(
  subject: Subject,
  { start, block, position, seed }: Slot,
  bench: Bench,
  signal: AbortSignal,
): Promise<Slice> {
  const { scenario, phases } = bench
  const { side, target, subject: measured } = subject.ready.prepared
  const { driver, meter } = bench.sides[side]
  const emulated = isEmulated(measured.system)
  const frames: Frame[] = []
  const isFirst = start === 0 && block === 0
  const plan = {
    mode: 'open' as const,
    target,
    connections: scenario.connections,
    timeoutMs: answerWithinMs,
    seed,
    phases,
    kept: subject.kept,
    sampling: isFirst ? ('first' as const) : ('none' as const),
  }
  const cpu = async () => ({
    system: subject.meter && (await subject.meter()),
    origins: await bench.originsMeter(),
    driver: await meter(),
  })
  const atMs = performance.now() - bench.beganAt
  const disturbedBefore = bench.disturbances()
  const before = await cpu()
  const { samples, durationMs, loads } = await driver.run(
    plan,
    (frame) => void frames.push(emulated ? { ...frame, series: withoutTimes(frame.series) } : frame),
    signal,
  )
  const after = await cpu()
  const disturbedAfter = bench.disturbances()
  const origins = await bench.reached()
  const cpuNs = {
    system: minus(after.system, before.system),
    origins: minus(after.origins, before.origins),
    driver: minus(after.driver, before.driver),
  }
  const series = mergeSeries(frames.flatMap((frame) => frame.series))
  const isExpected = expecting(scenario, measured.system.support)
  const unexpected = unexpectedIn(series, isExpected)
  const failures = addUp(frames.map((frame) => frame.failures))
  const driverBusy = Math.max(...loads.map(({ busyMs }) => (durationMs > 0 ? busyMs / durationMs : 0)))
  const latest = (percentileOf: (requests: number) => number): number =>
    Math.max(...loads.map(({ lateness }) => percentileUs(lateness, percentileOf(countOf(lateness))) || 0))
  const sent = total(frames, (frame) => frame.sent)
  const answered = total(series, ({ count }) => count)
  const flags = flagsOf({
    driverBusy,
    lateUs: latest(latePercentile),
    failures,
    unexpected: unexpected.reduce((sum, [, count]) => sum + count, 0),
    disturbance: {
      stolenMs: (disturbedAfter.stolenTicks - disturbedBefore.stolenTicks) * tickMs,
      coreMs: durationMs * bench.cores,
      throttled: disturbedAfter.throttled - disturbedBefore.throttled,
    },
  })
  const record: SliceRecord = {
    label: measured.label,
    start,
    block,
    position,
    atMs: rounded(atMs),
    durationMs: rounded(durationMs),
    sent,
    connected: total(frames, (frame) => frame.connected),
    answers: series.map((each) => ({ class: bench.placeOf(classOf(each)), latencyUs: valuesUs(each.latency) })),
    failures,
    cpuNs: cpuNs.system,
    driverBusy: Number(driverBusy.toFixed(3)),
    lateP99Us: latest(() => 99),
    flags,
  }
  const figures = {
    label: measured.label,
    sent,
    answered,
    p50Us: medianOf(record, series),
    cpuUsPerAnswer: cpuNs.system === null || answered === 0 ? null : cpuNs.system / 1000 / answered,
    unexpected,
    failed: sent - answered,
    flags,
    again: false,
  }
  return { record, figures, parts: { frames, samples, durationMs, loads, cpuNs, origins } }
}

function classOf({ phase, mixIndex, client, status, cache }: Series): AnswerClass {
  return { phase, mixIndex, client, status, cache }
}

/** Of answers below 400, at a glance. */
function medianOf({ answers }: SliceRecord, series: readonly Series[]): number | null {
  const accepted = answers
    .flatMap(({ latencyUs }, at) => (series[at]!.status < 400 ? latencyUs : []))
    .sort((one, other) => one - other)
  return accepted[Math.floor((accepted.length - 1) / 2)] ?? null
}

function minus(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}
