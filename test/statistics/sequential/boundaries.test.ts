import { describe, expect, test } from 'vitest'
import {
  boundariesOf,
  crossingOf,
  obrienFlemingLike,
  type Spending,
} from '../../../src/statistics/sequential/boundaries.ts'

/** Nearly as much at every look. */
const pocockLike: Spending = (t, alpha) => alpha * Math.log(1 + (Math.E - 1) * t)

const equallySpaced = (looks: number): readonly number[] => Array.from({ length: looks }, (_, at) => (at + 1) / looks)

describe('constants of Jennison and Turnbull (2000), two-sided 5 %', () => {
  test.each([
    [2, 2.178],
    [3, 2.289],
    [4, 2.361],
    [5, 2.413],
    [10, 2.555],
  ])('Pocock’s (1977), table 2.1: %d looks', (looks, constant) => {
    const times = equallySpaced(looks)
    expect(
      crossingOf(
        times,
        times.map(() => constant),
      ),
    ).toBeCloseTo(0.05, 3)
  })

  test.each([
    [2, 1.977],
    [3, 2.004],
    [4, 2.024],
    [5, 2.04],
    [10, 2.087],
  ])('O’Brien and Fleming’s (1979), table 2.3: %d looks', (looks, constant) => {
    const times = equallySpaced(looks)
    expect(
      crossingOf(
        times,
        times.map((time) => constant / Math.sqrt(time)),
      ),
    ).toBeCloseTo(0.05, 3)
  })
})

describe('alpha spending of Lan and DeMets (1983), five equal looks, two-sided 5 %', () => {
  test.each([
    ['like O’Brien and Fleming', obrienFlemingLike, [4.877, 3.357, 2.68, 2.29, 2.031]],
    ['like Pocock', pocockLike, [2.438, 2.427, 2.41, 2.397, 2.386]],
  ] as const)('%s', (_, spending, published) => {
    const boundaries = boundariesOf(equallySpaced(5), 0.05, spending)
    for (const [at, boundary] of boundaries.entries()) expect(boundary).toBeCloseTo(published[at]!, 2)
    expect(crossingOf(equallySpaced(5), boundaries)).toBeCloseTo(0.05, 6)
  })

  test('one look at the end is no sequential test', () => {
    expect(boundariesOf([1], 0.05, obrienFlemingLike)[0]).toBeCloseTo(1.959964, 5)
  })

  test('a run that ends early has not spent all', () => {
    const boundaries = boundariesOf([0.5, 0.8], 0.05, obrienFlemingLike)
    expect(crossingOf([0.5, 0.8], boundaries)).toBeCloseTo(obrienFlemingLike(0.8, 0.05), 6)
  })
})
