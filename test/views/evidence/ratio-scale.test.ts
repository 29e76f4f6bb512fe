import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IntervalRow } from '../../../src/comparison/finding.ts'
import { ratioScale } from '../../../src/views/evidence/ratio-scale.ts'

const row = (ratio: number, low: number, high: number): IntervalRow => ({ name: 'a', ratio, low, high, claim: 'none' })

test('equal factors are equal distances, and the reference is always on the axis', () => {
  const { share, ticks } = ratioScale({ rows: [row(2, 1.9, 2.1), row(4, 3.9, 4.1)], floor: 0.02 })
  expect(share(2) - share(1)).toBeCloseTo(share(4) - share(2))
  expect(share(1)).toBeGreaterThan(0)
  expect(ticks(9)).toContain(1)
})

test('one wild whisker is cut instead of squeezing all others', () => {
  const { holds, share } = ratioScale({ rows: [row(1.1, 1.05, 1.15), row(1.2, 0.001, 900)], floor: 0.02 })
  expect([holds(0.001), holds(900)]).toEqual([false, false])
  expect(share(1.15) - share(1.05)).toBeGreaterThan(0.05)
})

test('whatever was measured: shares within the axis, ascending; ticks on it, 1 among them', () => {
  const ratio = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
  const any = fc.array(
    fc.tuple(ratio, ratio, ratio).map((three) => {
      const [low, middle, high] = three.sort((a, b) => a - b) as [number, number, number]
      return row(middle, low, high)
    }),
  )
  fc.assert(
    fc.property(
      any,
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (rows, floor, most) => {
        const scale = ratioScale({ rows, floor })
        for (const { ratio: dot, low, high } of rows) {
          const shares = [low, dot, high].map((value) => scale.share(value))
          expect(shares).toEqual(shares.toSorted((a, b) => a - b))
          expect(scale.holds(dot)).toBe(true)
          expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
        }
        const ticks = scale.ticks(most)
        expect(ticks).toContain(1)
        expect(ticks.length).toBeLessThanOrEqual(Math.max(most, 1))
        for (const tick of ticks) expect(scale.holds(tick)).toBe(true)
      },
    ),
  )
})
