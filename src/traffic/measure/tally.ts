/** Counts what happens and hands it out as deltas, so that memory does not grow with the length of a run. */

import type { FailureKind } from '../../http/failure.ts'
import type { Request } from '../../http/request.ts'
import type { Phase } from '../../scenario/scenario.ts'
import type { Outgoing } from '../http/pool.ts'
import type { ResponseHead } from '../http/response-head.ts'
import type { Frame, Sampling, Series, Slot } from '../plan.ts'
import { type Histogram, newHistogram, recordMs } from './histogram.ts'
import { type AnswerClass, addToCapture, type Capture, openSamples, type Samples } from './samples.ts'

const slotMs = 100
/** A target that makes up cache words must not fill the memory: the rest goes under one. */
const maxSeriesPerEntry = 64
const otherCacheWord = 'OTHER'

/** A request with what its counting needs. */
export interface Counted extends Outgoing {
  readonly path: string
  /** As `dueAt`, but from the start of the run, exactly as scheduled: a burst at 500 ms belongs to the slot at 500. */
  readonly dueMs: number
  readonly phaseIndex: number
  readonly mixIndex: number
  series: OpenSeries | null
  capture: Capture | null
}

export interface OpenSeries {
  readonly key: Pick<Series, 'phase' | 'mixIndex' | 'client' | 'status' | 'cache'>
  readonly answerClass: AnswerClass
  count: number
  bodyBytes: number
  /** Null until something is recorded in this frame. */
  latency: Histogram | null
  service: Histogram | null
  slot: OpenSlot | null
}
type OpenSlot = { -readonly [Key in keyof Slot]: Slot[Key] }

/** A frame whose histograms are still to be written out (frames.ts). */
export interface RawFrame extends Omit<Frame, 'series' | 'lateness'> {
  readonly series: readonly (Omit<Series, 'latency' | 'service'> & {
    readonly latency: Histogram
    readonly service: Histogram
  })[]
  readonly lateness: Histogram
}

export interface Tally {
  /** The driver came to a request this long after it was due. Waiting for a free connection is not in it. */
  late(ms: number): void
  sent(): void
  /** True where the body is wanted for a sample. */
  head(request: Counted, head: ResponseHead, data: Buffer, from: number, end: number): boolean
  body(request: Counted, data: Buffer, from: number, end: number): void
  answered(request: Counted, bodyBytes: number, at: number): void
  /** `why`: one of the parser's few sentences, or ''. */
  failed(request: Counted, kind: FailureKind, why: string): void
  connected(): void
  /** Bytes came that no request had asked for. */
  unasked(): void
  /** Time spent in the driver's own handlers. */
  busy(ms: number): void
  /** What happened since it was last asked. Its histograms are handed back to `recycle` when they are written. */
  take(now: number, inFlight: number): RawFrame
  recycle(histogram: Histogram): void
  readonly samples: Samples['kept']
}

/** `startedAt`: the `performance.now()` that frames and slots count from. */
export function openTally(phases: readonly Phase[], startedAt: number, sampling: Sampling = 'first'): Tally {
  // A class of requests rarely has more than three kinds of answers: a short list is faster than a Map of strings.
  const series: OpenSeries[][][] = phases.map(({ mix }) => mix.map(() => []))
  const answerClasses = new Map<string, AnswerClass>()
  const samples = openSamples()
  const everyBodyOf = typeof sampling === 'object' ? sampling.everyBodyOf : []
  const spare: Histogram[] = []
  let slots = new Map<AnswerClass, OpenSlot[]>()
  let lateness = newHistogram()
  let counters = newCounters()

  function seriesOf(request: Counted, status: number, cache: string): OpenSeries {
    const list = series[request.phaseIndex]![request.mixIndex]!
    for (const each of list) if (each.key.status === status && each.key.cache === cache) return each
    if (list.length >= maxSeriesPerEntry && cache !== otherCacheWord) return seriesOf(request, status, otherCacheWord)
    const { phase, mix } = phases[request.phaseIndex]!
    const { client, path } = mix[request.mixIndex]!
    const answerClass = classOf(phase, client, status, everyBodyOf.includes(path))
    const key = { phase, mixIndex: request.mixIndex, client, status, cache }
    const added = { key, answerClass, count: 0, bodyBytes: 0, latency: null, service: null, slot: null }
    list.push(added)
    return added
  }

  function sentAs({ phaseIndex, mixIndex, path }: Counted): Request {
    const { method, headers, body } = phases[phaseIndex]!.mix[mixIndex]!
    return { method, path, headers, ...(body === undefined ? {} : { body }) }
  }

  function classOf(phase: string, client: string, status: number, everyBody: boolean): AnswerClass {
    const name = JSON.stringify([phase, client, status, everyBody])
    const known = answerClasses.get(name)
    if (known) return known
    const added = { phase, client, status, everyBody, sampled: sampling === 'none', bodies: new Map() }
    answerClasses.set(name, added)
    return added
  }

  function slotOf(each: OpenSeries, dueMs: number): OpenSlot {
    const atMs = Math.floor(dueMs / slotMs) * slotMs
    if (each.slot?.atMs === atMs) return each.slot
    const list = slots.get(each.answerClass) ?? []
    if (list.length === 0) slots.set(each.answerClass, list)
    let slot = list.findLast((open) => open.atMs === atMs)
    if (!slot) {
      const { phase, client, status } = each.answerClass
      slot = { atMs, phase, client, status, count: 0 }
      list.push(slot)
    }
    each.slot = slot
    return slot
  }

  function count(kind: FailureKind): void {
    counters.failures[kind] = (counters.failures[kind] ?? 0) + 1
  }

  const fresh = (): Histogram => spare.pop() ?? newHistogram()

  return {
    late: (ms) => recordMs(lateness, ms),
    sent: () => {
      counters.sent += 1
    },
    head: (request, head, data, from, end) => {
      const found = seriesOf(request, head.status, head.cache)
      request.series = found
      if (found.answerClass.sampled) return false
      request.capture = samples.begin(found.answerClass, sentAs(request), data, from, end)
      return request.capture !== null
    },
    body: (request, data, from, end) => {
      if (request.capture) addToCapture(request.capture, data, from, end)
    },
    answered: (request, bodyBytes, at) => {
      const found = request.series!
      counters.answered += 1
      found.count += 1
      found.bodyBytes += bodyBytes
      found.latency ??= fresh()
      found.service ??= fresh()
      recordMs(found.latency, at - request.dueAt)
      recordMs(found.service, at - request.sentAt)
      slotOf(found, request.dueMs).count += 1
      if (request.capture) samples.keep(request.capture)
    },
    failed: (request, kind, why) => {
      count(kind)
      if (why !== '') counters.faults[why] = (counters.faults[why] ?? 0) + 1
      if (request.capture) samples.drop(request.capture)
    },
    unasked: () => count('surplus'),
    connected: () => {
      counters.connected += 1
    },
    busy: (ms) => {
      counters.busyMs += ms
    },
    take: (now, inFlight) => {
      const active = series.flat(2).filter(({ count }) => count > 0)
      const taken = active.map((each) => ({
        ...each.key,
        count: each.count,
        bodyBytes: each.bodyBytes,
        latency: each.latency!,
        service: each.service!,
      }))
      const frame = {
        atMs: now - startedAt,
        inFlight,
        ...counters,
        series: taken,
        slots: [...slots.values()].flat(),
        lateness,
      }
      for (const each of series.flat(2)) {
        each.count = each.bodyBytes = 0
        each.latency = each.service = each.slot = null
      }
      slots = new Map()
      lateness = fresh()
      counters = newCounters()
      return frame
    },
    recycle: (histogram) => {
      histogram.reset()
      spare.push(histogram)
    },
    samples: samples.kept,
  }
}

function newCounters() {
  const failures: Partial<Record<FailureKind, number>> = {}
  const faults: Record<string, number> = {}
  return { sent: 0, answered: 0, failures, faults, busyMs: 0, connected: 0 }
}
