import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kneeOf } from '../../../src/measurement/capacity/knee.ts'
import { normals } from '../../comparison/record-parts.ts'

const ladder = [1, 2, 4, 8, 16, 32, 64, 128]
const stepsOf = (perSecond: (connections: number) => number) =>
  ladder.map((connections) => ({ connections, perSecond: perSecond(connections) }))

test('the fewest connections that carry nearly the most', () => {
  const knee = kneeOf(stepsOf((connections) => Math.min(connections * 1000, 9000)))!
  expect(ladder[knee.at]).toBe(16)
  expect(knee.highest).toBe(9000)
})

test('the luckiest step alone does not say how high the plateau is', () => {
  const plateau = [1000, 2000, 4000, 8000, 8000, 8000, 8500, 8000]
  expect(kneeOf(ladder.map((connections, at) => ({ connections, perSecond: plateau[at]! })))!.at).toBe(3)
})

test('a peak after which it goes down is the knee itself', () => {
  const peak = [1000, 2000, 4000, 2000, 1000, 500, 250, 125]
  const knee = kneeOf(ladder.map((connections, at) => ({ connections, perSecond: peak[at]! })))!
  expect([knee.at, knee.highest]).toEqual([2, 4000])
})

test('what grows to the end has its knee there; what answers nothing has none', () => {
  expect(kneeOf(stepsOf((connections) => connections * 100))!.at).toBe(ladder.length - 1)
  expect(kneeOf(stepsOf(() => 0))).toBeUndefined()
  expect(kneeOf([])).toBeUndefined()
})

const carries = fc.record({
  aloneMs: fc.double({ min: 0.05, max: 20, noNaN: true }),
  mostPerSecond: fc.double({ min: 100, max: 100_000, noNaN: true }),
})

test('it has at least 95 % of the highest, and the step before it has not', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 8 }), (rates) => {
      const knee = kneeOf(rates.map((perSecond, at) => ({ connections: 2 ** at, perSecond })))
      if (rates.every((rate) => rate === 0)) {
        expect(knee).toBeUndefined()
        return
      }
      expect(rates[knee!.at]).toBeGreaterThanOrEqual(0.95 * knee!.highest)
      for (const before of rates.slice(0, knee!.at)) expect(before).toBeLessThan(0.95 * knee!.highest)
      expect(knee!.highest).toBeLessThanOrEqual(Math.max(...rates) * (1 + 1e-12))
    }),
  )
})

test('with 1.5 % of noise on its medians it is at most one step from where it would be without', () => {
  fc.assert(
    fc.property(carries, fc.integer({ min: 1, max: 1e6 }), ({ aloneMs, mostPerSecond }, seed) => {
      const normal = normals(seed)
      const quiet = (connections: number): number => Math.min((connections / aloneMs) * 1000, mostPerSecond)
      const noisy = (connections: number): number => quiet(connections) * Math.exp(0.015 * normal())
      const [truth, seen] = [kneeOf(stepsOf(quiet))!, kneeOf(stepsOf(noisy))!]
      expect(Math.abs(truth.at - seen.at)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 500 },
  )
})
