/** One system of a run while it happens: its state, its proof, and the figures of its latest round. */

import type { KnownInterval, SliceFigures } from '../../experiment/events.ts'
import { unansweredOf } from '../../http/failure.ts'
import { isNoRefusal, type StatusCounts } from '../../measurement/expected-answers.ts'
import type { ProbeRecord, RoundRecord } from '../../measurement/run-record.ts'
import { fromCacheWords } from '../../policy/policy.ts'
import { type Histogram, newHistogram, percentileUs, sumHistograms } from '../../traffic/measure/histogram.ts'
import type { Frame } from '../../traffic/plan.ts'
import { type LiveSlices, type SlicesTally, slicesTally } from './live-slices.ts'

export type LiveState = 'waiting' | 'starting' | 'proving' | 'measuring' | 'done' | 'failed' | 'unavailable'

export interface LiveRow {
  readonly label: string
  /** The system that this is once more, as the noise floor. */
  readonly duplicateOf?: string
  readonly state: LiveState
  readonly version: string | null
  /** Why it failed or is unavailable, and what would change that; empty otherwise. */
  readonly reason: string
  readonly remedy: string
  readonly logTail: string
  readonly proof: readonly ProbeRecord[]
  /** Of the latest round, warm-up included; null before the first one. */
  readonly figures: LiveFigures | null
  /** Of all slices so far; null where its scenario is measured in another way, and before the first one. */
  readonly slices: LiveSlices | null
  /** p50 of each quarter of a second of that round, or of each slice; null where nothing was answered. */
  readonly points: readonly (readonly [seconds: number, ms: number | null])[]
}

export interface LiveFigures {
  /** From 0. */
  readonly round: number
  readonly sent: number
  /** Of answers below 400: a refusal is quick. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers by the first digit of their status: `{2: 900, 4: 3}`. */
  readonly classes: Readonly<Record<number, number>>
  /** Requests without an answer. */
  readonly failures: number
  /** Those of them for which this machine ran out of descriptors, ports or memory. */
  readonly ownFailures: number
  /** Answers that the scenario does not expect. */
  readonly unexpected: number
  /** Share of the answers that say where they come from; null where none does. */
  readonly fromCache: number | null
  /** The origins' own count, known when the round is over. */
  readonly originSaw: number | null
}

/** Collects what happens to one system. `read` gives the same object until something changed. */
export interface RowKeeper {
  becomes(state: LiveState, more?: Partial<Pick<LiveRow, 'reason' | 'remedy' | 'logTail' | 'version'>>): void
  proved(probe: ProbeRecord): void
  roundStarts(index: number): void
  frame(index: number, frame: Frame, unexpected: StatusCounts): void
  roundEnds(round: RoundRecord): void
  slice(slice: SliceFigures, atMs: number): void
  know(interval: KnownInterval): void
  read(): LiveRow
}

interface Tally {
  readonly round: number
  sent: number
  latency: Histogram
  readonly classes: Map<number, number>
  failures: number
  ownFailures: number
  unexpected: number
  asked: number
  kept: number
  originSaw: number | null
  readonly points: (readonly [number, number | null])[]
}

export function rowKeeper(label: string, duplicateOf?: string): RowKeeper {
  let about: Pick<LiveRow, 'state' | 'reason' | 'remedy' | 'logTail' | 'version'> = {
    state: 'waiting',
    reason: '',
    remedy: '',
    logTail: '',
    version: null,
  }
  let proof: readonly ProbeRecord[] = []
  let tally: Tally | null = null
  let slices: SlicesTally | null = null
  const points: (readonly [seconds: number, ms: number | null])[] = []
  let row: LiveRow | null = null

  const tallyOf = (index: number): Tally => {
    if (tally?.round !== index) tally = newTally(index)
    row = null
    return tally
  }
  return {
    becomes(state, more = {}) {
      about = { ...about, ...more, state }
      row = null
    },
    proved(probe) {
      proof = [...proof, probe]
      row = null
    },
    roundStarts(index) {
      tallyOf(index)
    },
    frame(index, frame, unexpected) {
      addFrame(tallyOf(index), frame)
      for (const [, count] of unexpected) tallyOf(index).unexpected += count
    },
    roundEnds(round) {
      tallyOf(round.index).originSaw = round.origins.reduce((sum, { requests }) => sum + requests, 0)
    },
    slice(slice, atMs) {
      slices ??= slicesTally()
      slices.add(slice)
      points.push([Math.round(atMs / 10) / 100, slice.p50Us === null ? null : slice.p50Us / 1000])
      row = null
    },
    know(interval) {
      slices ??= slicesTally()
      slices.know(interval)
      row = null
    },
    read() {
      row ??= {
        label,
        ...(duplicateOf === undefined ? {} : { duplicateOf }),
        ...about,
        proof,
        figures: tally && figuresOf(tally),
        slices: slices?.read() ?? null,
        points: [...(tally?.points ?? points)],
      }
      return row
    },
  }
}

function newTally(round: number): Tally {
  return {
    round,
    sent: 0,
    latency: newHistogram(),
    classes: new Map(),
    failures: 0,
    ownFailures: 0,
    unexpected: 0,
    asked: 0,
    kept: 0,
    originSaw: null,
    points: [],
  }
}

function addFrame(tally: Tally, frame: Frame): void {
  tally.sent += frame.sent
  const latency = sumHistograms(frame.series.filter(isNoRefusal).map((series) => series.latency))
  tally.latency.add(latency)
  const us = percentileUs(latency, 50)
  // Frames end some microseconds after the quarter of a second.
  tally.points.push([Math.round(frame.atMs / 10) / 100, Number.isFinite(us) ? us / 1000 : null])
  for (const { status, cache, count } of frame.series) {
    const kind = Math.floor(status / 100)
    tally.classes.set(kind, (tally.classes.get(kind) ?? 0) + count)
    if (cache !== '') tally.asked += count
    if (fromCacheWords.includes(cache)) tally.kept += count
  }
  tally.failures += unansweredOf(frame.failures)
  tally.ownFailures += frame.failures.local ?? 0
}

function figuresOf(tally: Tally): LiveFigures {
  const { round, sent, latency, classes, failures, ownFailures, unexpected, asked, kept, originSaw } = tally
  return {
    round,
    sent,
    p50Ms: percentileUs(latency, 50) / 1000,
    p99Ms: percentileUs(latency, 99) / 1000,
    classes: Object.fromEntries(classes),
    failures,
    ownFailures,
    unexpected,
    fromCache: asked === 0 ? null : kept / asked,
    originSaw,
  }
}
