import { describe, expect, test } from 'vitest'
import { differenceOf, holm, median, noiseFloorOf, ratioInterval, signedRank } from '../../src/comparison/statistics.ts'
import { seededRandom } from '../../src/scenario/random.ts'

describe('signedRank', () => {
  test('has the exact values of Wilcoxon’s table', () => {
    // All of one sign: 2 / 2^n.
    expect(signedRank([1, 2, 3, 4, 5, 6])).toBeCloseTo(0.03125)
    expect(signedRank([1, 2, 3, 4, 5])).toBeCloseTo(0.0625)
    // n = 10, W = 8 is the two-sided 5 % point: 0.0488.
    expect(signedRank([-1, 2, 3, 4, 5, 6, -7, 8, 9, 10])).toBeCloseTo(0.0488, 3)
  })

  test('no difference is p 1; beyond 25 values the approximation tells the same', () => {
    expect(signedRank([])).toBe(1)
    expect(signedRank([0, 0])).toBe(1)
    const alternating = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? n + 1 : -n - 1))
    expect(signedRank(alternating)).toBeGreaterThan(0.8)
    expect(signedRank(alternating.map(Math.abs))).toBeLessThan(1e-6)
  })
})

test('holm adjusts from the smallest on and stays in the given order', () => {
  expect(holm([0.04, 0.01, 0.03])).toEqual([0.06, 0.03, 0.06])
})

test('median of an even number of values is the middle of two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

describe('ratios of rounds', () => {
  const random = seededRandom(11)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  /** Rounds whose machine wanders by a third, and whose two sides differ by `ratio` and a noise of their own. */
  const pairs = (rounds: number, ratio: number): (readonly [number, number])[] =>
    Array.from({ length: rounds }, () => {
      const machine = Math.exp(0.3 * normal())
      return [machine * ratio * Math.exp(0.03 * normal()), machine * Math.exp(0.03 * normal())] as const
    })

  test('identical sides are called different in few of many runs', () => {
    const claims = Array.from({ length: 200 }, () => differenceOf(ratioInterval(pairs(6, 1)), 0.02))
    expect(claims.filter((claim) => claim !== 'none').length).toBeLessThan(20)
  })

  test('a difference of a fifth is found however much the machine wanders', () => {
    const claims = Array.from({ length: 100 }, () => differenceOf(ratioInterval(pairs(8, 1.2)), 0.03))
    expect(claims.filter((claim) => claim === 'higher').length).toBeGreaterThan(85)
  })

  test('with few rounds there is a range and no claim', () => {
    const interval = ratioInterval(pairs(2, 5))
    expect(interval.kind).toBe('range')
    expect(differenceOf(interval, 0)).toBe('too few rounds')
  })

  test('what lies within the noise of two identical systems is not claimed', () => {
    const floor = noiseFloorOf({ ratio: 1, low: 0.9, high: 1.3, rounds: 6, kind: 'bootstrap', p: 1 })
    expect(floor).toBeCloseTo(0.3)
    expect(differenceOf({ ratio: 1.2, low: 1.15, high: 1.25, rounds: 6, kind: 'bootstrap', p: 0.03 }, floor)).toBe(
      'none',
    )
  })
})
