import { describe, expect, test } from 'vitest'
import { lookAt } from '../../../src/statistics/sequential/look.ts'

describe('a look', () => {
  test('that is the only one has the usual level and changes no p', () => {
    const look = lookAt([6], 6)
    expect(look.level).toBe(0.95)
    expect(look.overallP(0.03)).toBe(0.03)
  })

  test('of several: p is worth the error with which it would have been significant', () => {
    for (const starts of [4, 6, 8]) {
      const look = lookAt([4, 6, 8], starts)
      expect(look.level).toBeGreaterThan(0.95)
      expect(look.overallP(1 - look.level)).toBeCloseTo(0.05, 3)
    }
  })

  test('an early one must be surer than the last', () => {
    const levels = [4, 6, 8].map((starts) => lookAt([4, 6, 8], starts).level)
    expect(levels).toEqual(levels.toSorted((a, b) => b - a))
  })

  test('a smaller p is never worth more', () => {
    const { overallP } = lookAt([4, 6, 8], 6)
    const worth = [1e-12, 1e-6, 0.001, 0.01, 0.05, 0.3, 1].map(overallP)
    expect(worth).toEqual(worth.toSorted((a, b) => a - b))
    expect(worth.at(-1)).toBe(1)
  })

  test('after the last planned start it is the plan’s last look, whatever came later', () => {
    expect(lookAt([4], 9).level).toBeGreaterThan(0.95)
    expect(lookAt([], 5).level).toBe(0.95)
  })
})
