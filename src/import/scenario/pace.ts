/** When requests came → phases with their rates. */
import { stretchesOf } from '../pacing/phases.ts'
import type { Seconds } from '../tally/seconds.ts'

export interface Pace {
  readonly phases: readonly { readonly forMs: number; readonly perSecond: number }[]
  /** Of the recording. */
  readonly secondsUsed: number
  readonly secondsThere: number
  readonly requestsUsed: number
  /** The highest rate that was asked for, where the driver would not keep it: then `mostPerSecond` stands for it. */
  readonly cappedFrom?: number
}

/** A round is ten minutes at most, its warm-up included. */
const mostMs = 590_000

/** What a driver sends on one core without being what is measured, with room (bench: capacity). */
export const mostPerSecond = 10_000

export function paceOf(seconds: Seconds, speed: number): Pace {
  const counts = seconds.busiest(Math.floor((mostMs / 1000) * speed))
  const wanted = stretchesOf(counts).map((each) => ({
    forMs: Math.max(1, Math.round((each.seconds * 1000) / speed)),
    perSecond: Math.max(0.01, (each.requests / each.seconds) * speed),
  }))
  const highest = Math.max(0, ...wanted.map(({ perSecond }) => perSecond))
  return {
    phases: wanted.map(({ forMs, perSecond }) => ({
      forMs,
      perSecond: Number(Math.min(perSecond, mostPerSecond).toPrecision(3)),
    })),
    secondsUsed: counts.length,
    secondsThere: Math.floor(seconds.lastMs / 1000) - Math.floor(seconds.firstMs / 1000) + 1,
    requestsUsed: counts.reduce((sum, count) => sum + count, 0),
    ...(highest > mostPerSecond ? { cappedFrom: Math.round(highest) } : {}),
  }
}
