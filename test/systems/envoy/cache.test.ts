/** The cache against the Envoy that is installed here: what is kept, for how long and for whom. */
import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { envoy } from '../../../src/systems/envoy/index.ts'
import { until } from '../../until.ts'
import { type Lab, tally, times, withSystem } from '../each-system.ts'

const minute = { path: '/', ttlMs: 60_000, key: ['path', 'query'] as const, coalesce: true, staleOnErrorMs: 0 }
const routes = [{ path: '/', origin: 'a' }]
const apiKey = [
  {
    path: '/',
    header: 'x-api-key',
    consumers: [
      { name: 'ann', key: 'ka' },
      { name: 'bob', key: 'kb' },
    ],
  },
]

/** Numbers its answers; status and headers as the path says: `/404?cache-control=max-age=60`. */
function numbering(origin: Lab['origin'], delayMs = 0): ReturnType<Lab['origin']> {
  let count = 0
  return origin(async (incoming, response) => {
    count += 1
    const number = count
    // Nobody can see how many wait within Envoy: late enough for all who ask at once to be there.
    if (delayMs) await after(delayMs)
    const { pathname, searchParams } = new URL(incoming.url!, 'http://a')
    for (const [name, value] of searchParams) if (/^[a-z-]+$/.test(name)) response.setHeader(name, value)
    response.statusCode = incoming.headers['if-none-match'] === '"same"' ? 304 : Number(pathname.slice(1)) || 200
    response.end(incoming.method === 'HEAD' || response.statusCode === 304 ? undefined : `answer ${number}`)
  })
}

withSystem(envoy, ({ origin, edge }) => {
  test('thirty at once for a missing entry are one request to the origin; HEAD and ranges are answered from it', async () => {
    const a = await numbering(origin, 300)
    const { send } = await edge({ routes, cache: [minute] }, { a: [a] })
    const answers = await Promise.all(times(30, () => send('/x')))
    expect(tally(answers)).toEqual({ 200: 30 })
    expect(answers.filter(({ headers }) => headers['x-cache'] === 'HIT').length).toBe(29)
    expect(await send('/x', {}, 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'x-cache': 'HIT' } })
    expect(await send('/x', { range: 'bytes=0-5' })).toMatchObject({ status: 206, body: 'answer' })
    expect(await send('/x', { 'cache-control': 'no-cache' })).toMatchObject({ headers: { 'x-cache': 'HIT' } })
    expect(a.seen.length).toBe(1)
    await send('/x?y=1')
    expect(a.seen.length).toBe(2)
    // It knows who asked, and of no address of Envoy's own.
    expect(a.seen[0]?.headers).toEqual({
      host: expect.any(String),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    })
  })

  test('an answer of any status with freshness of its own is kept; without, only 200 and no cookie', async () => {
    const { send } = await edge({ routes, cache: [minute] }, { a: [await numbering(origin)] })
    const expires = encodeURIComponent(new Date(Date.now() + 60_000).toUTCString())
    for (const [path, wanted] of [
      ['/200', 'HIT'],
      ['/301', 'MISS'],
      ['/404', 'MISS'],
      ['/503', 'MISS'],
      ['/301?cache-control=max-age=60', 'HIT'],
      ['/404?cache-control=max-age=60', 'HIT'],
      ['/200?set-cookie=a%3Db', 'MISS'],
      ['/200?cache-control=no-store', 'MISS'],
      ['/200?expires=0', 'MISS'],
      [`/200?expires=${expires}`, 'HIT'],
      ['/200?vary=accept', 'MISS'],
      ['/200?cache-control=max-age=60&age=50', 'HIT'],
      ['/200?cache-control=max-age=60&age=70', 'MISS'],
    ] as const) {
      await send(path)
      expect([path, (await send(path)).headers['x-cache']]).toEqual([path, wanted])
    }
  })

  test('without a ttl only what the origin says is kept', async () => {
    const { send } = await edge({ routes, cache: [{ ...minute, ttlMs: 0 }] }, { a: [await numbering(origin)] })
    for (const [path, wanted] of [
      ['/', 'MISS'],
      ['/?cache-control=max-age=60', 'HIT'],
    ] as const) {
      await send(path)
      expect([path, (await send(path)).headers['x-cache']]).toEqual([path, wanted])
    }
  })

  test('an expired answer is asked for on condition, and 304 renews it; while the origin fails, so does the edge', async () => {
    const a = await numbering(origin)
    const { send } = await edge({ routes, cache: [{ ...minute, ttlMs: 1000, staleOnErrorMs: 9000 }] }, { a: [a] })
    const path = `/?etag=${encodeURIComponent('"same"')}`
    expect((await send(path)).body).toBe('answer 1')
    await until(
      'the answer is asked for again',
      async () => {
        expect((await send(path)).body).toBe('answer 1')
        return a.seen.at(-1)?.headers['if-none-match']
      },
      (condition) => condition === '"same"',
    )
    await send('/y')
    await a.close()
    const failed = await until(
      'the answer is kept no more',
      () => send('/y'),
      ({ headers }) => headers['x-cache'] !== 'HIT',
    )
    expect(failed).toMatchObject({ status: 502, body: expect.stringContaining('{"error":"bad_gateway"}') })
  })

  test('an answer to a request with Authorization is kept for nobody', async () => {
    const { send } = await edge({ routes, cache: [minute] }, { a: [await numbering(origin)] })
    for (const said of ['', 'max-age=60', 'public, max-age=60']) {
      const path = `/?cache-control=${encodeURIComponent(said)}`
      const bodies = []
      for (const authorization of ['Bearer ann', 'Bearer bob']) bodies.push((await send(path, { authorization })).body)
      bodies.push((await send(path)).body)
      expect([said, new Set(bodies).size]).toEqual([said, 3])
    }
  })

  test('a key that travels in Authorization is the edge’s own: what it opens is kept as the policy says', async () => {
    const inAuthorization = [{ ...apiKey[0]!, header: 'authorization' }]
    const { send } = await edge({ routes, apiKey: inAuthorization, cache: [minute] }, { a: [await numbering(origin)] })
    const answers = [await send('/x', { authorization: 'ka' }), await send('/x', { authorization: 'kb' })]
    expect(answers.map(({ body, headers }) => [body, headers['x-cache']])).toEqual([
      ['answer 1', 'MISS'],
      ['answer 1', 'HIT'],
    ])
  })

  test('with the consumer in the key nobody gets another’s answer, and no query is somebody else’s key', async () => {
    const a = await numbering(origin)
    const cache = [{ ...minute, key: ['path', 'query', 'consumer'] as const }]
    const { send } = await edge({ routes, apiKey, cache }, { a: [a] })
    const ask = async (path: string, key: string) => (await send(path, { 'x-api-key': key })).body
    expect(await ask('/x?a=%41&b&a=1', 'ka')).toBe('answer 1')
    expect(await ask('/x?a=%41&b&a=1', 'kb')).toBe('answer 2')
    expect(await ask('/x?a=%41&b&a=1', 'ka')).toBe('answer 1')
    expect(await ask('/x?b&a=%41&a=1', 'ka')).toBe('answer 3')
    // What the filter has as alice's key of another path.
    expect(await ask('/x?ann|/x?b', 'kb')).toBe('answer 4')
    expect(await ask('/x?b', 'ka')).toBe('answer 5')
    expect(await ask('/x', 'nobody')).toContain('unauthorized')
    expect(a.seen.map(({ url }) => url)).toEqual([
      '/x?a=%41&b&a=1',
      '/x?a=%41&b&a=1',
      '/x?b&a=%41&a=1',
      '/x?ann|/x?b',
      '/x?b',
    ])
    for (const { headers } of a.seen) {
      expect(headers).not.toHaveProperty('x-edge-uri')
      expect(headers).not.toHaveProperty('x-edge-key')
    }
  })

  test('without the query in the key it makes no difference, and the origin still gets it', async () => {
    const a = await numbering(origin)
    const { send } = await edge({ routes, cache: [{ ...minute, key: ['path'] as const }] }, { a: [a] })
    expect((await send('/x?v=1')).body).toBe('answer 1')
    expect(await send('/x?v=2')).toMatchObject({ body: 'answer 1', headers: { 'x-cache': 'HIT' } })
    expect((await send('/y?v=2')).body).toBe('answer 2')
    expect((await send('/z', { 'x-edge-uri': '/x?v=1', 'x-edge-key': 'any' })).body).toBe('answer 3')
    expect(a.seen.map(({ url }) => url)).toEqual(['/x?v=1', '/y?v=2', '/z'])
  })

  test('one client’s Host poisons nobody’s entry; who waits for what may not be kept asks alone', async () => {
    const a = await numbering(origin, 50)
    const { send } = await edge({ routes, cache: [minute] }, { a: [a] })
    const bodies = []
    for (const host of ['evil.example', 'shop.example', 'evil.example', 'shop.example'])
      bodies.push((await send('/x', { host })).body)
    expect(bodies).toEqual(['answer 1', 'answer 2', 'answer 1', 'answer 2'])
    for (const says of ['cache-control=private', 'cache-control=no-store', 'set-cookie=a%3Db', 'vary=*']) {
      const both = await Promise.all(times(2, () => send(`/?${says}`)))
      expect([says, new Set(both.map(({ body }) => body)).size]).toEqual([says, 2])
    }
  })

  test('keys and limits stand before the cache; a location that does not cache is beside it', async () => {
    const a = await numbering(origin)
    const { send } = await edge(
      {
        routes,
        apiKey,
        cache: [{ ...minute, path: '/kept' }],
        rateLimit: [{ path: '/kept', ratePerSecond: 0.01, burst: 3, per: 'consumer' }],
      },
      { a: [a] },
    )
    expect((await send('/kept')).status).toBe(401)
    const answers = []
    for (let n = 0; n < 5; n += 1) answers.push(await send('/kept', { 'x-api-key': 'ka' }))
    expect(answers.map(({ status, headers }) => [status, headers['x-cache']])).toEqual([
      [200, 'MISS'],
      [200, 'HIT'],
      [200, 'HIT'],
      [429, undefined],
      [429, undefined],
    ])
    expect((await send('/kept')).status).toBe(401)
    for (let n = 0; n < 2; n += 1)
      expect((await send('/beside', { 'x-api-key': 'ka' })).headers).not.toHaveProperty('x-cache')
    expect(a.seen.length).toBe(3)
  })
})
