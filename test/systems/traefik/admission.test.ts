/** Keys and limits against the Traefik that is installed here. */
import { expect, test } from 'vitest'
import { traefik } from '../../../src/systems/traefik/index.ts'
import { says, tally, times, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'

withSystem(traefik, ({ origin, edge }) => {
  const header = 'x-api-key'
  const consumers = ['alice', 'bob'].map((name) => ({ name, key: `k-${name}` }))
  const by = (name: string) => ({ [header]: `k-${name}` })
  const slow = { ratePerSecond: 1 / 60, per: 'consumer' } as const

  test('keys and names that mean something elsewhere are nothing but themselves', async () => {
    const a = await origin(says('a'))
    const hostile = hostileTexts.map((text) => ({ name: `name ${text}`, key: `key ${text}` }))
    const { send, log } = await edge(
      { routes: [{ path: '/', origin: 'a' }], apiKey: [{ path: '/', header, consumers: hostile }] },
      { a: [a] },
    )
    expect(log()).toBe('')
    for (const { name, key } of hostile) {
      expect([key, (await send('/', { [header]: key })).status]).toEqual([key, 200])
      expect(a.seen.at(-1)?.headers).toMatchObject({ 'x-consumer': name })
      expect(a.seen.at(-1)?.headers).not.toHaveProperty(header)
    }
    for (const key of ['key ', 'key', 'key a', 'KEY .*', 'key q', `key ${process.env['HOME']}`, 'key a, key b'])
      expect([key, (await send('/', { [header]: key })).status]).toEqual([key, 401])
  })

  test('without a key: 401, and no name of one’s own; no Connection header takes the right one away', async () => {
    const a = await origin(says('a'))
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], apiKey: [{ path: '/secret', header, consumers }] },
      { a: [a] },
    )
    for (const headers of [{}, { [header]: 'k-carol' }, { 'x-consumer': 'alice' }] as Record<string, string>[])
      expect(await send('/secret', headers)).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'ApiKey realm="edge"' },
      })
    expect(a.seen).toEqual([])
    await send('/secret', { ...by('bob'), 'x-consumer': 'forged', connection: 'x-consumer' })
    expect(a.seen.at(-1)?.headers['x-consumer']).toBe('bob')
    await send('/open', { ...by('bob'), 'x-consumer': 'forged', X_Consumer: 'forged' })
    expect(a.seen.at(-1)?.headers).not.toHaveProperty('x-consumer')
    expect(a.seen.at(-1)?.headers).not.toHaveProperty('x_consumer')
  })

  test('paths with one limit share the bucket of a consumer, whichever line knows the key', async () => {
    const a = await origin(says('a'))
    const { send, log } = await edge(
      {
        routes: ['/a', '/a/b', '/a/b/c', '/open'].map((path) => ({ path, origin: 'a' })),
        apiKey: [
          { path: '/a', header, consumers },
          { path: '/a/b', header, consumers },
        ],
        rateLimit: [{ ...slow, path: '/a', burst: 3 }],
      },
      { a: [a] },
    )
    expect(log()).toBe('')
    const statuses = []
    for (const path of ['/a', '/a/b', '/a/b/c', '/a', '/a/b']) statuses.push((await send(path, by('alice'))).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    expect(tally(await Promise.all(times(5, () => send('/a/b', by('bob')))))).toEqual({ 200: 3, 429: 2 })
    expect(tally(await Promise.all(times(5, () => send('/open'))))).toEqual({ 200: 5 })
    expect((await send('/a/none', by('carol'))).status).toBe(401)
  })

  test('by address all callers share a bucket; a longer path has its own limit; a refusal says how long to wait', async () => {
    const a = await origin(says('a'))
    const { send } = await edge(
      {
        routes: [
          { path: '/a', origin: 'a' },
          { path: '/a/b', origin: 'a' },
        ],
        apiKey: [{ path: '/a', header, consumers }],
        rateLimit: [
          { ...slow, path: '/a', burst: 3, per: 'address' },
          { ...slow, path: '/a/b', burst: 1 },
        ],
      },
      { a: [a] },
    )
    const statuses = []
    for (const name of ['alice', 'bob', 'alice', 'bob']) statuses.push((await send('/a', by(name))).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await send('/a/b', by('alice'))).status).toBe(200)
    const refused = await send('/a/b', by('alice'))
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(55)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
  })
})
