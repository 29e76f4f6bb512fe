import fc from 'fast-check'
import { expect, test } from 'vitest'
import { welch } from '../../src/statistics/welch.ts'

/** Student’s sleep data (Cushny and Peebles 1905), as R’s t.test documents them. */
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

test('the published example: t = −1.8608, 17.776 degrees of freedom, p = 0.07939', () => {
  const { shift, low, high, p } = welch(first, second)!
  expect(shift).toBeCloseTo(1.58, 10)
  expect(low).toBeCloseTo(-0.2054832, 6)
  expect(high).toBeCloseTo(3.3654832, 6)
  expect(p).toBeCloseTo(0.07939, 5)
})

test('one-sided: half of the two-sided p beyond no shift, and its complement on the other side', () => {
  const { p, pBeyond } = welch(first, second)!
  expect(pBeyond(0, 'above')).toBeCloseTo(p / 2, 10)
  expect(pBeyond(0, 'below')).toBeCloseTo(1 - p / 2, 10)
  expect(pBeyond(1.58, 'above')).toBeCloseTo(0.5, 10)
})

test('of two values nobody knows how they scatter; of equal ones everybody does', () => {
  expect(welch([1, 2], [1, 2, 3])).toBeUndefined()
  expect(welch([2, 2, 2], [2, 2, 2])).toMatchObject({ shift: 0, low: 0, high: 0, p: 1 })
  expect(welch([2, 2, 2], [3, 3, 3])).toMatchObject({ shift: 1, p: 0 })
})

const sample = fc
  .array(fc.integer({ min: -3000, max: 3000 }), { minLength: 3, maxLength: 12 })
  .map((values) => values.map((value) => value / 1000))

test('swapping the samples turns the interval round, and the shift lies within it', () => {
  fc.assert(
    fc.property(sample, sample, (one, other) => {
      const [there, back] = [welch(one, other)!, welch(other, one)!]
      expect(there.shift).toBeCloseTo(-back.shift, 9)
      expect(there.low).toBeCloseTo(-back.high, 9)
      expect(there.p).toBeCloseTo(back.p, 9)
      expect(there.low).toBeLessThanOrEqual(there.shift)
      expect(there.high).toBeGreaterThanOrEqual(there.shift)
    }),
  )
})
