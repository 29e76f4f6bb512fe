import { expect, test } from 'vitest'
import { cachingFinding } from '../../src/comparison/findings/caching.ts'
import { originOf, plainPolicy, proofOf, roundOf, scenarioOf, scenarioRecordOf, subjectOf } from './record-parts.ts'

function verdictOf(hitMs: number, missMs: number): string | undefined {
  const cache = { path: '/products', ttlMs: 2000, key: ['path' as const], coalesce: true, staleOnErrorMs: 0 }
  const round = roundOf(
    'nginx',
    0,
    [
      { ms: hitMs, count: 80, cache: 'HIT' },
      { ms: missMs, count: 20, cache: 'MISS' },
    ],
    { origins: [originOf(20)] },
  )
  const scenario = scenarioOf({ policy: { ...plainPolicy, cache: [cache] } })
  return cachingFinding(
    scenarioRecordOf(scenario, [subjectOf('nginx', { proof: proofOf('nginx', ['routes', 'cache']) })], [round]),
  )?.verdict[0]
}

test('a hit that took nearly as long as a miss has queued: the sentence says what that is worth', () => {
  expect(verdictOf(0.3, 40)).toMatch(/^nginx answered a hit in .* the origin saw 20 of 100 requests \(80 % spared\)\.$/)
  expect(verdictOf(1200, 1400)).toContain('So slow a hit has queued: here the times say little about the cache')
})
