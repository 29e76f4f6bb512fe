/** Keys and limits against the Envoy that is installed here. */
import { expect, test } from 'vitest'
import type { Policy } from '../../../src/policy/policy.ts'
import { envoy } from '../../../src/systems/envoy/index.ts'
import { says, tally, times, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'

const header = 'x-api-key'
const consumers = ['alice', 'bob'].map((name) => ({ name, key: `k-${name}` }))

withSystem(envoy, ({ origin, edge }) => {
  test('keys and names that mean something elsewhere are nothing but themselves', async () => {
    const a = await origin(says('a'))
    const hostile = hostileTexts.map((text) => ({ name: `name ${text}`, key: `key ${text}` }))
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], apiKey: [{ path: '/', header, consumers: hostile }] },
      { a: [a] },
    )
    for (const { name, key } of hostile) {
      expect([key, (await send('/', { [header]: key })).status]).toEqual([key, 200])
      expect(a.seen.at(-1)?.headers).toMatchObject({ 'x-consumer': name })
      expect(a.seen.at(-1)?.headers).not.toHaveProperty(header)
    }
    a.seen.length = 0
    for (const key of ['key', 'key *', 'key a', 'KEY .*', 'key q', `key ${process.env['HOME']}`].filter(
      (key) => !hostile.some((each) => each.key === key),
    ))
      expect([key, (await send('/', { [header]: key })).status]).toEqual([key, 401])
    expect(a.seen).toEqual([])
  })

  test('refusals say what was wrong; names cannot be forged, with a key or without', async () => {
    const a = await origin(says('a'))
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], apiKey: [{ path: '/secret', header, consumers }] },
      { a: [a] },
    )
    const refused = (reason: string) => ({
      status: 401,
      body: expect.stringContaining(`{"error":"unauthorized","reason":"${reason}"}`),
      headers: { 'www-authenticate': 'ApiKey realm="edge"', 'content-type': 'application/json' },
    })
    expect(await send('/secret')).toMatchObject(refused('missing_api_key'))
    expect(await send('/secret', { [header]: 'K-ALICE' })).toMatchObject(refused('unknown_api_key'))
    expect(await send('/secret?x-api-key=k-alice')).toMatchObject({ status: 401 })
    // Who says that a header is for the connection only takes it away.
    expect(await send('/secret', { [header]: 'k-bob', connection: header })).toMatchObject({ status: 401 })
    expect(a.seen).toEqual([])
    await send('/secret', { [header]: 'k-bob', 'x-consumer': 'forged', connection: 'x-consumer' })
    expect(a.seen.at(-1)?.headers).toMatchObject({ 'x-consumer': 'bob' })
    await send('/open', { [header]: 'k-bob', 'x-consumer': 'forged', X_Consumer: 'forged' })
    expect(a.seen.at(-1)?.headers).not.toHaveProperty('x-consumer')
    expect(a.seen.at(-1)?.headers).not.toHaveProperty('x_consumer')
    expect(a.seen.at(-1)?.headers).toMatchObject({ [header]: 'k-bob' })
  })

  test('“Bearer ” makes no difference, as its fidelity says, and a key that begins so is one', async () => {
    const a = await origin(says('a'))
    const named = [...consumers, { name: 'cat', key: 'Bearer of keys' }]
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], apiKey: [{ path: '/', header, consumers: named }] },
      { a: [a] },
    )
    for (const [key, status] of [
      ['k-bob', 200],
      ['Bearer k-bob', 200],
      ['bearer k-bob', 401],
      ['Bearer of keys', 200],
      ['Bearer', 401],
    ] as const)
      expect([key, (await send('/', { [header]: key })).status]).toEqual([key, status])
  })

  test('a bucket admits its burst at once, by verified consumer, and bad keys cost nobody anything', async () => {
    const a = await origin(says('a'))
    const policy: Partial<Policy> = {
      routes: [{ path: '/', origin: 'a' }],
      apiKey: [{ path: '/keyed', header, consumers }],
      rateLimit: [{ path: '/', ratePerSecond: 0.1, burst: 10, per: 'consumer' }],
    }
    const { send } = await edge(policy, { a: [a] })
    expect(tally(await Promise.all(times(30, () => send('/keyed', { [header]: 'nobody' }))))).toEqual({ 401: 30 })
    const greedy = await Promise.all(times(30, (n) => send(n % 2 ? '/keyed' : '/keyed/x', { [header]: 'k-alice' })))
    expect(tally(greedy)).toEqual({ 200: 10, 429: 20 })
    expect(greedy.find(({ status }) => status === 429)).toMatchObject({
      body: expect.stringContaining('{"error":"rate_limited"}'),
      headers: { 'content-type': 'application/json', 'retry-after': '10', 'x-ratelimit-limit': '10' },
    })
    expect((await send('/keyed', { [header]: 'k-bob' })).headers['x-ratelimit-remaining']).toBe('9')
    // Where no key is asked for nobody is known: by address, whatever is sent along.
    const unknown = await Promise.all(
      times(12, (n) => send('/', { [header]: 'k-bob', 'x-consumer': `c${n}`, 'x-forwarded-for': `10.0.0.${n}` })),
    )
    expect(tally(unknown)).toEqual({ 200: 10, 429: 2 })
  })

  test('a line has its own buckets, remembers more callers than twenty, and goes before a wider one', async () => {
    const a = await origin(says('a'))
    const many = times(60, (n) => ({ name: `c${n}`, key: `key-${n}` }))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        apiKey: [{ path: '/', header, consumers: many }],
        rateLimit: [
          { path: '/', ratePerSecond: 0.01, burst: 1, per: 'consumer' },
          { path: '/own', ratePerSecond: 0.01, burst: 2, per: 'address' },
        ],
      },
      { a: [a] },
    )
    const once = await Promise.all(many.map(({ key }) => send('/', { [header]: key })))
    const again = await Promise.all(many.map(({ key }) => send('/', { [header]: key })))
    expect([tally(once), tally(again)]).toEqual([{ 200: 60 }, { 429: 60 }])
    const own = await Promise.all(many.slice(0, 5).map(({ key }) => send('/own', { [header]: key })))
    expect(tally(own)).toEqual({ 200: 2, 429: 3 })
  })
})
