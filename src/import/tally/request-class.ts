/** What is known of the requests of one route and method. */
import { build, type Histogram } from 'hdr-histogram-js'
import { type Distinct, newDistinct } from '../paths/distinct.ts'
import type { ClientKind } from './clients.ts'

export interface RequestClass {
  count: number
  readonly statuses: Map<number, number>
  readonly clients: Map<ClientKind, number>
  /** Bytes of answers; of requests; how long answers took, in milliseconds. Absent where the recording does not say. */
  bytes?: Histogram
  sentBytes?: Histogram
  tookMs?: Histogram
  /** Names in queries that are words, and how many requests had them. */
  readonly queryNames: Map<string, number>
  readonly different: Distinct
}

export function newRequestClass(): RequestClass {
  return { count: 0, statuses: new Map(), clients: new Map(), queryNames: new Map(), different: newDistinct() }
}

export function addOne<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

const histograms = ['bytes', 'sentBytes', 'tookMs'] as const

/** A negative value is none. Two digits are more than a body’s size in a scenario has. */
export function record(into: RequestClass, what: (typeof histograms)[number], value: number): void {
  if (!(value >= 0)) return
  into[what] ??= newHistogram()
  into[what].recordValue(Math.min(Math.round(value), largest))
}

const largest = 2 ** 30

function newHistogram(): Histogram {
  return build({ bitBucketSize: 32, autoResize: true, highestTrackableValue: 2048, numberOfSignificantValueDigits: 2 })
}

export function mergeClasses(into: RequestClass, from: RequestClass): void {
  into.count += from.count
  for (const [status, count] of from.statuses) addOne(into.statuses, status, count)
  for (const [kind, count] of from.clients) addOne(into.clients, kind, count)
  for (const [name, count] of from.queryNames) addOne(into.queryNames, name, count)
  into.different.merge(from.different)
  for (const what of histograms) {
    if (!from[what]) continue
    into[what] ??= newHistogram()
    into[what].add(from[what])
  }
}
