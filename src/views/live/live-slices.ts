/** What the slices of one system add up to while its scenario is measured. */
import type { KnownInterval, SliceFigures } from '../../experiment/events.ts'

export interface LiveSlices {
  readonly sent: number
  /** Median over the medians of its slices, of answers below 400; NaN before there is one. */
  readonly p50Ms: number
  /** Median over its slices; NaN where nobody tells. */
  readonly cpuUs: number
  /** Requests without an answer, and answers that the scenario does not expect. */
  readonly errors: number
  /** Slices that are doubtful, those that were measured again left out. */
  readonly flagged: number
  /** Ratios so far; absent before there is an interval. */
  readonly p50?: KnownInterval
  readonly cpu?: KnownInterval
}

export interface SlicesTally {
  add(slice: SliceFigures): void
  know(interval: KnownInterval): void
  read(): LiveSlices
}

export function slicesTally(): SlicesTally {
  const p50s: number[] = []
  const cpus: number[] = []
  const known: { p50?: KnownInterval; cpu?: KnownInterval } = {}
  let [sent, errors, flagged] = [0, 0, 0]
  return {
    add(slice) {
      sent += slice.sent
      errors += slice.failed + slice.unexpected.reduce((sum, [, count]) => sum + count, 0)
      if (slice.flags.length > 0) flagged += 1
      if (slice.p50Us !== null) p50s.push(slice.p50Us / 1000)
      if (slice.cpuUsPerAnswer !== null) cpus.push(slice.cpuUsPerAnswer)
    },
    know(interval) {
      known[interval.metric] = interval
    },
    read: () => ({ sent, p50Ms: medianOf(p50s), cpuUs: medianOf(cpus), errors, flagged, ...known }),
  }
}

/** NaN of none. */
function medianOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return (sorted[Math.floor(half - 0.5)]! + sorted[Math.floor(half)]!) / 2
}
