/** Writes frames out while requests go on: one histogram per turn of the event loop, so that none of them waits long. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EncodedHistogram, Frame, Series } from '../plan.ts'
import { encodeHistogram, type Histogram } from './histogram.ts'
import type { Tally } from './tally.ts'

const frameMs = 250

export interface Frames {
  /** Writes the last frame and stops. */
  finish(): Promise<void>
}

export function startFrames(tally: Tally, inFlight: () => number, onFrame: (frame: Frame) => void): Frames {
  // Frames follow each other, however long one takes.
  let last = Promise.resolve()

  async function encode(histogram: Histogram): Promise<EncodedHistogram> {
    await nextTurn()
    const before = performance.now()
    const encoded = encodeHistogram(histogram)
    tally.recycle(histogram)
    tally.busy(performance.now() - before)
    return encoded
  }

  async function write(): Promise<void> {
    const raw = tally.take(performance.now(), inFlight())
    const series: Series[] = []
    for (const each of raw.series) {
      series.push({ ...each, latency: await encode(each.latency), service: await encode(each.service) })
    }
    onFrame({ ...raw, series, lateness: await encode(raw.lateness) })
  }

  const ticker = setInterval(() => {
    last = last.then(write)
  }, frameMs)

  return {
    finish: async () => {
      clearInterval(ticker)
      await last.then(write)
    },
  }
}
