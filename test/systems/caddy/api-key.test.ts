/** Keys against the Caddy that is installed here. */
import { expect, test } from 'vitest'
import { caddy } from '../../../src/systems/caddy/index.ts'
import { says, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'

withSystem(caddy, ({ origin, edge }) => {
  const header = 'x-api-key'

  test('keys and names that mean something elsewhere are nothing but themselves', async () => {
    const a = await origin(says('a'))
    const consumers = hostileTexts.map((text) => ({ name: `name ${text}`, key: `key ${text}` }))
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], apiKey: [{ path: '/', header, consumers }] },
      { a: [a] },
    )
    for (const { name, key } of consumers) {
      expect([key, (await send('/', { [header]: key })).status]).toEqual([key, 200])
      expect(a.seen.at(-1)?.headers).toMatchObject({ 'x-consumer': name })
      expect(a.seen.at(-1)?.headers).not.toHaveProperty(header)
    }
    for (const key of [
      'key ',
      'key *',
      'key',
      `key ${process.env['HOME']}`,
      'key a',
      'KEY .*',
      'key q',
      'key a, key b',
    ].filter((key) => !consumers.some((consumer) => consumer.key === key)))
      expect([key, (await send('/', { [header]: key })).status]).toEqual([key, 401])
  })

  test('of two keys neither passes, and no Connection header takes the name away', async () => {
    const a = await origin(says('a'))
    const consumers = ['alice', 'bob'].map((name) => ({ name, key: `k-${name}` }))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        apiKey: [{ path: '/secret', header, consumers }],
      },
      { a: [a] },
    )
    expect((await send('/secret', { [header]: ['k-alice', 'k-bob'] as unknown as string })).status).toBe(401)
    expect(await send('/secret')).toMatchObject({
      status: 401,
      body: '{"error":"unauthorized","reason":"missing key"}',
      headers: { 'www-authenticate': 'ApiKey realm="edge"', 'content-type': 'application/json' },
    })
    expect(await send('/secret', { [header]: '{env.HOME}' })).toMatchObject({
      body: '{"error":"unauthorized","reason":"unknown key"}',
    })
    expect(a.seen).toEqual([])
    await send('/secret', { [header]: 'k-bob', 'x-consumer': 'forged', connection: 'x-consumer, x-api-key' })
    expect(a.seen.at(-1)?.headers['x-consumer']).toBe('bob')
    await send('/open', { [header]: 'k-bob', 'x-consumer': 'forged', X_Consumer: 'forged' })
    expect(a.seen.at(-1)?.headers).not.toHaveProperty('x-consumer')
    expect(a.seen.at(-1)?.headers).not.toHaveProperty('x_consumer')
  })
})
