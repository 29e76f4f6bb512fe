import { describe, expect, test } from 'vitest'
import { normalBelow, normalQuantile, tCritical, tTwoSided } from '../../src/statistics/distributions.ts'

describe('the normal distribution', () => {
  test.each([
    [0, 0.5],
    [1, 0.841344746],
    [-1.96, 0.0249978952],
    [3, 0.998650102],
    [-5, 2.866515719e-7],
  ])('has what the tables say at %d', (z, below) => {
    expect(normalBelow(z) / below).toBeCloseTo(1, 8)
  })

  test.each([0.001, 0.025, 0.5, 0.9, 0.9999])('and its quantile is the way back from %d', (p) => {
    expect(normalBelow(normalQuantile(p))).toBeCloseTo(p, 12)
  })
})

describe('Student’s t', () => {
  // Two-sided 5 % and 1 %, from the table in any textbook.
  test.each([
    [1, 12.706, 63.657],
    [2, 4.303, 9.925],
    [3, 3.182, 5.841],
    [5, 2.571, 4.032],
    [9, 2.262, 3.25],
    [30, 2.042, 2.75],
    [120, 1.98, 2.617],
  ])('with %d degrees of freedom', (degrees, five, one) => {
    expect(tCritical(0.05, degrees)).toBeCloseTo(five, 3)
    expect(tCritical(0.01, degrees)).toBeCloseTo(one, 3)
    expect(tTwoSided(five, degrees)).toBeCloseTo(0.05, 4)
  })

  test('with one degree of freedom it is Cauchy’s, in closed form', () => {
    for (const t of [0.1, 1, 40, 1e6]) expect(tTwoSided(t, 1) / ((2 / Math.PI) * Math.atan(1 / t))).toBeCloseTo(1, 10)
  })

  test('with many it is the normal one', () => {
    expect(tTwoSided(1.5, 1e6)).toBeCloseTo(2 * normalBelow(-1.5), 6)
  })
})
