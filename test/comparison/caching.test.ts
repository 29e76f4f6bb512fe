import { expect, test } from 'vitest'
import { caching } from '../../src/comparison/findings/behaviour/caching/index.ts'
import { get } from '../../src/http/request.ts'
import { encodeHistogram, newHistogram, recordMs } from '../../src/traffic/measure/histogram.ts'
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
  return caching.draw(
    scenarioRecordOf(scenario, [subjectOf('nginx', { proof: proofOf('nginx', ['routes', 'cache']) })], [round]),
  ).verdict[0]
}

test('a hit that took nearly as long as a miss has queued: the sentence says what that is worth', () => {
  expect(verdictOf(0.3, 40)).toMatch(/^nginx answered a hit in .* the origin saw 20 of 100 requests \(80 % spared\)\.$/)
  expect(verdictOf(1200, 1400)).toContain('So slow a hit has queued: here the times say little about the cache')
})

test('where answers say nothing of a cache, what the origin was spared stands, and no share of hits is made up', () => {
  const cache = { path: '/products', ttlMs: 2000, key: ['path' as const], coalesce: true, staleOnErrorMs: 0 }
  const round = roundOf('kong', 0, [{ ms: 5, count: 100 }], { origins: [originOf(20)] })
  const record = scenarioRecordOf(
    scenarioOf({ policy: { ...plainPolicy, cache: [cache] } }),
    [subjectOf('nginx', { label: 'kong', proof: proofOf('node-proxy', ['routes', 'cache']) })],
    [round],
  )
  const { verdict, blocks, metrics } = caching.draw(record)
  expect(verdict).toEqual(['kong kept answers; the origin saw 20 of 100 requests (80 % spared).'])
  expect(metrics['kong']).toMatchObject({ offload: 0.8, hitRatio: NaN })
  expect(JSON.stringify(blocks)).toContain('kong does not tell which answers came from the cache (no X-Cache)')
  expect(blocks.find(({ kind }) => kind === 'chart')).toMatchObject({ series: [] })
})

test('NGINX looks every 500 ms whether the answer is there: a wait of 502 ms says so, one of 18 ms and one of ours do not', () => {
  const verdict = (system: 'nginx' | 'node-proxy', waitMs: number): string => {
    const cache = { path: '/products', ttlMs: 2000, key: ['path' as const], coalesce: true, staleOnErrorMs: 0 }
    const burst = {
      kind: 'burst' as const,
      phase: 'stampede',
      forMs: 1000,
      measured: true,
      atOnce: 30,
      mix: [{ ...get('/products/9001'), client: 'web', weight: 1, skew: 'uniform' as const }],
    }
    const scenario = scenarioOf({ policy: { ...plainPolicy, cache: [cache] }, traffic: [burst] })
    const latency = newHistogram()
    for (let n = 0; n < 30; n += 1) recordMs(latency, waitMs)
    const encoded = encodeHistogram(latency)
    const round = roundOf(system, 0, [{ ms: 1, count: 30, phase: 'stampede', cache: 'HIT' }])
    const seconds = round.seconds.map(({ at, series }) => ({
      at,
      series: series.map((each) => ({ ...each, latency: encoded, service: encoded })),
    }))
    const record = scenarioRecordOf(
      scenario,
      [subjectOf(system, { proof: proofOf(system, ['cache']) })],
      [{ ...round, seconds }],
    )
    return caching.draw(record).verdict.join(' ')
  }
  expect(verdict('nginx', 502)).toMatch(/Those 502 ms .* looks every 500 ms .*ngx_http_file_cache\.c/)
  expect(verdict('nginx', 18)).not.toContain('looks every')
  expect(verdict('node-proxy', 502)).not.toContain('looks every')
})
