import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeHistogram,
  encodeHistogram,
  type Histogram,
  newHistogram,
  packedSum,
  percentileUs,
  valuesUs,
} from '../../../src/traffic/measure/histogram.ts'
import { pack } from '../../../src/traffic/measure/packed.ts'

function of(values: readonly (readonly [us: number, count: number])[]): Histogram {
  const histogram = newHistogram()
  for (const [us, count] of values) histogram.recordValueWithCount(us, count)
  return histogram
}

const us = fc.oneof(fc.integer({ min: 1, max: 60_000_000 }), fc.integer({ min: 1, max: 3000 }))
const counted = fc.tuple(us, fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1_000_000 })))

describe('packed', () => {
  test('a histogram is what it was, at every percentile', () => {
    fc.assert(
      fc.property(fc.array(counted, { maxLength: 200 }), (values) => {
        const before = decodeHistogram(encodeHistogram(of(values)))
        const after = decodeHistogram(pack(of(values)))
        expect(after.totalCount).toBe(before.totalCount)
        for (const percentile of [0, 1, 10, 50, 90, 99, 99.9, 100])
          expect(percentileUs(after, percentile)).toBe(percentileUs(before, percentile))
      }),
    )
  })

  test('packed once more it has the same text', () => {
    fc.assert(
      fc.property(fc.array(counted, { maxLength: 50 }), (values) => {
        const text = pack(of(values))
        expect(pack(decodeHistogram(text))).toBe(text)
      }),
    )
  })

  test('sums are the same, whichever form the parts have', () => {
    const [one, other] = [of([[1200, 3]]), of([[40_000, 1]])]
    const sum = packedSum([encodeHistogram(one), pack(other)])
    expect(valuesUs(sum)).toEqual(valuesUs(packedSum([pack(one), encodeHistogram(other)])))
    expect(valuesUs(sum)).toHaveLength(4)
    expect(packedSum([sum])).toBe(sum)
    expect(packedSum([encodeHistogram(one)])).toBe(pack(one))
  })

  test('to two digits, a value is known to a hundredth', () => {
    fc.assert(
      fc.property(us, (value) => {
        const coarse = percentileUs(packedSum([pack(of([[value, 1]]))], 2), 50)
        expect(Math.abs(coarse - value) / value).toBeLessThan(0.01)
      }),
    )
  })

  test('of a dozen values it takes a third of what HdrHistogram takes', () => {
    const dozen = of(Array.from({ length: 12 }, (_, n) => [900 + n * n * 137, 1] as const))
    expect(pack(dozen).length * 3).toBeLessThan(encodeHistogram(dozen).length)
    expect(pack(newHistogram())).toHaveLength(5)
  })

  test('what was cut or has more than a histogram is refused', () => {
    const text = pack(
      of([
        [1200, 3],
        [40_000, 900],
        [59_000_000, 1],
      ]),
    )
    for (let length = 1; length < text.length - 4; length += 1) {
      expect(() => decodeHistogram(text.slice(0, length))).toThrow(RangeError)
    }
    expect(() => decodeHistogram(`${text.replace(/=*$/, '')}AAAA`)).toThrow(RangeError)
    expect(() => decodeHistogram('~////////')).toThrow(RangeError)
  })
})
