import { describe, expect, test } from 'vitest'
import {
  differenceOf,
  differencesOf,
  median,
  noiseFloorOf,
  ratioInterval,
  roundsNeeded,
  signedRank,
} from '../../../src/comparison/costs/rounds-statistics.ts'
import { seededRandom } from '../../../src/scenario/schedule/random.ts'

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
    const claims = Array.from({ length: 200 }, () => alone(ratioInterval(pairs(6, 1)), 0.02))
    expect(claims.filter((claim) => claim !== 'none').length).toBeLessThan(20)
  })

  test('a difference of a fifth is found however much the machine wanders', () => {
    const claims = Array.from({ length: 100 }, () => alone(ratioInterval(pairs(8, 1.2)), 0.03))
    expect(claims.filter((claim) => claim === 'higher').length).toBeGreaterThan(85)
  })

  test('with fewer than six rounds there is a range and no claim', () => {
    for (const rounds of [2, 5]) {
      const interval = ratioInterval(pairs(rounds, 5))
      expect(interval.kind).toBe('range')
      expect(alone(interval, 0)).toBe('too few rounds')
    }
    expect(ratioInterval(pairs(6, 5)).kind).toBe('bootstrap')
  })

  test('what lies within the noise of two identical systems is not claimed', () => {
    const identical = { ratio: 1, low: 0.9, high: 1.3, rounds: 6, farthest: 0.4, kind: 'bootstrap', p: 1 } as const
    const drivers = noiseFloorOf(identical)
    expect(drivers).toBeCloseTo(0.3)
    expect(alone({ ...identical, ratio: 1.2, low: 1.15, high: 1.25, p: 0.03 }, drivers)).toBe('none')
  })

  test('the farthest that two sides of one round lay apart', () => {
    const seen: readonly (readonly [number, number])[] = [
      [1, 1],
      [1, 2],
      [3, 2],
    ]
    expect(ratioInterval(seen).farthest).toBeCloseTo(1)
  })
})

describe('several comparisons at once', () => {
  const clear = (rounds: number) => ratioInterval(Array.from({ length: rounds }, (_, n) => [3 + n / 100, 1] as const))

  test('each of them takes as many rounds as let it be significant after Holm', () => {
    expect([1, 2, 3, 4, 6, 7, 20].map(roundsNeeded)).toEqual([6, 7, 7, 8, 8, 9, 10])
    for (const comparisons of [1, 2, 4, 6, 20]) {
      const needed = roundsNeeded(comparisons)
      const p = signedRank(Array.from({ length: needed }, (_, n) => n + 1))
      expect(p * comparisons).toBeLessThanOrEqual(0.05)
    }
  })

  test('four clear differences are claimed from eight rounds on, and with six none of them', () => {
    const of = (rounds: number) =>
      differencesOf(
        [1, 2, 3, 4].map(() => clear(rounds)),
        0,
      ).map((each) => each.difference)
    expect(new Set(of(8))).toEqual(new Set(['higher']))
    expect(new Set(of(6))).toEqual(new Set(['too few rounds']))
  })

  test('a claim agrees with the p beside it: an interval clear of the noise is not enough', () => {
    const interval = { ratio: 1.5, low: 1.2, high: 1.8, rounds: 12, farthest: 1, kind: 'bootstrap', p: 0.02 } as const
    expect(alone(interval, 0.02)).toBe('higher')
    expect(differenceOf(interval, 0.02, { comparisons: 4, adjustedP: 0.08 })).toBe('unsure')
  })
})

function alone(interval: Parameters<typeof differenceOf>[0], drivers: number) {
  return differencesOf([interval], drivers)[0]?.difference
}
