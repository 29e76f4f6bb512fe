import { describe, expect, test } from 'vitest'
import { rotated } from '../../../src/experiment/measuring/rotated.ts'

const systems = 'abcdefghijkl'

/** How often each key comes. */
function countsOf(keys: readonly string[]): readonly number[] {
  return [...Map.groupBy(keys, (key) => key).values()].map(({ length }) => length)
}

describe.each([2, 3, 4, 5, 6, 7, 12])('%i systems', (n) => {
  const items = [...systems].slice(0, n)
  const rounds = Array.from({ length: 2 * n }, (_, round) => rotated(items, round))

  test('every round has each of them', () => {
    for (const round of rounds) expect(round.toSorted()).toEqual(items)
  })

  test('in n rounds each has every position once', () => {
    for (const from of [0, n]) {
      const taken = rounds.slice(from, from + n).flatMap((round) => round.map((item, at) => `${item} at ${at}`))
      expect(new Set(taken).size).toBe(n * n)
    }
  })

  test('in 2n rounds each follows every other equally often', () => {
    const pairs = rounds.flatMap((round) => round.slice(1).map((item, at) => `${round[at]} ${item}`))
    expect(countsOf(pairs)).toEqual(Array.from({ length: n * (n - 1) }, () => 2))
  })
})

test('one or none', () => {
  expect(rotated(['a'], 3)).toEqual(['a'])
  expect(rotated([], 3)).toEqual([])
})
