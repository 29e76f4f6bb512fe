/** Frames of a round → the round's record: merged per second, so that a record stays small however long a round is. */
import { decodeHistogram, mergeHistograms, percentileUs } from '../traffic/measure/histogram.ts'
import type { Frame, Series, Slot } from '../traffic/plan.ts'
import type { RoundRecord, SecondRecord } from './run-record.ts'

/** Fixed before any run: a round beyond these says so, whatever it measured. */
const lateP99Us = 5000
const busyShare = 0.8

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
  | 'flags'

/** Frames and what else is known of a round → its record. Warm-up phases are kept: findings leave them out. */
export function recordRound(frames: readonly Frame[], rest: Omit<RoundRecord, Computed>): RoundRecord {
  const lateness = mergeHistograms(frames.map((frame) => frame.lateness))
  const failures = addUp(frames.map((frame) => frame.failures))
  const faults = addUp(frames.map((frame) => frame.faults))
  const driverBusy = rest.durationMs > 0 ? total(frames, ({ busyMs }) => busyMs) / rest.durationMs : 0
  const flags = [
    ...(frames.length > 0 && percentileUs(decodeHistogram(lateness), 99) > lateP99Us ? ['driver late'] : []),
    ...(driverBusy > busyShare ? ['driver busy'] : []),
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
    driverBusy,
    flags,
  }
}

function total(frames: readonly Frame[], of: (frame: Frame) => number): number {
  return frames.reduce((sum, frame) => sum + of(frame), 0)
}

function addUp<Counts extends Readonly<Partial<Record<string, number>>>>(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {}
  for (const each of all) {
    for (const [name, count = 0] of Object.entries(each)) sum[name] = (sum[name] ?? 0) + count
  }
  return sum as Counts
}

function perSecond(frames: readonly Frame[]): readonly SecondRecord[] {
  // A frame belongs to the second in which most of it lies: it ends at atMs and is a quarter of a second long.
  const seconds = Map.groupBy(frames, ({ atMs }) => Math.floor(Math.max(0, atMs - 125) / 1000))
  return [...seconds].map(([at, group]) => ({ at, series: mergeSeries(group.flatMap(({ series }) => series)) }))
}

/** Series of one key become one: phase, mix entry, status and cache status. */
export function mergeSeries(series: readonly Series[]): readonly Series[] {
  const groups = Map.groupBy(series, ({ phase, mixIndex, status, cache }) => `${phase} ${mixIndex} ${status} ${cache}`)
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    count: group.reduce((sum, { count }) => sum + count, 0),
    bodyBytes: group.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0),
    latency: mergeHistograms(group.map(({ latency }) => latency)),
    service: mergeHistograms(group.map(({ service }) => service)),
  }))
}

function mergeSlots(slots: readonly Slot[]): readonly Slot[] {
  const groups = Map.groupBy(slots, ({ atMs, phase, client, status }) => `${atMs} ${phase} ${client} ${status}`)
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, count: group.reduce((sum, { count }) => sum + count, 0) }))
    .sort((a, b) => a.atMs - b.atMs || (a.client < b.client ? -1 : a.client > b.client ? 1 : a.status - b.status))
}
