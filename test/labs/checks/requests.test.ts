import { expect, test } from 'vitest'
import type { Answer } from '../../../src/http/answer.ts'
import { get } from '../../../src/http/request.ts'
import { judgeSequence } from '../../../src/labs/checks/kinds/sequence.ts'
import { judgeUpstream } from '../../../src/labs/checks/kinds/upstream.ts'
import type { CheckTools } from '../../../src/labs/checks/tools.ts'
import type { CheckOf } from '../../../src/labs/file/check.ts'
import type { RequestLine } from '../../../src/labs/file/request-line.ts'
import { nothingSeen, type Seen } from '../../../src/labs/progress/observed-answers.ts'

function line(path: string, more: Partial<RequestLine> = {}): RequestLine {
  return { as: 'web', method: 'GET', path, client: 'web', headers: [], times: 1, together: false, afterMs: 0, ...more }
}

/** Each asking gets the next of these. */
function toolsOf(...seen: readonly Seen[]): CheckTools {
  const left = [...seen]
  const tools: Pick<CheckTools, 'ask' | 'labelOf'> = { ask: async () => left.shift()!, labelOf: () => 'nginx' }
  return tools as CheckTools
}

const twoClients: CheckOf<'upstream'> = {
  kind: 'upstream',
  role: 'proxy',
  send: [
    line('/a', { headers: [['host', 'shop.example']] }),
    line('/b', { headers: [['host', 'other.example']], from: 2 }),
  ],
  headers: { 'x-forwarded-for': { kind: 'client-address' }, host: { kind: 'as-sent' } },
}

function arrived(first: readonly [string, string], second: readonly [string, string]): Seen {
  const last = [first, second].map(([address, host], n) =>
    get(n === 0 ? '/a' : '/b', { 'x-forwarded-for': address, host }),
  )
  return { answers: {}, origin: { ...nothingSeen, requests: 2, last }, from: ['127.0.0.1', '127.0.0.2'], aside: '' }
}

test('each request that arrives is held against the one that was sent: its address, its host', async () => {
  const right = arrived(['127.0.0.1', 'shop.example'], ['127.0.0.2', 'other.example'])
  expect(await judgeUpstream(twoClients, toolsOf(right))).toMatchObject({ state: 'right' })
  const oneAddress = arrived(['127.0.0.1', 'shop.example'], ['127.0.0.1', 'other.example'])
  expect(await judgeUpstream(twoClients, toolsOf(oneAddress))).toMatchObject({
    state: 'wrong',
    request:
      'GET /a as web, with host: shop.example; then GET /b as web, with host: other.example, from the client’s address no. 2, through nginx',
    expected: 'x-forwarded-for is the client’s address, 127.0.0.2, host is “other.example”, as in the request',
    difference: 'at the origin x-forwarded-for is “127.0.0.1”',
  })
  const oneHost = arrived(['127.0.0.1', 'shop.example'], ['127.0.0.2', 'shop.example'])
  expect(await judgeUpstream(twoClients, toolsOf(oneHost))).toMatchObject({
    state: 'wrong',
    difference: 'at the origin host is “shop.example”',
  })
})

const burst: CheckOf<'sequence'> = {
  kind: 'sequence',
  role: 'proxy',
  send: [line('/a', { times: 12, together: true })],
  statuses: { web: [{ status: 200, times: { least: 8, most: 8 } }] },
  trials: 3,
  withinMs: 90,
}

function burstOf(accepted: number, durationMs = 5): Seen {
  const answers = Array.from(
    { length: 12 },
    (_, n): Answer => ({
      status: n < accepted ? 200 : 429,
      headers: [],
      body: '',
      durationMs,
    }),
  )
  return { answers: { web: answers }, origin: nothingSeen, from: ['127.0.0.1'], aside: '' }
}

test('of several trials that one counts in which fewest are accepted: a drop that fell meanwhile spoils nothing', async () => {
  const judge = (...counts: readonly number[]): Promise<unknown> =>
    judgeSequence(burst, toolsOf(...counts.map((count) => burstOf(count)))).then(({ state }) => state)
  expect(await judge(9, 8, 8)).toBe('right')
  expect(await judge(9, 9, 9)).toBe('wrong')
  expect(await judge(8, 7, 8)).toBe('wrong')
})

test('too few accepted is wrong however long it took: time that passes only lets more through', async () => {
  expect(await judgeSequence(burst, toolsOf(burstOf(7, 140), burstOf(7, 140), burstOf(7, 140)))).toMatchObject({
    state: 'wrong',
    difference: 'web got 200 7 times, not 8',
  })
})

test('a count that is off while answers took too long is not known', async () => {
  const slow = await judgeSequence(burst, toolsOf(burstOf(9, 140), burstOf(9, 140), burstOf(10, 140)))
  expect(slow).toMatchObject({ state: 'unknown' })
  expect(slow.received).toBe(
    'this machine was too busy: answers to requests at once took up to 140 ms, and counts are exact within 90 ms',
  )
  const allSlow = toolsOf(burstOf(8, 140), burstOf(8, 140), burstOf(8, 140))
  expect(await judgeSequence(burst, allSlow)).toMatchObject({ state: 'unknown' })
  expect(await judgeSequence(burst, toolsOf(burstOf(8, 140), burstOf(9), burstOf(9)))).toMatchObject({ state: 'wrong' })
  expect(await judgeSequence(burst, toolsOf(burstOf(9, 140), burstOf(8), burstOf(9)))).toMatchObject({ state: 'right' })
  // A quick trial tells that it is wrong, also where a slow one let as few through.
  expect(await judgeSequence(burst, toolsOf(burstOf(9, 140), burstOf(9), burstOf(10)))).toMatchObject({
    state: 'wrong',
  })
})
