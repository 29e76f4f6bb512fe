/** The cache of the HAProxy that is installed here. */
import { expect, test } from 'vitest'
import type { Cache } from '../../../src/policy/features/cache/line.ts'
import { haproxy } from '../../../src/systems/haproxy/index.ts'
import { type Lab, times, withSystem } from '../each-system.ts'
import type { Answer } from '../running-edge.ts'

const line: Cache = { path: '/', ttlMs: 60_000, key: ['path', 'query'], coalesce: false, staleOnErrorMs: 0 }

/** Numbers its answers; says with them what the path names. */
const numbered = (says: Readonly<Record<string, Readonly<Record<string, string>>>>): Parameters<Lab['origin']>[0] => {
  let count = 0
  return (incoming, response) => {
    count += 1
    for (const [name, value] of Object.entries(says[incoming.url!.replace(/\?.*/, '')] ?? {}))
      response.setHeader(name, value)
    response.end(String(count))
  }
}

const xCache = ({ headers }: Answer): unknown => headers['x-cache']

withSystem(haproxy, ({ origin, edge }) => {
  test('what has freshness is kept, by the origin’s word or the policy’s; nothing else is', async () => {
    const says = {
      '/none': {},
      '/public': { 'cache-control': 'public' },
      '/stated': { 'cache-control': 'max-age=60' },
      '/expires': { expires: new Date(Date.now() + 60_000).toUTCString() },
      '/etag': { etag: '"1"' },
      '/cookie': { 'set-cookie': 'a=b' },
      '/own-cookie': { 'set-cookie': 'a=b', 'cache-control': 'max-age=60' },
      '/private': { 'cache-control': 'private' },
      '/old': { 'cache-control': 'max-age=60', age: '30' },
      '/stale': { expires: '0' },
      '/varies': { vary: 'X-User' },
    }
    const second = async (ttlMs: number): Promise<Record<string, unknown>> => {
      const a = await origin(numbered(says))
      const { send } = await edge({ routes: [{ path: '/', origin: 'a' }], cache: [{ ...line, ttlMs }] }, { a: [a] })
      const seen = Object.keys(says).map(async (path) => {
        await send(path)
        return [path, xCache(await send(path))] as const
      })
      return Object.fromEntries(await Promise.all(seen))
    }
    const never = {
      '/cookie': 'MISS',
      '/own-cookie': 'MISS',
      '/private': 'MISS',
      '/old': 'MISS',
      '/stale': 'MISS',
      '/varies': 'MISS',
    }
    const stated = { '/stated': 'HIT', '/expires': 'HIT' }
    expect(await second(60_000)).toEqual({ ...never, ...stated, '/none': 'HIT', '/public': 'HIT', '/etag': 'HIT' })
    // Without a ttl: only what the origin says. HAProxy itself would keep what has an ETag.
    expect(await second(0)).toEqual({ ...never, ...stated, '/none': 'MISS', '/public': 'MISS', '/etag': 'MISS' })
  })

  test('who sends Authorization gets an answer of their own, which no shared cache may keep', async () => {
    const a = await origin(numbered({}))
    const { send } = await edge({ routes: [{ path: '/', origin: 'a' }], cache: [line] }, { a: [a] })
    const own = await send('/', { authorization: 'Bearer a' })
    expect(own.headers).not.toHaveProperty('cache-control')
    expect(xCache(await send('/'))).toBe('MISS')
    expect(await send('/', { authorization: 'Bearer a' })).toMatchObject({ body: '3' })
    expect(await send('/')).toMatchObject({ body: '2', headers: { 'x-cache': 'HIT' } })
  })

  test('a key by consumer and path: the origin gets host and query as they came, each consumer an own answer', async () => {
    const a = await origin(numbered({}))
    const consumers = ['alice', 'bob'].map((name) => ({ name, key: `k-${name}` }))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        // Where the key itself travels in Authorization, the edge takes it away, and the consumer is what counts.
        apiKey: [{ path: '/', header: 'authorization', consumers }],
        cache: [{ ...line, key: ['path', 'consumer'] }],
      },
      { a: [a] },
    )
    const ask = (who: string, path: string, host = 'shop.example') => send(path, { authorization: `k-${who}`, host })
    expect(await ask('alice', '/x?n=1')).toMatchObject({ body: '1' })
    expect(a.seen.at(-1)).toMatchObject({ url: '/x?n=1', headers: { host: 'shop.example', 'x-consumer': 'alice' } })
    expect(await ask('alice', '/x')).toMatchObject({ body: '1', headers: { 'x-cache': 'HIT' } })
    expect(await ask('bob', '/x')).toMatchObject({ body: '2' })
    expect(await ask('alice', '/x', 'alice.shop.example')).toMatchObject({ body: '3' })
    expect((await send('/x')).status).toBe(401)
  })

  test('a POST takes away what is kept, HEAD is answered from it, and thirty at once all go to the origin', async () => {
    const a = await origin(numbered({}))
    const { send } = await edge({ routes: [{ path: '/', origin: 'a' }], cache: [line] }, { a: [a] })
    await send('/x')
    expect(await send('/x', {}, 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'x-cache': 'HIT' } })
    await send('/x', {}, 'POST')
    expect(await send('/x')).toMatchObject({ body: '3', headers: { 'x-cache': 'MISS' } })
    const waiting: (() => void)[] = []
    const slow = await origin((_, response) => {
      waiting.push(() => response.end('slow'))
      if (waiting.length === 30) for (const answer of waiting) answer()
    })
    const crowd = await edge({ routes: [{ path: '/', origin: 'slow' }], cache: [line] }, { slow: [slow] })
    await Promise.all(times(30, () => crowd.send('/x')))
    expect(slow.seen.length).toBe(30)
  })
})
