/** Synthetic slices for tests: every figure known, everything else as on a quiet machine. */
import type { SliceRecord, SlicesRecord } from '../../../src/measurement/slices/slice-record.ts'

export function sliceOf(label: string, start: number, block: number, more: Partial<SliceRecord> = {}): SliceRecord {
  return {
    label,
    start,
    block,
    position: 0,
    atMs: 1000 * start + 100 * block,
    durationMs: 100,
    sent: 3,
    connected: 0,
    answers: [{ class: 0, latencyUs: [300, 400, 500] }],
    failures: {},
    cpuNs: null,
    driverBusy: 0.1,
    lateP99Us: 5,
    flags: [],
    ...more,
  }
}

/** Class 0 are answers of 200 to the steady phase; class 1 the same from a cache, class 2 refusals. */
export function slicesOf(slices: readonly SliceRecord[]): SlicesRecord {
  const answer = { phase: 'steady', mixIndex: 0, client: 'web' }
  return {
    effort: 'default',
    sliceMs: 100,
    precision: 0.05,
    budgetMs: 60_000,
    looks: [4],
    stopped: 'All 4 planned starts are measured.',
    classes: [
      { ...answer, status: 200, cache: '' },
      { ...answer, status: 200, cache: 'HIT' },
      { ...answer, status: 401, cache: '' },
    ],
    slices,
  }
}
