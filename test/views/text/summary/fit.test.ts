import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitted } from '../../../../src/views/text/summary/fit.ts'

const part = fc.record({
  name: fc.constantFrom('', 'a', 'b'),
  rank: fc.integer({ min: 0, max: 5 }),
  lines: fc.array(fc.constantFrom('x', 'y'), { maxLength: 30 }),
})

test('never more lines than asked for, and what is left out is named', () => {
  fc.assert(
    fc.property(fc.array(part), fc.integer({ min: 3, max: 80 }), (parts, most) => {
      const lines = fitted(parts, most, (names) => `left: ${names.join(' ')}`)
      expect(lines.length).toBeLessThanOrEqual(most)
    }),
  )
})

test('what is important is kept, in the order in which it is read', () => {
  const parts = [
    { name: 'long', rank: 2, lines: Array.from({ length: 6 }, () => 'long') },
    { name: 'first', rank: 1, lines: ['first'] },
    { name: 'second', rank: 1, lines: ['second'] },
  ]
  expect(fitted(parts, 6, (names) => `left: ${names}`)).toEqual(['first', '', 'second', '', 'left: long'])
  expect(fitted(parts, 12, (names) => `left: ${names}`).slice(0, 8)).toEqual([
    ...Array.from({ length: 6 }, () => 'long'),
    '',
    'first',
  ])
})
