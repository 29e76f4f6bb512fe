/** Frames of a round → the round's record: merged per second, so that a record stays small however long a round is. */
import { countOf, mergeHistograms, percentileUs } from '../traffic/measure/histogram.ts'
import { addUp, type DriverLoad, loadOf, mergeSeries, mergeSlots, total } from '../traffic/measure/merge.ts'
import type { Frame } from '../traffic/plan.ts'
import { latePercentile, maxBusy, maxLateUs } from './guards.ts'
import type { RoundRecord, SecondRecord } from './run-record.ts'

type Computed =
  | 'sent'
  | 'answered'
  | 'connected'
  | 'seconds'
  | 'slots'
  | 'lateness'
  | 'failures'
  | 'faults'
  | 'driverBusy'
  | 'drivers'
  | 'flags'

/**
 * Frames and what else is known of a round → its record. Warm-up phases are kept: findings leave them out. `loads`: of
 * each driver that made the frames; a round is doubtful when any of them was late or busy.
 */
export function recordRound(
  frames: readonly Frame[],
  rest: Omit<RoundRecord, Computed>,
  loads: readonly DriverLoad[] = [loadOf(frames)],
): RoundRecord {
  const lateness = mergeHistograms(frames.map((frame) => frame.lateness))
  const failures = addUp(frames.map((frame) => frame.failures))
  const faults = addUp(frames.map((frame) => frame.faults))
  const drivers = loads.map(({ busyMs, lateness: own }) => ({
    busy: rest.durationMs > 0 ? busyMs / rest.durationMs : 0,
    lateP99Us: percentileUs(own, 99) || 0,
  }))
  const flags = [
    ...loads.flatMap(({ lateness: own }, n) =>
      percentileUs(own, latePercentile(countOf(own))) > maxLateUs ? [`${nameOf(n, loads)} late`] : [],
    ),
    ...drivers.flatMap(({ busy }, n) => (busy > maxBusy ? [`${nameOf(n, drivers)} busy`] : [])),
    ...(failures.unsent ? ['requests unsent'] : []),
    ...(failures.local ? ['this machine ran out'] : []),
  ]
  return {
    ...rest,
    sent: total(frames, ({ sent }) => sent),
    answered: total(frames, ({ answered }) => answered),
    connected: total(frames, ({ connected }) => connected),
    seconds: perSecond(frames),
    slots: mergeSlots(frames.flatMap(({ slots }) => slots)),
    lateness,
    failures,
    faults,
    driverBusy: Math.max(...drivers.map(({ busy }) => busy)),
    ...(drivers.length > 1 ? { drivers } : {}),
    flags,
  }
}

/** `driver`; with several `driver 2`. */
function nameOf(index: number, { length }: readonly unknown[]): string {
  return length > 1 ? `driver ${index + 1}` : 'driver'
}

function perSecond(frames: readonly Frame[]): readonly SecondRecord[] {
  // A frame belongs to the second in which most of it lies: it ends at atMs and is a quarter of a second long.
  const seconds = Map.groupBy(frames, ({ atMs }) => Math.floor(Math.max(0, atMs - 125) / 1000))
  return [...seconds].map(([at, group]) => ({ at, series: mergeSeries(group.flatMap(({ series }) => series)) }))
}
