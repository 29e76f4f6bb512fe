import { expect, test } from 'vitest'
import { intervalOfStarts } from '../../../src/measurement/capacity/of-starts.ts'
import { normals } from '../../comparison/record-parts.ts'

test('three starts that differ by a factor: by hand, with t of two degrees of freedom, 4.303', () => {
  const { low, high } = intervalOfStarts([1000 / 1.1, 1000, 1100])!
  const half = (4.3027 * Math.log(1.1)) / Math.sqrt(3)
  expect(low).toBeCloseTo(1000 * Math.exp(-half), 0)
  expect(high).toBeCloseTo(1000 * Math.exp(half), 0)
})

test('one start has no interval, nor has one that carried nothing', () => {
  expect(intervalOfStarts([1000])).toBeUndefined()
  expect(intervalOfStarts([1000, 0, 900])).toBeUndefined()
})

test('it holds the truth 95 times in a hundred', () => {
  const normal = normals(11)
  const runs = 2000
  let held = 0
  for (let run = 0; run < runs; run += 1) {
    const { low, high } = intervalOfStarts([0, 1, 2].map(() => 1000 * Math.exp(0.1 * normal())))!
    if (low <= 1000 && 1000 <= high) held += 1
  }
  expect(held / runs).toBeGreaterThan(0.935)
  expect(held / runs).toBeLessThan(0.965)
})
