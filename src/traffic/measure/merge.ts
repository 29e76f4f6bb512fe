/** The sum of frames, series and slots. Nothing is lost: counts are summed, histograms merged bucket by bucket. */

import type { EncodedHistogram, Frame, Series, Slot } from '../plan.ts'
import { mergeHistograms } from './histogram.ts'

/** What a round asked of one driver. */
export interface DriverLoad {
  /** Milliseconds spent in its own handlers. */
  readonly busyMs: number
  readonly lateness: EncodedHistogram
}

export function loadOf(frames: readonly Frame[]): DriverLoad {
  return {
    busyMs: total(frames, ({ busyMs }) => busyMs),
    lateness: mergeHistograms(frames.map(({ lateness }) => lateness)),
  }
}

/** Frames of several drivers that end at about the same time as one, which ends with the last of them. */
export function mergeFrames(frames: readonly Frame[]): Frame {
  if (frames.length === 1) return frames[0]!
  return {
    ...loadOf(frames),
    atMs: Math.max(...frames.map(({ atMs }) => atMs)),
    sent: total(frames, ({ sent }) => sent),
    answered: total(frames, ({ answered }) => answered),
    inFlight: total(frames, ({ inFlight }) => inFlight),
    connected: total(frames, ({ connected }) => connected),
    series: mergeSeries(frames.flatMap(({ series }) => series)),
    slots: mergeSlots(frames.flatMap(({ slots }) => slots)),
    failures: addUp(frames.map(({ failures }) => failures)),
    faults: addUp(frames.map(({ faults }) => faults)),
  }
}

export function total<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

export function addUp<Counts extends Readonly<Partial<Record<string, number>>>>(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {}
  for (const each of all) {
    for (const [name, count = 0] of Object.entries(each)) sum[name] = (sum[name] ?? 0) + count
  }
  return sum as Counts
}

/** Series with the same are of one class: phase, mix entry, status and cache status. */
export function classOf({ phase, mixIndex, status, cache }: Series): string {
  return `${phase} ${mixIndex} ${status} ${cache}`
}

/** Series of one class become one. `sum`: of histograms. */
export function mergeSeries(
  series: readonly Series[],
  sum: (encoded: readonly EncodedHistogram[]) => EncodedHistogram = mergeHistograms,
): readonly Series[] {
  const groups = Map.groupBy(series, classOf)
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    count: total(group, ({ count }) => count),
    bodyBytes: total(group, ({ bodyBytes }) => bodyBytes),
    latency: sum(group.map(({ latency }) => latency)),
    service: sum(group.map(({ service }) => service)),
  }))
}

/** In order of time, then client and status. */
export function mergeSlots(slots: readonly Slot[]): readonly Slot[] {
  const groups = Map.groupBy(slots, ({ atMs, phase, client, status }) => `${atMs} ${phase} ${client} ${status}`)
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, count: total(group, ({ count }) => count) }))
    .sort((a, b) => a.atMs - b.atMs || (a.client < b.client ? -1 : a.client > b.client ? 1 : a.status - b.status))
}
