/**
 * What makes a measured piece of traffic doubtful: every rule, fixed before any run. A flag is listed with what it is
 * about, and a slice that has one is measured once more.
 *
 * Thermal drift is no matter of one slice: `slices/drift.ts` holds the last slices of a system against its first, and the
 * findings say so.
 */
import type { Failures } from '../http/failure.ts'

/** A driver that spends more of its time in its own handlers measures itself. Share, 0–1. */
export const maxBusy = 0.6
/** How late it may come to one request in a hundred, and to more than `fewLate`, microseconds. */
export const maxLateUs = 5000
/** So many late ones are a hiccup: in a slice of fifty requests one in a hundred is none but the very latest. */
const fewLate = 3
/** CPU that the hypervisor gave to others, as a share of the time of the cores in use, 0–1. */
export const maxStolen = 0.1
/** The kernel counts stolen time in ticks of 10 ms: one may have been due before the slice began. */
const leastStolenMs = 20

/** What the machine did to a piece of traffic meanwhile. */
export interface Disturbance {
  /** CPU time that others got of the cores in use, milliseconds. */
  readonly stolenMs: number
  /** The same cores’ time in all, milliseconds. */
  readonly coreMs: number
  /** How often a limit of a control group held processes back, or heat the processor. */
  readonly throttled: number
}

export interface Watched {
  readonly driverBusy: number
  /** How late it came at the percentile that `latePercentile` says, microseconds. */
  readonly lateUs: number
  readonly failures: Failures
  /** Answers that their line of the mix does not expect. */
  readonly unexpected: number
  readonly disturbance: Disturbance
}

/**
 * The percentile (0–100) of lateness that is held against `maxLateUs`: p99, or where so few requests were sent that a few
 * of them are more than one in a hundred, what all but those few kept within.
 */
export function latePercentile(requests: number): number {
  return Math.max(0, Math.min(99, 100 * (1 - fewLate / requests)))
}

/** In words; empty for most. */
export function flagsOf({ driverBusy, lateUs, failures, unexpected, disturbance }: Watched): readonly string[] {
  const { stolenMs, coreMs, throttled } = disturbance
  const isStolen = stolenMs >= leastStolenMs && stolenMs > coreMs * maxStolen
  return [
    ...(lateUs > maxLateUs ? ['driver late'] : []),
    ...(driverBusy > maxBusy ? ['driver busy'] : []),
    ...(isStolen ? ['CPU stolen'] : []),
    ...(throttled > 0 ? ['CPU throttled'] : []),
    ...(failures.local ? ['this machine ran out'] : []),
    ...(Object.entries(failures).some(([kind, count]) => kind !== 'local' && count > 0) ? ['requests failed'] : []),
    ...(unexpected > 0 ? ['unexpected answers'] : []),
  ]
}

/**
 * Whether a flagged slice is measured once more: once at most, and not where the same system was flagged alike in the
 * block before. That does not pass, and repeating it would take the others' time.
 */
export function isRepeated(flags: readonly string[], before: readonly string[]): boolean {
  return flags.some((flag) => !before.includes(flag))
}
