import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binsFor } from '../../../src/workshop/summary/bins.ts'

const labels = (...values: number[]): readonly string[] => binsFor(values).map(({ label }) => label)

test('a few different numbers each have a bin of their own', () => {
  expect(labels(30, 1, 30, 2)).toEqual(['1', '2', '30'])
  expect(labels()).toEqual([])
})

test('many whole numbers are put into even bins that say their whole numbers', () => {
  expect(labels(...Array.from({ length: 30 }, (_, at) => at + 1))).toEqual([
    'under 5',
    '5–9',
    '10–14',
    '15–19',
    '20–24',
    '25 or more',
  ])
})

test('guesses over powers of ten get bins that grow', () => {
  expect(labels(0, 1, 2, 3, 5, 8, 20, 30, 40, 100, 900)).toEqual([
    'under 3',
    '3–9',
    '10–29',
    '30–99',
    '100–299',
    '300 or more',
  ])
})

test('one wild guess does not squeeze all others into one bin', () => {
  const bins = binsFor([...Array.from({ length: 40 }, (_, at) => 100 + at), 1e12])
  const counts = bins.map(({ has }) => Array.from({ length: 40 }, (_, at) => 100 + at).filter(has).length)
  expect(Math.max(...counts)).toBeLessThan(20)
  expect(bins.at(-1)!.has(1e12)).toBe(true)
})

const numbers = fc.array(
  fc.oneof(
    fc.integer({ min: -1000, max: 1000 }),
    fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
    fc.constantFrom(0, 1, 1e12),
  ),
  { minLength: 1, maxLength: 60 },
)

test('every number is in exactly one of at most eight bins, and bins are in order', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const bins = binsFor(values)
      expect(bins.length).toBeLessThanOrEqual(8)
      const at = values.map((value) => {
        const found = bins.flatMap(({ has }, index) => (has(value) ? [index] : []))
        expect(found, `${value} in ${bins.map(({ label }) => label).join(' | ')}`).toHaveLength(1)
        return found[0]!
      })
      const sorted = values.toSorted((a, b) => a - b).map((value) => at[values.indexOf(value)]!)
      expect(sorted).toEqual(sorted.toSorted((a, b) => a - b))
    }),
    { numRuns: 500 },
  )
})
