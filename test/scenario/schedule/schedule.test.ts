import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { get } from '../../../src/http/request.ts'
import type { Phase } from '../../../src/scenario/scenario.ts'
import { schedule } from '../../../src/scenario/schedule/schedule.ts'

const mix = [
  { ...get('/a/{1..50}'), client: 'web', weight: 3, skew: 'zipf' as const },
  { ...get('/b'), client: 'app', weight: 1, skew: 'uniform' as const },
]
const rate = (over: Partial<Extract<Phase, { kind: 'rate' }>>): Phase => ({
  kind: 'rate',
  phase: 'p',
  forMs: 10_000,
  measured: true,
  mix,
  fromPerSecond: 100,
  toPerSecond: 100,
  arrivals: 'poisson',
  ...over,
})

const anyPhase = fc.oneof(
  fc
    .record({
      forMs: fc.integer({ min: 1, max: 3000 }),
      fromPerSecond: fc.integer({ min: 1, max: 500 }),
      toPerSecond: fc.integer({ min: 1, max: 500 }),
      arrivals: fc.constantFrom('poisson' as const, 'constant' as const),
    })
    .map(rate),
  fc
    .record({ forMs: fc.integer({ min: 1, max: 500 }), atOnce: fc.integer({ min: 1, max: 40 }) })
    .map((over): Phase => ({ kind: 'burst', phase: 'b', measured: true, mix, ...over })),
)

describe('schedule', () => {
  test('the same seed gives the same requests, in order, within their phases', () => {
    fc.assert(
      fc.property(fc.array(anyPhase, { minLength: 1, maxLength: 4 }), fc.nat(1000), (phases, seed) => {
        const once = [...schedule(phases, seed)]
        expect([...schedule(phases, seed)]).toEqual(once)
        for (const [n, { atMs, phaseIndex }] of once.entries()) {
          const start = phases.slice(0, phaseIndex).reduce((sum, { forMs }) => sum + forMs, 0)
          expect(atMs).toBeGreaterThanOrEqual(Math.max(start, once[n - 1]?.atMs ?? 0))
          expect(atMs).toBeLessThanOrEqual(start + phases[phaseIndex]!.forMs)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('constant arrivals are evenly spaced; a ramp sends the area under it', () => {
    const even = [...schedule([rate({ arrivals: 'constant' })], 1)]
    expect(even.length).toBe(1000)
    expect(even[500]!.atMs).toBeCloseTo(5000)
    const ramp = [...schedule([rate({ arrivals: 'constant', fromPerSecond: 0.0001, toPerSecond: 200 })], 1)]
    expect(ramp.length).toBeGreaterThanOrEqual(999)
    expect(ramp.filter(({ atMs }) => atMs < 5000).length / ramp.length).toBeCloseTo(0.25, 1)
  })

  test('Poisson arrivals have the rate, and gaps of an exponential distribution', () => {
    const times = [...schedule([rate({ forMs: 100_000 })], 3)].map(({ atMs }) => atMs)
    expect(times.length).toBeGreaterThan(9600)
    expect(times.length).toBeLessThan(10_400)
    const gaps = times.slice(1).map((time, n) => time - times[n]!)
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    // P(gap > mean) is 1/e for an exponential distribution, 0 or 1/2 for even or uniform spacing.
    expect(gaps.filter((gap) => gap > mean).length / gaps.length).toBeCloseTo(Math.exp(-1), 1)
  })

  test('mixes by weight, draws low numbers more often with zipf', () => {
    const all = [...schedule([rate({ forMs: 50_000 })], 5)]
    expect(all.filter(({ mixIndex }) => mixIndex === 0).length / all.length).toBeCloseTo(0.75, 1)
    const first = all.filter(({ path }) => path === '/a/1').length
    const tenth = all.filter(({ path }) => path === '/a/10').length
    expect(first / tenth).toBeGreaterThan(5)
  })

  test('shards are a partition: together the whole, each request as it is there', () => {
    const phases = fc.array(anyPhase, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(phases, fc.nat(1000), fc.integer({ min: 1, max: 7 }), (phases, seed, of) => {
        const whole = [...schedule(phases, seed)]
        const shards = Array.from({ length: of }, (_, index) => [...schedule(phases, seed, { index, of })])
        const placeOf = new Map(whole.map((arrival, place) => [JSON.stringify([arrival, place]), place]))
        const taken = shards.flatMap((shard, index) => {
          // Equal requests of a burst are told apart by their order.
          const first = (((index - seed) % of) + of) % of
          return shard.map((arrival, n) => placeOf.get(JSON.stringify([arrival, first + n * of])))
        })
        expect(taken.toSorted((a, b) => a! - b!)).toEqual(whole.map((_, place) => place))
        const sizes = shards.map(({ length }) => length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 30 },
    )
  })

  test('is lazy: the first request of an endless phase comes at once', () => {
    expect(schedule([rate({ forMs: 1e12, arrivals: 'constant' })], 1).next().value?.atMs).toBe(0)
  })
})
