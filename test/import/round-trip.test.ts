/** A scenario's own schedule, written as a log and imported, gives the scenario back. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MixEntry, RatePhase } from '../../src/scenario/scenario.ts'
import { schedule } from '../../src/scenario/schedule/schedule.ts'
import { combined, recordings } from './imported.ts'

const { log } = recordings()

const words = ['products', 'orders', 'stores', 'search', 'pages', 'reviews']

const scenario = fc.record({
  seed: fc.nat(1000),
  routes: fc.uniqueArray(
    fc.record({
      word: fc.constantFrom(...words),
      method: fc.constantFrom('GET', 'POST', 'DELETE'),
      different: fc.constantFrom(1, 30, 200),
      skew: fc.constantFrom<'zipf' | 'uniform'>('zipf', 'uniform'),
      weight: fc.integer({ min: 10, max: 100 }),
    }),
    { minLength: 1, maxLength: 4, selector: ({ word }) => word },
  ),
  // Rates that differ by half, so that chance hides no border.
  rates: fc.constantFrom([120], [60, 200], [200, 50, 150]),
})

test('routes, methods, weights, numbers, skews and rates', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ seed, routes, rates }) => {
      const mix = routes.map(({ word, method, different, skew, weight }): MixEntry => {
        const path = different === 1 ? `/${word}` : `/${word}/{1..${different}}`
        return { method, path, headers: [], client: 'c', weight, skew }
      })
      const phases = rates.map((rate, at): RatePhase => {
        const of = { phase: `p${at}`, forMs: 40_000, measured: true, mix }
        return { kind: 'rate', ...of, fromPerSecond: rate, toPerSecond: rate, arrivals: 'poisson' }
      })
      const lines = [...schedule(phases, seed)].map(({ atMs, path, phaseIndex, mixIndex }) =>
        combined(Math.floor(atMs / 1000), `${phases[phaseIndex]!.mix[mixIndex]!.method} ${path} HTTP/1.1`),
      )
      const { scenario: found, reading } = await log(lines.join(''))
      const measured = found.traffic.slice(1) as readonly RatePhase[]

      expect(reading.tally.requests).toBe(lines.length)
      expect(measured[0]!.mix).toHaveLength(routes.length)
      const total = routes.reduce((sum, { weight }) => sum + weight, 0)
      for (const { word, method, different, skew, weight } of routes) {
        const line = measured[0]!.mix.find(({ path }) => path.split('/')[1] === word)!
        expect(line.method).toBe(method)
        expect(Math.abs(line.weight / 100 - weight / total)).toBeLessThan(0.03)
        const range = /\{1\.\.(\d+)\}/.exec(line.path)
        if (different === 1) expect(range).toBeNull()
        else {
          // Values that nobody asked for are not seen.
          expect(Number(range![1])).toBeLessThanOrEqual(different)
          expect(Number(range![1])).toBeGreaterThan(different / 3)
          const asked = (lines.length * weight) / total
          if (asked > 10 * different) expect(line.skew).toBe(skew)
        }
      }
      expect(measured.map(({ forMs }) => Math.round(forMs / 5000) * 5)).toEqual(rates.map(() => 40))
      for (const [at, rate] of rates.entries())
        expect(Math.abs(measured[at]!.fromPerSecond / rate - 1)).toBeLessThan(0.1)
    }),
    // Arrivals are Poisson: now and then five seconds look like a phase of their own. The cases are drawn once.
    { numRuns: 25, seed: 20_261_129 },
  )
})
