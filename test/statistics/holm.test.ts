import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holm } from '../../src/statistics/holm.ts'

test('the example of Holm’s method in the field’s textbooks', () => {
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
})

test('in whatever order they stand, each has the same', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (ps) => {
      expect(holm(ps.toReversed()).toReversed()).toEqual(holm(ps))
    }),
  )
})
