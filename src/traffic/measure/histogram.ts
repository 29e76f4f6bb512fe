/**
 * Histograms of microseconds: 1 µs to 60 s with three digits, as text: in frames as HdrHistogram writes them, in records
 * packed. Merging loses nothing, but where fewer digits are asked for.
 */
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'
import type { EncodedHistogram } from '../plan.ts'
import { type Digits, isPacked, pack, unpacked } from './packed.ts'

export type { Histogram } from 'hdr-histogram-js'

const highest = 60_000_000

export function newHistogram(digits: Digits = 3): Histogram {
  return build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: highest,
    numberOfSignificantValueDigits: digits,
  })
}

/** Records a duration in milliseconds; what is longer than the range counts as its end. */
export function recordMs(histogram: Histogram, ms: number): void {
  const us = Math.round(ms * 1000)
  histogram.recordValue(Math.min(Math.max(us, 1), highest))
}

export function encodeHistogram(histogram: Histogram): EncodedHistogram {
  return encodeIntoCompressedBase64(histogram)
}

/** Of either form. Throws where it is neither. */
export function decodeHistogram(encoded: EncodedHistogram): Histogram {
  return isPacked(encoded) ? unpacked(encoded, newHistogram) : decodeFromCompressedBase64(encoded, 32, false)
}

/** The sum of all: a new histogram. */
export function sumHistograms(encoded: readonly EncodedHistogram[]): Histogram {
  const sum = newHistogram()
  for (const each of encoded) sum.add(decodeHistogram(each))
  return sum
}

export function mergeHistograms(encoded: readonly EncodedHistogram[]): EncodedHistogram {
  return encoded.length === 1 ? encoded[0]! : encodeHistogram(sumHistograms(encoded))
}

/** The sum of all, as records keep it: packed. */
export function packedSum(encoded: readonly EncodedHistogram[], digits: Digits = 3): EncodedHistogram {
  const sum = newHistogram(digits)
  for (const each of encoded) sum.add(decodeHistogram(each))
  return pack(sum)
}

/** How many values were recorded. */
export function countOf(encoded: EncodedHistogram): number {
  return decodeHistogram(encoded).totalCount
}

/** Value at a percentile (0–100), microseconds; NaN for an empty one. */
export function percentileUs(histogram: Histogram | EncodedHistogram, percentile: number): number {
  const decoded = typeof histogram === 'string' ? decodeHistogram(histogram) : histogram
  return decoded.totalCount === 0 ? Number.NaN : decoded.getValueAtPercentile(percentile)
}

/** Every value that was recorded, microseconds to three digits, ascending. */
export function valuesUs(encoded: EncodedHistogram): readonly number[] {
  const decoded = decodeHistogram(encoded)
  const count = decoded.totalCount
  // Inside the share of each value: no rounding makes it its neighbour's.
  return Array.from({ length: count }, (_, at) => decoded.getValueAtPercentile(((at + 0.75) / count) * 100))
}
