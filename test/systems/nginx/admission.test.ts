import { expect, test } from 'vitest'
import type { Policy } from '../../../src/policy/policy.ts'
import { says, tally, times } from '../each-system.ts'
import { withEach } from './with-each.ts'

withEach(({ origin, edge }) => {
  test('hostile keys let in exactly themselves', async () => {
    const keys = [
      'Plain-Key',
      'a"b',
      "a'b",
      'a{b}c',
      'a;b',
      '$consumer',
      '$'.concat('{host}'),
      'a#b',
      'a\\b',
      'a\\',
      '.*',
      '^a|b$',
      'a b',
      '%41',
      '__proto__',
      '"; default evil; "',
      ']] .. evil .. [[',
    ]
    const a = await origin(says('a'))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        apiKey: [{ path: '/', header: 'x-api-key', consumers: keys.map((key, n) => ({ name: `c${n}`, key })) }],
      },
      { a: [a] },
    )
    for (const [n, key] of keys.entries()) {
      expect([key, (await send('/', { 'x-api-key': key })).status]).toEqual([key, 200])
      const { headers } = a.seen.at(-1)!
      expect([key, headers['x-consumer'], headers['x-api-key']]).toEqual([key, `c${n}`, undefined])
    }
    a.seen.length = 0
    for (const key of ['plain-key', 'PLAIN-KEY', 'Plain-Keyx', 'a', 'ab', 'evil', 'c0', 'A', '127.0.0.1'])
      expect([key, (await send('/', { 'x-api-key': key })).body]).toEqual([
        key,
        '{"error":"unauthorized","reason":"unknown key"}',
      ])
    const bare = await send('/')
    expect(bare).toMatchObject({
      status: 401,
      body: '{"error":"unauthorized","reason":"missing key"}',
      headers: { 'content-type': 'application/json', 'www-authenticate': 'ApiKey realm="edge"' },
    })
    expect(a.seen).toEqual([])
  })

  test('a bucket admits its burst at once, by verified consumer, and bad keys cost nobody anything', async () => {
    const a = await origin(says('a'))
    const policy: Partial<Policy> = {
      routes: [{ path: '/', origin: 'a' }],
      apiKey: [
        {
          path: '/keyed',
          header: 'x-api-key',
          consumers: [
            { name: 'alice', key: 'ka' },
            { name: 'bob', key: 'kb' },
          ],
        },
      ],
      rateLimit: [{ path: '/', ratePerSecond: 0.1, burst: 10, per: 'consumer' }],
    }
    const { send } = await edge(policy, { a: [a] })
    const bad = await Promise.all(times(30, () => send('/keyed', { 'x-api-key': 'nobody' })))
    expect(tally(bad)).toEqual({ 401: 30 })
    const greedy = await Promise.all(times(30, () => send('/keyed', { 'x-api-key': 'ka' })))
    expect(tally(greedy)).toEqual({ 200: 10, 429: 20 })
    expect(greedy.find(({ status }) => status === 429)).toMatchObject({
      body: '{"error":"rate_limited"}',
      headers: { 'content-type': 'application/json', 'retry-after': '10', 'ratelimit-limit': '10' },
    })
    expect((await send('/keyed', { 'x-api-key': 'kb' })).status).toBe(200)
    // Where no key is asked for nobody is known: by address, whatever key is sent along.
    expect(tally(await Promise.all(times(12, () => send('/', { 'x-api-key': 'kb' }))))).toEqual({ 200: 10, 429: 2 })
  })

  test('a burst of one is one at a time, by address', async () => {
    const a = await origin(says('a'))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        rateLimit: [{ path: '/', ratePerSecond: 1, burst: 1, per: 'address' }],
      },
      { a: [a] },
    )
    expect(tally(await Promise.all(times(5, () => send('/'))))).toEqual({ 200: 1, 429: 4 })
  })
})
