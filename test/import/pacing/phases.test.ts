import { describe, expect, test } from 'vitest'
import { stretchesOf } from '../../../src/import/pacing/phases.ts'
import { seededRandom } from '../../../src/scenario/schedule/random.ts'

/** A count drawn from a Poisson distribution (Knuth). */
function poisson(mean: number, random: () => number): number {
  const end = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > end; product *= random()) count += 1
  return count
}

function counts(rates: readonly (readonly [seconds: number, perSecond: number])[], seed: number): readonly number[] {
  const random = seededRandom(seed)
  return rates.flatMap(([seconds, rate]) => Array.from({ length: seconds }, () => poisson(rate, random)))
}

describe('stretches of one rate', () => {
  test('steady traffic is one, whatever chance makes of it', () => {
    const numbers = Array.from({ length: 20 }, (_, seed) => stretchesOf(counts([[300, 40]], seed)).length)
    expect(numbers.filter((number) => number > 1).length).toBeLessThanOrEqual(1)
  })

  test('steps are found where they are', () => {
    const found = stretchesOf(
      counts(
        [
          [60, 20],
          [30, 100],
          [90, 7],
        ],
        7,
      ),
    )
    expect(found).toHaveLength(3)
    expect(found.map(({ seconds }) => Math.round(seconds / 5) * 5)).toEqual([60, 30, 90])
    expect(found.map(({ seconds, requests }) => Math.round(requests / seconds / 10))).toEqual([2, 10, 1])
  })

  test('twelve at most, and no request is lost', () => {
    const saw = Array.from({ length: 590 }, (_, second) => (second % 20) * 10)
    const found = stretchesOf(saw)
    expect(found.length).toBeLessThanOrEqual(12)
    expect(found.reduce((sum, { requests }) => sum + requests, 0)).toBe(saw.reduce((sum, count) => sum + count, 0))
    expect(found.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(590)
  })

  test('nothing, and one second', () => {
    expect(stretchesOf([])).toEqual([])
    expect(stretchesOf([3])).toEqual([{ seconds: 1, requests: 3 }])
  })
})
