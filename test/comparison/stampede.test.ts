/** Bursts: for something new, for something that had expired, and for something that must not be kept. */
import { expect, test } from 'vitest'
import { burstsOf } from '../../src/comparison/findings/behaviour/caching/bursts.ts'
import { caching } from '../../src/comparison/findings/behaviour/caching/index.ts'
import { burst, stampedeRecord, stampedes } from './behaviour-records.ts'
import { scenarioOf } from './record-parts.ts'

test('a single request is no burst; what it fetched has expired when the crowd asks, what no cache may keep is of its own kind', () => {
  expect(burstsOf(stampedes).map(({ phase, kind }) => `${phase.phase}: ${kind}`)).toEqual([
    'missing: missing',
    'not-kept: unkept',
    'expired: expired',
  ])
})

test('the origin’s count of each burst stands alone: the request that fetched an entry first is not the crowd’s', () => {
  const coalesced = caching.draw(stampedeRecord({ missing: 1, expired: 1 }, 500))
  expect(coalesced.metrics['nginx']).toMatchObject({ stampedeOriginHits: 1, expiredOriginHits: 1 })
  expect(coalesced.verdict[0]).toMatch(
    /Of 40 requests at once for something new, the origin saw 1 request; half of them waited .* Of 40 for something that had expired, the origin saw 1 request; .* Of 4 for something that must not be kept, the last had its answer after /,
  )
  const stampeded = caching.draw(stampedeRecord({ missing: 40, expired: 40 }, 150))
  expect(stampeded.metrics['nginx']).toMatchObject({ stampedeOriginHits: 40, expiredOriginHits: 40 })
})

test('who waited how long is in the table and drawn as a curve for each burst', () => {
  const { blocks } = caching.draw(stampedeRecord({ missing: 1, expired: 1 }, 500))
  const rows = blocks.flatMap((block) =>
    block.kind === 'table' && block.title === 'Asked for by many at once' ? block.rows : [],
  )
  expect(
    rows.map(([phase, kind, , atOnce, origin]) => [phase, kind, atOnce, origin].map((each) => each?.text)),
  ).toEqual([
    ['missing', 'new', '40', '1'],
    ['not-kept', 'not to be kept', '4', '4'],
    ['expired', 'expired', '40', '1'],
  ])
  expect(rows[0]?.at(-1)?.text).toBe('MISS ×2, HIT ×78')
  const charts = blocks.filter((block) => block.kind === 'chart' && block.title.startsWith('How long those'))
  expect(charts).toHaveLength(3)
})

test('a figure of bursts that a scenario does not have is refused with the reason', () => {
  const named = (name: string) => caching.metrics.find((metric) => metric.name === name)
  const plain = scenarioOf({ policy: stampedes.policy, traffic: [burst('crowd', 30, '/products/1')] })
  expect(named('stampedeOriginHits')?.impossible?.(plain)).toBeUndefined()
  expect(named('expiredOriginHits')?.impossible?.(plain)).toContain('what one request (atOnce: 1) fetched before')
  expect(named('unkeptLongestMs')?.impossible?.(plain)).toContain('its origin forbids to keep')
})
