import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  decodeHistogram,
  encodeHistogram,
  mergeHistograms,
  newHistogram,
  percentileUs,
  recordMs,
} from '../../../src/traffic/measure/histogram.ts'

const milliseconds = fc.array(fc.double({ min: 0, max: 70_000, noNaN: true }), { minLength: 1, maxLength: 60 })

function histogramOf(values: readonly number[]) {
  const histogram = newHistogram()
  for (const value of values) recordMs(histogram, value)
  return histogram
}

it('loses nothing when written, read and merged', () => {
  fc.assert(
    fc.property(fc.array(milliseconds, { minLength: 1, maxLength: 4 }), (parts) => {
      const merged = decodeHistogram(mergeHistograms(parts.map((part) => encodeHistogram(histogramOf(part)))))
      const whole = histogramOf(parts.flat())
      expect(merged.totalCount).toBe(whole.totalCount)
      for (const percentile of [0, 1, 25, 50, 90, 99, 99.9, 100]) {
        expect(percentileUs(merged, percentile)).toBe(percentileUs(whole, percentile))
      }
    }),
    { numRuns: 50 },
  )
})

it('tells percentiles within a thousandth, of a histogram or its text', () => {
  const histogram = histogramOf(Array.from({ length: 1000 }, (_, index) => index + 1))
  expect(percentileUs(histogram, 50) / 500_000).toBeCloseTo(1, 2)
  expect(percentileUs(encodeHistogram(histogram), 99)).toBe(percentileUs(histogram, 99))
  expect(percentileUs(newHistogram(), 50)).toBeNaN()
})

it('counts what is out of range at its ends', () => {
  const histogram = histogramOf([-5, 0, 1e9])
  expect(histogram.totalCount).toBe(3)
  expect(percentileUs(histogram, 1)).toBe(1)
  expect(percentileUs(histogram, 100) / 60_000_000).toBeCloseTo(1, 2)
})
