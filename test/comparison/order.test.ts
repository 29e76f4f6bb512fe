/** In what order a system asks, from answers and from what the origin saw. */
import { expect, test } from 'vitest'
import type { Block } from '../../src/comparison/finding.ts'
import { order } from '../../src/comparison/findings/behaviour/order/index.ts'
import { orderRecord, type Seen, wellOrdered } from './order-record.ts'

const draw = (seen: Partial<Seen> = {}) => order.draw(orderRecord({ ...wellOrdered, ...seen }))

function rowOf(blocks: readonly Block[], title: string): readonly string[] {
  const block = blocks.find((each) => each.kind === 'table' && each.title === title)
  return (block?.kind === 'table' && block.rows[0]?.map(({ text }) => text)) || []
}

test('key, limit, cache and transform in this order: nobody gets or loses what is another’s', () => {
  const { verdict, metrics, blocks } = draw()
  expect(verdict).toEqual([
    'nginx-lua asked in this order: key, limit, cache, transform.',
    'nginx-lua refused bad keys before counting: strangers use up nothing of a consumer’s limit.',
    'nginx-lua gave no stranger what the cache had: the key is checked first.',
    'nginx-lua counted answers from the cache against the limit.',
    'nginx-lua kept the finished answer of each representation, and transformed nothing twice.',
  ])
  expect(metrics['nginx-lua']).toMatchObject({
    ...{ strangersServed: 0, cachedRefused: 14, refusedAfterStrangers: 0, originAsked: 2 },
    timesSlower: expect.closeTo(1.2, 0),
  })
  expect(rowOf(blocks, 'Who has a request first')[1]).toBe('key → limit → cache → transform')
  expect(rowOf(blocks, 'How it was seen').slice(1, 4)).toEqual([
    '0 of 30 bad keys were told 429, the others for their key; right after them a consumer got 8 of 8',
    '0 of 4 strangers got an answer; the origin was asked for it once a round',
    '14 of 30 requests for what was kept were refused; the origin was asked for it once a round',
  ])
})

test('a cache that answers before the key is checked gives strangers what it has', () => {
  const { verdict, metrics } = draw({ served: 4 })
  expect(metrics['nginx-lua']).toMatchObject({ strangersServed: 4 })
  expect(verdict).toContain('nginx-lua gave strangers what the cache had: it answers before the key is checked.')
})

test('a limit that nobody meets at the cache is behind it', () => {
  const { verdict, blocks } = draw({ cachedRefused: 0 })
  expect(verdict).toContain('nginx-lua gave answers from the cache without counting them.')
  expect(rowOf(blocks, 'Who has a request first')[1]).toBe('key → cache → limit → transform')
})

test('nothing is said of a cache that kept nothing', () => {
  const { verdict, blocks } = draw({ cachedRefused: 0, originKept: 31, originDocument: 22 })
  expect(rowOf(blocks, 'Who has a request first').slice(1)).toEqual([
    'key → limit → cache',
    'key first: bad keys are free',
    'key first',
    'not told: it was not kept',
    'not told: it was not kept',
  ])
  expect(verdict.at(-1)).toBe(
    'nginx-lua did not show what the cache keeps of a transformed answer, for it was not kept.',
  )
})

test('a limit that counts before the key is checked lets strangers use it up', () => {
  const { verdict, metrics, blocks } = draw({ badLimited: 20, refusedAfter: 7 })
  expect(metrics['nginx-lua']).toMatchObject({ refusedAfterStrangers: 7 })
  expect(verdict).toContain(
    'nginx-lua counted bad keys: strangers use up what a consumer at the same address may have.',
  )
  expect(rowOf(blocks, 'Who has a request first')[1]).toBe('limit → key → cache → transform')
})

test('what was fetched once, or takes long at every hit, is transformed behind the cache', () => {
  const again = 'nginx-lua kept what the origin sent, and transformed it again for every hit.'
  expect(draw({ originDocument: 1 }).verdict).toContain(again)
  const { verdict, blocks } = draw({ hitMs: { plain: 0.5, made: 12 } })
  expect(verdict).toContain(again)
  expect(rowOf(blocks, 'Who has a request first')[1]).toBe('key → limit → transform → cache')
})

test('only what the traffic can answer is asked', () => {
  const { scenario } = orderRecord(wellOrdered)
  expect(order.applies(scenario)).toBe(true)
  const bySharers = orderRecord(wellOrdered, 'consumer')
  // Who has a limit of their own loses nothing to strangers, whatever counts first.
  expect(order.draw(bySharers).metrics['nginx-lua']).not.toHaveProperty('refusedAfterStrangers')
  const alone = (phases: readonly string[]) => ({
    ...scenario,
    traffic: scenario.traffic.filter(({ phase }) => phases.includes(phase)),
  })
  expect(order.applies(alone(['alice-fetches', 'alice-after']))).toBe(false)
  expect(order.applies(alone(['strangers-ask', 'both-again']))).toBe(false)
  expect(order.applies(alone(['alice-fetches', 'strangers-ask']))).toBe(true)
})
