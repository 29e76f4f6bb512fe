/** Frames of a round → the round's record: merged over spans of time, so that a record stays small however long a round is. */
import { countOf, packedSum, percentileUs } from '../../traffic/measure/histogram.ts'
import { addUp, type DriverLoad, loadOf, mergeSlots, total } from '../../traffic/measure/merge.ts'
import type { Frame } from '../../traffic/plan.ts'
import { latePercentile, maxBusy, maxLateUs } from '../guards.ts'
import type { RoundRecord } from '../run-record.ts'
import { inSpans, type Together } from './spans.ts'

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
  together: Together = {},
): RoundRecord {
  // Two digits: it tells by how much a driver is late, and is compared with nothing.
  const lateness = packedSum(
    frames.map((frame) => frame.lateness),
    2,
  )
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
    seconds: inSpans(frames, together),
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
