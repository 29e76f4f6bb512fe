import { once } from 'node:events'
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Cache } from '../../../src/policy/features/cache/line.ts'
import { nodeProxy } from '../../../src/systems/node-proxy/index.ts'
import { until } from '../../until.ts'
import { type Answer, type EdgeLab, openEdge } from '../node-core/edge-lab.ts'

const base: Omit<Cache, 'path'> = { ttlMs: 60_000, key: ['path'], coalesce: true, staleOnErrorMs: 0 }
const said = ({ headers }: Answer): string | undefined => headers['x-cache']

describe('the cache of node-proxy', () => {
  let edge: EdgeLab
  beforeAll(async () => {
    edge = await openEdge(
      nodeProxy,
      {
        routes: [{ path: '/', origin: 'catalogue' }],
        cache: [
          { ...base, path: '/products' },
          { ...base, path: '/by-query', key: ['path', 'query'] },
          { ...base, path: '/short', ttlMs: 400, staleOnErrorMs: 0 },
          { ...base, path: '/stale', ttlMs: 400, staleOnErrorMs: 30_000 },
          { ...base, path: '/second', ttlMs: 60_000, staleOnErrorMs: 30_000 },
        ],
      },
      {
        catalogue: {
          instances: 2,
          routes: [
            { path: '/products/{id}', body: 'product', sizeBytes: 200_000 },
            { path: '/by-query/{id}', body: 'product' },
            { path: '/short/{id}', body: 'product' },
            { path: '/stale/{id}', body: 'product' },
            { path: '/second/{id}', body: 'product', cacheControl: 'max-age=1' },
            { path: '/uncached/{id}', body: 'product' },
          ],
        },
      },
    )
  })
  afterAll(() => edge.close())
  afterEach(() => edge.fail(false))
  const hitsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = await edge.hits()
    await work()
    return (await edge.hits()) - before
  }

  test('MISS, then HIT with the same body, whatever the query and who asks', async () => {
    const hits = await hitsOf(async () => {
      const first = await edge.get('/products/1?v=1')
      const second = await edge.get('/products/1?v=2', { 'user-agent': 'another' })
      expect([first, second].map(said)).toEqual(['MISS', 'HIT'])
      expect(second.body).toBe(first.body)
      expect(second.headers).not.toHaveProperty('cache-control')
      expect(JSON.parse(second.body)).toHaveProperty('sku')
    })
    expect(hits).toBe(1)
    expect(said(await edge.get('/uncached/1'))).toBeUndefined()
  })

  test('a hit leaves the client’s connection open', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<number | undefined>()
    for (let n = 0; n < 3; n++) {
      const request = get({ port: edge.port, path: '/products/kept-open', agent })
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      expect(response.headers['x-cache']).toBe(n === 0 ? 'MISS' : 'HIT')
      ports.add(request.socket?.localPort)
      await once(response.resume(), 'end')
      // The agent takes the connection back after the end.
      await new Promise(setImmediate)
    }
    agent.destroy()
    expect(ports.size).toBe(1)
  })

  test('another query is another entry where the key has it', async () => {
    const hits = await hitsOf(async () => {
      for (const query of ['a', 'b', 'a']) await edge.get(`/by-query/1?${query}`)
    })
    expect(hits).toBe(2)
  })

  test('HEAD is answered from what GET stored', async () => {
    const full = await edge.get('/products/2')
    const head = await edge.get('/products/2', {}, 'HEAD')
    expect(head).toMatchObject({ status: 200, body: '' })
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(full.body)))
    expect(said(head)).toBe('HIT')
  })

  test('30 at once for a missing entry of 200 KB are one request to the origin', async () => {
    let answers: Answer[] = []
    const hits = await hitsOf(async () => {
      answers = await Promise.all(
        Array.from({ length: 30 }, (_, n) => edge.get('/products/crowd', { 'user-agent': `client ${n}` })),
      )
    })
    expect(hits).toBe(1)
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1)
    expect(answers.filter((answer) => said(answer) === 'MISS')).toHaveLength(1)
  })

  test('lives for the policy’s time to the millisecond, and not longer', async () => {
    const start = performance.now()
    await edge.get('/short/1')
    const again = await edge.get('/short/1')
    // On a machine that stalled for longer than the entry lives, there is nothing to see.
    if (performance.now() - start < 400) expect(said(again)).toBe('HIT')
    await until(
      'it is asked for anew',
      async () => said(await edge.get('/short/1')),
      (word) => word === 'MISS',
      1500,
    )
    expect(performance.now() - start).toBeGreaterThanOrEqual(400)
  })

  test('an expired answer is served while the origin fails, and another entry’s failure does not cost it', async () => {
    const before = await edge.get('/stale/1')
    // Longer than its 400 ms: a look before would show nothing, and one after the end would renew it.
    await new Promise((resolve) => setTimeout(resolve, 450))
    await edge.fail(true)
    const other = await edge.get('/stale/never-seen')
    expect(other.status).toBe(503)
    for (let n = 0; n < 2; n++) {
      const during = await edge.get('/stale/1')
      expect(during.status).toBe(200)
      expect(said(during)).toBe('STALE')
      expect(during.headers).not.toHaveProperty('warning')
      expect(during.body).toBe(before.body)
    }
    await edge.fail(false)
    expect(said(await edge.get('/stale/1'))).toBe('MISS')
  })

  test('the origin’s max-age wins over the policy, and the policy’s staleness still holds', async () => {
    const first = await edge.get('/second/1')
    expect(first.headers['cache-control']).toBe('max-age=1')
    await edge.fail(true)
    await until(
      'it is stale',
      async () => said(await edge.get('/second/1')),
      (word) => word === 'STALE',
    )
    await edge.fail(false)
    expect(said(await edge.get('/second/1'))).toBe('MISS')
  })
})

describe('what a shared cache must not do', () => {
  let seen: { path: string; headers: Readonly<Record<string, unknown>> }[] = []
  const origin: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://origin')
    seen.push({ path: pathname, headers: request.headers })
    const who = request.headers.cookie ?? request.headers.authorization ?? 'nobody'
    const end = (status: number, headers: Record<string, string>): void => {
      // Late enough for those who ask at the same time to be there.
      setTimeout(() => response.writeHead(status, headers).end(`${who} ${seen.length}`), 60)
    }
    if (pathname === '/cookie') end(200, { 'set-cookie': 'a=b' })
    else if (pathname === '/private') end(200, { 'cache-control': 'private, max-age=60' })
    else if (pathname === '/no-store') end(200, { 'cache-control': 'no-store' })
    else if (pathname === '/language') end(200, { vary: 'accept-language', 'cache-control': 'max-age=60' })
    else if (request.headers['if-none-match'] || request.headers.range) end(304, {})
    else end(200, { etag: '"1"', age: '0', 'cache-control': 'max-age=60' })
  }
  let edge: EdgeLab
  beforeAll(async () => {
    edge = await openEdge(
      nodeProxy,
      { routes: [{ path: '/', origin: 'own' }], cache: [{ ...base, path: '/' }] },
      { own: origin },
    )
  })
  afterAll(() => edge.close())

  test.each(['/cookie', '/private', '/no-store'])('%s is asked for every time', async (path) => {
    seen = []
    for (let n = 0; n < 2; n++) expect(said(await edge.get(path))).toBe('MISS')
    expect(seen).toHaveLength(2)
  })

  test.each(['cookie', 'authorization'])('requests with different %s are never joined', async (name) => {
    seen = []
    const answers = await Promise.all(['one', 'two'].map((who) => edge.get('/private', { [name]: who })))
    expect(answers.map(({ body }) => body.split(' ')[0]).sort()).toEqual(['one', 'two'])
  })

  test('an answer to Authorization is not kept for others', async () => {
    await edge.get('/account', { authorization: 'Bearer one' })
    expect((await edge.get('/account')).body).toMatch(/^nobody/)
  })

  test('the origin’s own Vary is honoured', async () => {
    seen = []
    await edge.get('/language', { 'accept-language': 'de' })
    await edge.get('/language', { 'accept-language': 'fr' })
    expect(said(await edge.get('/language', { 'accept-language': 'de' }))).toBe('HIT')
    expect(seen).toHaveLength(2)
  })

  test('conditions, ranges and encodings of one client do not reach the origin and the entry', async () => {
    seen = []
    const first = await edge.get('/whole', { 'if-none-match': '"2"', range: 'bytes=0-1', 'accept-encoding': 'gzip' })
    // The origin does not say how long it is, so the first answer has no ranges.
    expect(first.status).toBe(200)
    expect(seen[0]?.headers).not.toHaveProperty('if-none-match')
    expect(seen[0]?.headers).not.toHaveProperty('accept-encoding')
    const second = await edge.get('/whole')
    const third = await edge.get('/whole', { range: 'bytes=0-1' })
    expect([first, second, third].map(said)).toEqual(['MISS', 'HIT', 'HIT'])
    expect(second.body).toBe(first.body)
    expect([third.status, third.body]).toEqual([206, first.body.slice(0, 2)])
  })

  test('other methods pass', async () => {
    const answer = await edge.get('/whole', { 'content-length': '0' }, 'POST')
    expect(said(answer)).toBe('BYPASS')
  })
})
