import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeProxy } from '../../../src/systems/node-proxy/index.ts'
import { until } from '../../until.ts'
import { type EdgeLab, openEdge } from '../node-core/edge-lab.ts'

const odd = '/o"dd{$x}'

describe('what node-proxy forwards', () => {
  let edge: EdgeLab
  beforeAll(async () => {
    edge = await openEdge(
      nodeProxy,
      {
        routes: [
          { path: '/products', origin: 'catalogue' },
          { path: '/orders', origin: 'orders' },
          { path: odd, origin: 'catalogue' },
          { path: '/gone', origin: 'silent' },
          { path: '/slow', origin: 'slow' },
        ],
        balancing: [
          { origin: 'catalogue', method: 'weighted', weights: [3, 1] },
          { origin: 'orders', method: 'round-robin' },
        ],
        cache: [{ path: '/slow', ttlMs: 60_000, key: ['path'], coalesce: true, staleOnErrorMs: 0 }],
        // Not its business: both must be left out, not half done.
        apiKey: [{ path: '/products', header: 'x-api-key', consumers: [{ name: 'web', key: 'k' }] }],
      },
      {
        catalogue: {
          instances: 2,
          routes: [
            { path: '/products/{id}', body: 'product' },
            { path: `${odd}/{id}`, body: 'product' },
          ],
        },
        orders: { instances: 2, routes: [{ path: '/orders', body: 'orders' }] },
        slow: { instances: 1, routes: [{ path: '/slow/{id}', body: 'order', latency: { p50Ms: 100, p99Ms: 100 } }] },
        silent: (request) => void request.socket.destroy(),
      },
    )
  })
  afterAll(() => edge.close())

  test('weights and turns are kept exactly', async () => {
    for (let n = 0; n < 8; n++) expect((await edge.get(`/products/${n}`)).status).toBe(200)
    for (let n = 0; n < 4; n++) await edge.get('/orders')
    expect((await edge.counts('catalogue')).map(({ requests }) => requests)).toEqual([6, 2])
    expect((await edge.counts('orders')).map(({ requests }) => requests)).toEqual([2, 2])
  })

  test('the origin sees Host, the client’s address appended, the query, and no forged consumer', async () => {
    await edge.get('/orders?page=2&q=%22', {
      host: 'shop.example',
      'x-forwarded-for': '192.0.2.1',
      'x-consumer': 'forged',
      connection: 'close, x-private',
      'x-private': '1',
    })
    const last = (await edge.counts('orders')).flatMap(({ last }) => last).find(({ path }) => path.includes('page=2'))
    const seen = Object.fromEntries(last?.headers.map(([name, value]) => [name.toLowerCase(), value]) ?? [])
    expect(last?.path).toBe('/orders?page=2&q=%22')
    expect(seen).toMatchObject({
      host: 'shop.example',
      'x-forwarded-for': '192.0.2.1, 127.0.0.1',
      'x-forwarded-proto': 'http',
    })
    expect(seen).not.toHaveProperty('x-consumer')
    expect(seen).not.toHaveProperty('x-private')
  })

  test.each(['/', '/productsale', '/elsewhere', '/products/../elsewhere', '/products/%2e%2e/elsewhere'])(
    '%s is nobody’s: the edge answers 404 itself',
    async (target) => {
      const before = await edge.hits()
      const answer = await edge.get(target)
      expect(answer.status).toBe(404)
      expect(answer.headers['content-type']).toMatch(/^application\/json/)
      expect(JSON.parse(answer.body)).toEqual({ error: 'not_found' })
      expect(await edge.hits()).toBe(before)
    },
  )

  test('a path of quotes, braces and dollars is that path and no pattern', async () => {
    expect((await edge.get(`${encodeURI(odd).replace('$', '%24')}/1`)).status).toBe(200)
    expect((await edge.get('/oXdd1/1')).status).toBe(404)
  })

  test('broken percent-encoding is refused', async () => {
    expect((await edge.get('/products/%zz')).status).toBe(400)
  })

  test('an origin that gives no answer is a 502, and a 503 is the origin’s own, asked for once', async () => {
    const answer = await edge.get('/gone')
    expect(answer.status).toBe(502)
    expect(JSON.parse(answer.body)).toEqual({ error: 'bad_gateway' })
    await edge.fail(true)
    const before = await edge.hits()
    const failed = await edge.get('/products/1').finally(() => edge.fail(false))
    expect(failed.status).toBe(503)
    expect((await edge.hits()) - before).toBe(1)
  })

  test('clients that go away while they wait take nobody with them', async () => {
    const before = await edge.hits()
    for (let n = 0; n < 10; n++) {
      const socket = connect(edge.port, '127.0.0.1', () => socket.write(`GET /slow/${n} HTTP/1.1\r\nhost: a\r\n\r\n`))
      await until('the origin has the request', edge.hits, (hits) => hits - before > n)
      socket.destroy()
    }
    // The last answer has come, to nobody.
    await until(
      'every request is answered',
      () => edge.counts('slow'),
      (counts) => counts.every(({ requests, statuses }) => statuses['200'] === requests),
    )
    expect((await edge.get('/products/1')).status).toBe(200)
  })

  test('connections to the origins are kept', async () => {
    const before = (await edge.counts('orders')).reduce((sum, { connections }) => sum + connections, 0)
    for (let n = 0; n < 20; n++) await edge.get('/orders')
    const after = (await edge.counts('orders')).reduce((sum, { connections }) => sum + connections, 0)
    // Each look at the counts may open a connection of its own to each of two instances.
    expect(after - before).toBeLessThanOrEqual(4)
  })
})

test('least-connections prefers the instance that is free', async () => {
  const edge = await openEdge(
    nodeProxy,
    {
      routes: [
        { path: '/slow', origin: 'catalogue' },
        { path: '/fast', origin: 'catalogue' },
      ],
      balancing: [{ origin: 'catalogue', method: 'least-connections' }],
    },
    {
      catalogue: {
        instances: 2,
        routes: [
          { path: '/slow', body: 'order', latency: { p50Ms: 3000, p99Ms: 3000 } },
          { path: '/fast', body: 'order' },
        ],
      },
    },
  )
  const slow = edge.get('/slow')
  try {
    const slowOne = async (): Promise<number> => (await edge.counts()).findIndex(({ paths }) => '/slow' in paths)
    await until('an instance has the slow request', slowOne, (index) => index !== -1)
    // The two locations share the origin's instances, so the slow request counts for the fast ones.
    for (let n = 0; n < 6; n++) await edge.get('/fast')
    const fast = (await edge.counts()).map(({ paths }) => paths['/fast'] ?? 0)
    expect(fast[await slowOne()]).toBe(0)
    await slow
  } finally {
    await edge.close()
  }
})

test('told so, it says nothing of the client and opens a connection for each request', async () => {
  const edge = await openEdge(
    nodeProxy,
    { routes: [{ path: '/orders', origin: 'orders' }] },
    { orders: { instances: 1, routes: [{ path: '/orders', body: 'orders' }] } },
    { forwarded: false, keepAlive: false },
  )
  try {
    const before = (await edge.counts())[0]!.connections
    for (let n = 0; n < 10; n++) expect((await edge.get('/orders')).status).toBe(200)
    await edge.get('/orders?claimed', { 'x-forwarded-for': '192.0.2.1' })
    const { connections, last } = (await edge.counts())[0]!
    // Looking at the counts may take a connection too.
    expect(connections - before).toBeGreaterThanOrEqual(11)
    expect(connections - before).toBeLessThanOrEqual(12)
    const seen = last.map(({ headers }) =>
      Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    )
    expect(seen[0]).toMatchObject({ host: 'edge.test', connection: 'close' })
    expect(seen[0]).not.toHaveProperty('x-forwarded-for')
    expect(seen[0]).not.toHaveProperty('x-forwarded-proto')
    expect(seen.at(-1)).toMatchObject({ 'x-forwarded-for': '192.0.2.1' })
  } finally {
    await edge.close()
  }
})
