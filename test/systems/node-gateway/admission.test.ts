import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeGateway } from '../../../src/systems/node-gateway/index.ts'
import { type Answer, type EdgeLab, openEdge } from '../node-core/edge-lab.ts'

const hostile = `a"b\\{$\{x}}'; .*`

describe('whom node-gateway lets in', () => {
  let edge: EdgeLab
  beforeAll(async () => {
    edge = await openEdge(
      nodeGateway,
      {
        routes: [{ path: '/', origin: 'catalogue' }],
        apiKey: [
          {
            path: '/keyed',
            header: 'x-api-key',
            consumers: [
              { name: 'web', key: 'k-Web' },
              { name: 'odd', key: hostile },
              { name: 'poor', key: 'k-poor' },
            ],
          },
        ],
        rateLimit: [
          { path: '/keyed/limited', ratePerSecond: 0.5, burst: 3, per: 'consumer' },
          { path: '/open', ratePerSecond: 4, burst: 2, per: 'address' },
        ],
      },
      {
        catalogue: {
          instances: 1,
          routes: ['/keyed/{id}', '/keyed/limited/{id}', '/open/{id}', '/open/deep/{id}', '/free/{id}'].map((path) => ({
            path,
            body: 'product' as const,
          })),
        },
      },
    )
  })
  afterAll(() => edge.close())
  const statuses = (answers: readonly Answer[]): readonly number[] => answers.map(({ status }) => status)
  const several = (count: number, path: string, key?: string): Promise<readonly Answer[]> =>
    Promise.all(Array.from({ length: count }, () => edge.get(path, key === undefined ? {} : { 'x-api-key': key })))

  test.each([
    ['missing key', undefined],
    ['unknown key', 'k-web'],
    ['unknown key', 'k-Web '.repeat(2).trim()],
    ['unknown key', '.*'],
    ['unknown key', ''],
    ['unknown key', 'k-Web, k-poor'],
  ])('%s (%j) is refused, and the origin hears nothing', async (reason, key) => {
    const before = await edge.hits()
    const answer = await edge.get('/keyed/1', key === undefined ? {} : { 'x-api-key': key })
    expect(answer.status).toBe(401)
    expect(answer.headers).toMatchObject({ 'www-authenticate': 'ApiKey realm="edge"' })
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(JSON.parse(answer.body)).toEqual({ error: 'unauthorized', reason })
    expect(await edge.hits()).toBe(before)
  })

  test.each([
    ['web', 'k-Web'],
    ['odd', hostile],
  ])('%s passes, and the origin learns the name and not the key', async (name, key) => {
    expect((await edge.get(`/keyed/${name}`, { 'x-api-key': key, 'x-consumer': 'forged' })).status).toBe(200)
    const seen = (await edge.counts())[0]!.last.at(-1)!.headers.map(([header, value]) => [header.toLowerCase(), value])
    expect(Object.fromEntries(seen)).toMatchObject({ 'x-consumer': name })
    expect(seen.flat()).not.toContain(key)
  })

  test.each(['/keyed//1', '/free/../keyed/1', '/free%2f..%2fkeyed/1', '/%6beyed/1', '/free/%2e%2e/keyed/1'])(
    '%s does not get past the key',
    async (target) => {
      expect((await edge.get(target)).status).toBe(401)
    },
  )

  test('a consumer has burst at once; others, and bad keys, cost it nothing', async () => {
    expect(statuses(await several(5, '/keyed/limited/1', 'nobody'))).toEqual([401, 401, 401, 401, 401])
    const answers = await several(5, '/keyed/limited/1', 'k-Web')
    expect([...statuses(answers)].sort()).toEqual([200, 200, 200, 429, 429])
    expect(statuses(await several(1, '/keyed/limited/1', 'k-poor'))).toEqual([200])
    const refused = answers.find(({ status }) => status === 429)!
    expect(JSON.parse(refused.body)).toEqual({ error: 'rate_limited' })
    expect(refused.headers['content-type']).toMatch(/^application\/json/)
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '0' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(6)
    const remaining = answers
      .filter(({ status }) => status === 200)
      .map(({ headers }) => headers['ratelimit-remaining'])
    expect([...remaining].sort()).toEqual(['0', '1', '2'])
  })

  test('one line is one window for all paths below it, and a new one begins in time', async () => {
    const spent = [...(await several(2, '/open/1')), ...(await several(2, '/open/deep/1'))]
    expect([...statuses(spent)].sort()).toEqual([200, 200, 429, 429])
    await expect.poll(async () => (await edge.get('/open/1')).status, { timeout: 3000 }).toBe(200)
    expect(statuses(await several(3, '/free/1'))).toEqual([200, 200, 200])
  })
})

test('a limit that is asked before the keys counts bad keys too, by address', async () => {
  const edge = await openEdge(
    nodeGateway,
    {
      routes: [{ path: '/', origin: 'catalogue' }],
      apiKey: [{ path: '/', header: 'x-api-key', consumers: [{ name: 'web', key: 'k-web' }] }],
      rateLimit: [{ path: '/', ratePerSecond: 0.5, burst: 3, per: 'consumer' }],
    },
    { catalogue: { instances: 1, routes: [{ path: '/{id}', body: 'product' }] } },
    { gates: ['rateLimit', 'apiKey', 'transform'] },
  )
  try {
    const statuses: number[] = []
    for (const key of ['bad', 'bad', 'bad', 'bad', 'k-web'])
      statuses.push((await edge.get('/1', { 'x-api-key': key })).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  } finally {
    await edge.close()
  }
})
