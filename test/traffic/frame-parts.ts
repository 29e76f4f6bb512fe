/** Frames as a driver makes them, with what a test wants in them. */
import { encodeHistogram, newHistogram, recordMs } from '../../src/traffic/measure/histogram.ts'
import type { Frame, Series } from '../../src/traffic/plan.ts'

/** Of durations in milliseconds. */
export function histogram(...ms: readonly number[]): string {
  const built = newHistogram()
  for (const each of ms) recordMs(built, each)
  return encodeHistogram(built)
}

/** Answers that took so many milliseconds each. */
export const seriesOf = (ms: readonly number[], more: Partial<Series> = {}): Series => ({
  phase: 'steady',
  mixIndex: 0,
  client: 'web',
  status: 200,
  cache: '',
  count: ms.length,
  bodyBytes: ms.length * 10,
  latency: histogram(...ms),
  service: histogram(...ms),
  ...more,
})

export const frameOf = (atMs: number, more: Partial<Frame> = {}): Frame => ({
  atMs,
  sent: 2,
  answered: 2,
  inFlight: 0,
  series: [],
  slots: [],
  lateness: histogram(0.01),
  failures: {},
  faults: {},
  busyMs: 10,
  connected: 1,
  ...more,
})
