/** Counts what happens and hands it out as frames: deltas, so that memory does not grow with the run's length. */
import type { Phase } from '../scenario/scenario.ts'
import { encodeHistogram, type Histogram, newHistogram, recordMs } from './histogram.ts'
import type { FailureKind, Frame, Series, Slot } from './plan.ts'

interface OpenSeries {
  readonly phaseIndex: number
  readonly mixIndex: number
  readonly status: number
  readonly cache: string
  count: number
  bodyBytes: number
  readonly latency: Histogram
  readonly service: Histogram
}

export interface Tally {
  sent(latenessMs: number): void
  answered(
    phaseIndex: number,
    mixIndex: number,
    dueMs: number,
    status: number,
    cache: string,
    bytes: number,
    latencyMs: number,
    serviceMs: number,
  ): void
  failed(kind: FailureKind): void
  connected(): void
  /** Time spent in the driver's own handlers. */
  busy(ms: number): void
  /** What happened since the last frame. */
  frame(atMs: number, inFlight: number): Frame
}

export function openTally(phases: readonly Phase[]): Tally {
  // By class, then a short list: a class rarely has more than three kinds of answers, and a Map of strings costs more.
  const classes: OpenSeries[][][] = phases.map(({ mix }) => mix.map(() => []))
  let slots = new Map<string, { -readonly [Key in keyof Slot]: Slot[Key] }>()
  let lateness = newHistogram()
  let sent = 0
  let answered = 0
  let connected = 0
  let busyMs = 0
  let failures: Partial<Record<FailureKind, number>> = {}
  let lastSlot: { -readonly [Key in keyof Slot]: Slot[Key] } | undefined

  function seriesOf(phaseIndex: number, mixIndex: number, status: number, cache: string): OpenSeries {
    const list = classes[phaseIndex]![mixIndex]!
    for (const series of list) if (series.status === status && series.cache === cache) return series
    const series = {
      phaseIndex,
      mixIndex,
      status,
      cache,
      count: 0,
      bodyBytes: 0,
      latency: newHistogram(),
      service: newHistogram(),
    }
    list.push(series)
    return series
  }

  function count(phaseIndex: number, mixIndex: number, dueMs: number, status: number): void {
    const atMs = Math.floor(dueMs / 100) * 100
    const { phase, mix } = phases[phaseIndex]!
    const { client } = mix[mixIndex]!
    if (
      lastSlot?.atMs === atMs &&
      lastSlot.status === status &&
      lastSlot.client === client &&
      lastSlot.phase === phase
    ) {
      lastSlot.count += 1
      return
    }
    const key = `${atMs} ${phase} ${client} ${status}`
    lastSlot = slots.get(key)
    if (!lastSlot) {
      lastSlot = { atMs, phase, client, status, count: 0 }
      slots.set(key, lastSlot)
    }
    lastSlot.count += 1
  }

  return {
    sent: (latenessMs) => {
      sent += 1
      recordMs(lateness, latenessMs)
    },
    answered: (phaseIndex, mixIndex, dueMs, status, cache, bytes, latencyMs, serviceMs) => {
      answered += 1
      const series = seriesOf(phaseIndex, mixIndex, status, cache)
      series.count += 1
      series.bodyBytes += bytes
      recordMs(series.latency, latencyMs)
      recordMs(series.service, serviceMs)
      count(phaseIndex, mixIndex, dueMs, status)
    },
    failed: (kind) => {
      failures[kind] = (failures[kind] ?? 0) + 1
    },
    connected: () => {
      connected += 1
    },
    busy: (ms) => {
      busyMs += ms
    },
    frame: (atMs, inFlight) => {
      const series = classes.flat(2).filter((each) => each.count > 0)
      const frame: Frame = {
        atMs,
        sent,
        answered,
        inFlight,
        series: series.map((each) => closed(each, phases)),
        slots: [...slots.values()],
        lateness: encodeHistogram(lateness),
        failures,
        busyMs,
        connected,
      }
      for (const each of series) {
        each.count = 0
        each.bodyBytes = 0
        each.latency.reset()
        each.service.reset()
      }
      slots = new Map()
      lastSlot = undefined
      lateness = newHistogram()
      failures = {}
      sent = answered = connected = busyMs = 0
      return frame
    },
  }
}

function closed(each: OpenSeries, phases: readonly Phase[]): Series {
  const { phase, mix } = phases[each.phaseIndex]!
  return {
    phase,
    mixIndex: each.mixIndex,
    client: mix[each.mixIndex]!.client,
    status: each.status,
    cache: each.cache,
    count: each.count,
    bodyBytes: each.bodyBytes,
    latency: encodeHistogram(each.latency),
    service: encodeHistogram(each.service),
  }
}
