import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BlockRatio, halfWidthOf, intervalOf } from '../../src/statistics/interval.ts'

const logs = fc.integer({ min: -2000, max: 2000 }).map((thousandths) => thousandths / 1000)
const anyRatios = fc
  .array(fc.array(logs, { minLength: 1, maxLength: 9 }), { minLength: 2, maxLength: 5 })
  .map((starts) => starts.flatMap((blocks, start) => blocks.map((log, block): BlockRatio => ({ start, block, log }))))

describe('an interval', () => {
  test('by hand: two blocks in each of three starts, whose medians are 0, 0.1 and 0.2', () => {
    const medians = [0, 0.1, 0.2]
    const ratios = medians.flatMap((middle, start) => [0, 1].map((block) => ({ start, block, log: middle })))
    const { ratio, low, high, p, starts, blocks } = intervalOf(ratios)
    expect(Math.log(ratio)).toBeCloseTo(0.1)
    // Student's with 2 degrees of freedom: 4.303 × 0.1 / √3.
    expect(Math.log(high)).toBeCloseTo(0.1 + 0.2484, 3)
    expect(Math.log(low)).toBeCloseTo(0.1 - 0.2484, 3)
    expect(p).toBeCloseTo(0.2254, 3)
    expect([starts, blocks]).toEqual([3, 6])
  })

  test('of one start tells nothing of how starts differ; of none nothing at all', () => {
    const one = intervalOf([{ start: 0, block: 0, log: 1 }])
    expect([one.low, one.high, one.p]).toEqual([0, Number.POSITIVE_INFINITY, 1])
    expect(intervalOf([]).ratio).toBeNaN()
  })

  test('swapping the sides turns it upside down', () => {
    fc.assert(
      fc.property(anyRatios, (ratios) => {
        const there = intervalOf(ratios)
        const back = intervalOf(ratios.map((each) => ({ ...each, log: -each.log })))
        expect(back.ratio * there.ratio).toBeCloseTo(1, 9)
        expect(Math.log(back.low) + Math.log(there.high)).toBeCloseTo(0, 6)
        expect(back.p).toBeCloseTo(there.p, 6)
      }),
    )
  })

  test('a side that is twice as large moves it and does not widen it', () => {
    fc.assert(
      fc.property(anyRatios, logs, (ratios, shift) => {
        const moved = intervalOf(ratios.map((each) => ({ ...each, log: each.log + shift })))
        expect(Math.log(moved.ratio) - Math.log(intervalOf(ratios).ratio)).toBeCloseTo(shift, 6)
        // By the logarithm: of two starts far apart it is some hundred million, with as many digits behind the point less.
        const [widthOfMoved, width] = [moved, intervalOf(ratios)].map((each) => Math.log1p(halfWidthOf(each)))
        expect(widthOfMoved).toBeCloseTo(width!, 6)
      }),
    )
  })

  test('does not depend on the order in which blocks stand', () => {
    fc.assert(
      fc.property(anyRatios, (ratios) => {
        const turned = intervalOf(ratios.toReversed())
        expect(turned.low).toBeCloseTo(intervalOf(ratios).low, 9)
      }),
    )
  })

  test('its p is below what its level leaves exactly where 1 lies outside', () => {
    fc.assert(
      fc.property(anyRatios, fc.constantFrom(0.9, 0.95, 0.99), (ratios, level) => {
        const { low, high, p } = intervalOf(ratios, level)
        fc.pre(Math.abs(p - (1 - level)) > 1e-6)
        expect(p < 1 - level).toBe(low > 1 || high < 1)
      }),
    )
  })
})
