import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharedLines } from '../../../src/views/evidence/shared-lines.ts'

test('the longest list that both have in order', () => {
  expect(sharedLines(['a', 'x', 'b', 'c'], ['a', 'b', 'y', 'c'])).toEqual([
    [0, 0],
    [2, 1],
    [3, 3],
  ])
  expect(sharedLines([], ['a'])).toEqual([])
})

test('pairs are equal lines, in order on both sides, and all of them where the texts are the same', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const pairs = sharedLines(a, b)
      for (const [at, [i, j]] of pairs.entries()) {
        expect(a[i]).toBe(b[j])
        const before = pairs[at - 1]
        if (before) expect(i > before[0] && j > before[1]).toBe(true)
      }
      expect(sharedLines(a, a)).toHaveLength(a.length)
    }),
  )
})
