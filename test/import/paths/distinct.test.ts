import { describe, expect, test } from 'vitest'
import { hashOf, newDistinct, skewOf } from '../../../src/import/paths/distinct.ts'
import { schedule } from '../../../src/scenario/schedule/schedule.ts'

function sampleOf(values: Iterable<string>) {
  const distinct = newDistinct()
  for (const value of values) distinct.add(hashOf(value, value.length))
  return distinct
}

const drawn = (skew: 'zipf' | 'uniform', n: number, requests: number, seed = 1): readonly string[] => {
  const mix = [{ method: 'GET', path: `/x/{1..${n}}`, headers: [], client: 'c', weight: 1, skew }]
  const phase = {
    kind: 'rate' as const,
    phase: 'p',
    forMs: 1000,
    measured: true,
    fromPerSecond: requests,
    toPerSecond: requests,
    arrivals: 'constant' as const,
    mix,
  }
  return [...schedule([phase], seed)].map(({ path }) => path)
}

describe('different values in bounded memory', () => {
  test('few are counted exactly, many within a tenth', () => {
    expect(sampleOf(Array.from({ length: 400 }, (_, n) => `/p/${n}`)).size).toBe(400)
    for (const many of [5_000, 200_000]) {
      const distinct = sampleOf(Array.from({ length: many }, (_, n) => `/p/${n}`))
      expect(distinct.kept.size).toBeLessThanOrEqual(512)
      expect(Math.abs(distinct.size / many - 1)).toBeLessThan(0.15)
    }
  })

  test('two samples make one of all', () => {
    const one = sampleOf(Array.from({ length: 3000 }, (_, n) => `/p/${n}`))
    one.merge(sampleOf(Array.from({ length: 3000 }, (_, n) => `/p/${n + 1500}`)))
    expect(Math.abs(one.size / 4500 - 1)).toBeLessThan(0.15)
  })

  test.each([20, 100, 500, 5000])('%s values: those drawn by Zipf are told from those that come alike', (n) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(skewOf(sampleOf(drawn('zipf', n, n * 20, seed)))).toBe('zipf')
      expect(skewOf(sampleOf(drawn('uniform', n, n * 20, seed)))).toBe('uniform')
      expect(skewOf(sampleOf(drawn('uniform', n, n * 3, seed)))).toBe('uniform')
    }
  })

  test('too few to tell are taken to come alike', () => {
    expect(skewOf(sampleOf(['a', 'a', 'a', 'b']))).toBe('uniform')
  })
})
