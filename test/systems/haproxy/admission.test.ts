/** Keys and limits against the HAProxy that is installed here. */
import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { haproxy } from '../../../src/systems/haproxy/index.ts'
import { says, tally, times, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'

withSystem(haproxy, ({ origin, edge }) => {
  const header = 'x-api-key'

  test('keys and names that mean something elsewhere are nothing but themselves', async () => {
    const a = await origin(says('a'))
    const consumers = [...hostileTexts, '# no comment'].map((text) => ({ name: `name ${text}`, key: text }))
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], apiKey: [{ path: '/', header, consumers }] },
      { a: [a] },
    )
    for (const { name, key } of consumers) {
      expect([key, (await send('/', { [header]: key })).status]).toEqual([key, 200])
      expect(a.seen.at(-1)?.headers).toMatchObject({ 'x-consumer': name })
      expect(a.seen.at(-1)?.headers).not.toHaveProperty(header)
      const other = key.toUpperCase() === key ? `${key}x` : key.toUpperCase()
      expect([other, (await send('/', { [header]: other })).status]).toEqual([other, 401])
    }
  })

  test('of two keys neither passes, and what is refused is explained', async () => {
    const a = await origin(says('a'))
    const consumers = ['alice', 'bob'].map((name) => ({ name, key: `k-${name}` }))
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], apiKey: [{ path: '/secret', header, consumers }] },
      { a: [a] },
    )
    const problem = (reason: string) => ({
      status: 401,
      body: JSON.stringify({ error: 'unauthorized', reason }),
      headers: { 'www-authenticate': 'ApiKey realm="edge"', 'content-type': 'application/json' },
    })
    expect(await send('/secret')).toMatchObject(problem('missing key'))
    expect(await send('/secret', { [header]: '' })).toMatchObject(problem('missing key'))
    for (const key of ['nobody', 'k-alice, k-bob', ['k-alice', 'k-bob'] as unknown as string, 'K-ALICE'])
      expect(await send('/secret', { [header]: key })).toMatchObject(problem('unknown key'))
    expect(a.seen).toEqual([])
    await send('/secret', { [header]: 'k-bob', 'x-consumer': 'forged', connection: 'x-consumer' })
    expect(a.seen.at(-1)?.headers['x-consumer']).toBe('bob')
    await send('/open', { [header]: 'k-bob', 'x-consumer': 'forged' })
    expect(a.seen.at(-1)?.headers).not.toHaveProperty('x-consumer')
  })

  test('bad keys cost nobody anything; each consumer has an own count, and who is unknown one by address', async () => {
    const a = await origin(says('a'))
    const consumers = ['alice', 'bob'].map((name) => ({ name, key: `k-${name}` }))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        apiKey: [{ path: '/keyed', header, consumers }],
        rateLimit: [{ path: '/', ratePerSecond: 0.1, burst: 10, per: 'consumer' }],
      },
      { a: [a] },
    )
    const asked = (count: number, path: string, key: string) =>
      Promise.all(times(count, () => send(path, { [header]: key })))
    expect(tally(await asked(30, '/keyed', 'nobody'))).toEqual({ 401: 30 })
    const greedy = await asked(30, '/keyed', 'k-alice')
    expect(tally(greedy)).toEqual({ 200: 10, 429: 20 })
    expect(greedy.find(({ status }) => status === 429)).toMatchObject({
      body: '{"error":"rate_limited"}',
      headers: { 'content-type': 'application/json', 'retry-after': '100', 'ratelimit-limit': '10' },
    })
    expect(tally(await asked(1, '/keyed', 'k-bob'))).toEqual({ 200: 1 })
    expect(tally(await asked(12, '/', 'k-bob'))).toEqual({ 200: 10, 429: 2 })
  })

  test('who keeps asking is not locked out: refusals do not count, and a burst of one is not halved', async () => {
    const a = await origin(says('a'))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        rateLimit: [
          { path: '/many', ratePerSecond: 20, burst: 10, per: 'address' },
          { path: '/one', ratePerSecond: 10, burst: 1, per: 'address' },
        ],
      },
      { a: [a] },
    )
    const admitted = async (path: string): Promise<number> => {
      const begun = performance.now()
      let count = 0
      while (performance.now() - begun < 2000) {
        if ((await send(path)).status === 200) count += 1
        // A client that pauses between its requests, and never stops asking.
        await after(5)
      }
      return count
    }
    const [many, one] = await Promise.all([admitted('/many'), admitted('/one')])
    // 2 s of 20 a second and of 10 a second, less what a busy machine asks too late; locked out it would be 10, halved 10.
    expect(many).toBeGreaterThanOrEqual(28)
    expect(many).toBeLessThanOrEqual(50)
    expect(one).toBeGreaterThanOrEqual(13)
    expect(one).toBeLessThanOrEqual(21)
  })
})
