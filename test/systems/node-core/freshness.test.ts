/** What is kept for how long, renewed, taken away, and made of it for one client (RFC 9111, RFC 9110). */
import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Cache } from '../../../src/policy/features/cache/line.ts'
import { nodeGateway } from '../../../src/systems/node-gateway/index.ts'
import { until } from '../../until.ts'
import { type Answer, type EdgeLab, openEdge } from './edge-lab.ts'

type Sent = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

const said = ({ headers }: Answer): string | undefined => headers['x-cache']
const date = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString()
/** What the origin answers next to each path; the last answer stays. */
const script = new Map<string, Sent[]>()
let seen: { method: string; url: string; headers: Readonly<Record<string, unknown>> }[] = []
const origin: RequestListener = (request, response) => {
  const { method = '', url = '', headers } = request
  seen.push({ method, url, headers })
  const answers = script.get(url.replace(/\?.*/, '')) ?? [{}]
  const answer = (answers.length > 1 ? answers.shift() : answers[0]) as Sent
  response.setHeader('date', new Date().toUTCString())
  response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? 'the whole answer')
}

let next = 0
function place(...answers: readonly Sent[]): string {
  const path = `/at/${next++}`
  script.set(path, [...answers])
  return path
}

const base: Cache = { path: '/', ttlMs: 60_000, key: ['path', 'query'], coalesce: true, staleOnErrorMs: 0 }
const open = (changes: Partial<Cache>): Promise<EdgeLab> =>
  openEdge(nodeGateway, { routes: [{ path: '/', origin: 'own' }], cache: [{ ...base, ...changes }] }, { own: origin })
beforeEach(() => {
  seen = []
})

describe('with a ttl', () => {
  let edge: EdgeLab
  beforeAll(async () => {
    edge = await open({})
  })
  afterAll(() => edge.close())

  test.each([
    [404, { 'cache-control': 'max-age=60' }],
    [410, { expires: date(3600) }],
    [301, { 'cache-control': 's-maxage=60', location: '/there' }],
    [203, { 'cache-control': 'public, max-age=60' }],
  ])('%d with a lifetime of its own is kept', async (status, headers) => {
    const path = place({ status, headers })
    const answers = [await edge.get(path), await edge.get(path)]
    expect(answers.map(said)).toEqual(['MISS', 'HIT'])
    expect(answers.map((answer) => answer.status)).toEqual([status, status])
  })

  test.each([404, 203, 500])('%d without one is not: the ttl is for 200', async (status) => {
    const path = place({ status })
    expect([said(await edge.get(path)), said(await edge.get(path))]).toEqual(['MISS', 'MISS'])
  })

  test('Expires is compared with the origin’s own Date', async () => {
    const behind = place({ headers: { date: date(-7200), expires: date(-3600) } })
    const ahead = place({ headers: { date: date(7200), expires: date(7100) } })
    for (const path of [behind, ahead]) await edge.get(path)
    expect(said(await edge.get(ahead))).toBe('MISS')
    // Its lifetime is an hour, but it is two hours old.
    expect(said(await edge.get(behind))).toBe('MISS')
  })

  test('a second of max-age is a second, however late in its own second the answer was made', async () => {
    await until(
      'a second is nearly over',
      () => Date.now() % 1000,
      (ms) => ms > 900,
    )
    const path = place({ headers: { 'cache-control': 'max-age=1' } })
    const start = performance.now()
    const first = await edge.get(path)
    await until(
      'the next second has begun',
      () => Date.now() % 1000,
      (ms) => ms < 900,
    )
    const second = await edge.get(path)
    // On a machine that stalled for longer than the entry lives, there is nothing to see.
    if (performance.now() - start < 1000) expect([said(first), said(second)]).toEqual(['MISS', 'HIT'])
  })

  test('Age is passed on, counted on, and given where there was none', async () => {
    const aged = place({ headers: { age: '100', 'cache-control': 'max-age=600' } })
    expect((await edge.get(aged)).headers['age']).toBe('100')
    expect(Number((await edge.get(aged)).headers['age'])).toBeGreaterThanOrEqual(100)
    const young = place({})
    expect((await edge.get(young)).headers).not.toHaveProperty('age')
    expect(Number((await edge.get(young)).headers['age'])).toBeLessThan(60)
    const old = place({ headers: { age: '601', 'cache-control': 'max-age=600' } })
    expect([said(await edge.get(old)), said(await edge.get(old))]).toEqual(['MISS', 'MISS'])
    const senseless = place({ headers: { age: 'old', 'cache-control': 'max-age=600' } })
    expect([said(await edge.get(senseless)), said(await edge.get(senseless))]).toEqual(['MISS', 'HIT'])
  })

  test('nothing that the origin did not send reaches the client, and nothing that it sent is an instruction', async () => {
    const headers = {
      'edge-as-sent': '{"set-cookie":"owned=1"}',
      warning: '110 - "mine"',
      'cache-control': 'max-age=60',
      'x-cache': 'HIT from elsewhere',
    }
    const path = place({ headers }, { status: 404 })
    for (const word of ['MISS', 'HIT']) {
      const answer = await edge.get(path)
      expect(answer.headers).toMatchObject({ ...headers, 'x-cache': word })
      expect(answer.headers).not.toHaveProperty('set-cookie')
    }
    const failing = place({ status: 404 })
    expect((await edge.get(failing)).headers).not.toHaveProperty('cache-control')
  })

  test('an expired answer is asked for with its validators, and a 304 renews it', async () => {
    const path = place(
      { headers: { 'cache-control': 'max-age=1', etag: '"1"', 'x-version': 'first' }, body: 'kept' },
      { status: 304, headers: { etag: '"1"', 'cache-control': 'max-age=60', 'x-version': 'second' } },
    )
    await edge.get(path)
    await until(
      'it is asked for again',
      async () => said(await edge.get(path)),
      (word) => word === 'REVALIDATED',
    )
    expect(seen.at(-1)?.headers).toMatchObject({ 'if-none-match': '"1"' })
    expect(seen.at(-1)?.headers).not.toHaveProperty('if-modified-since')
    const again = await edge.get(path)
    expect(again).toMatchObject({ status: 200, body: 'kept' })
    expect(again.headers).toMatchObject({ 'x-cache': 'HIT', 'x-version': 'second', 'cache-control': 'max-age=60' })
  })

  test('no-cache and a validator: stored, and asked for again each time, whatever the ttl', async () => {
    const modified = date(-3600)
    const headers = { 'cache-control': 'no-cache', 'last-modified': modified }
    const path = place({ headers, body: 'kept' }, { status: 304, headers })
    expect(said(await edge.get(path))).toBe('MISS')
    for (let n = 0; n < 2; n++) {
      const answer = await edge.get(path)
      expect([answer.status, answer.body, said(answer)]).toEqual([200, 'kept', 'REVALIDATED'])
    }
    expect(seen.at(-1)?.headers['if-modified-since']).toBe(modified)
  })

  test('a 304 that takes the answer back is not stored', async () => {
    const path = place(
      { headers: { 'cache-control': 'no-cache', etag: '"1"' } },
      { status: 304, headers: { 'cache-control': 'no-store', etag: '"1"' } },
      {},
    )
    await edge.get(path)
    expect(said(await edge.get(path))).toBe('REVALIDATED')
    await edge.get(path)
    expect(seen.at(-1)?.headers).not.toHaveProperty('if-none-match')
  })

  test.each([
    [{ 'if-none-match': '"1"' }, 304],
    [{ 'if-none-match': '"0", W/"1"' }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"2"' }, 200],
    [{ 'if-none-match': '"2"', 'if-modified-since': date(0) }, 200],
    [{ 'if-modified-since': date(0) }, 304],
    [{ 'if-modified-since': date(-7200) }, 200],
    [{ range: 'bytes=4-8' }, 206],
    [{ range: 'bytes=10-' }, 206],
    [{ range: 'bytes=-6' }, 206],
    [{ range: 'bytes=4-8', 'if-range': '"1"' }, 206],
    [{ range: 'bytes=4-8', 'if-range': '"2"' }, 200],
    [{ range: 'bytes=0-1,4-5' }, 200],
    [{ range: 'bytes=16-' }, 416],
    [{ range: 'pages=1-2' }, 200],
  ])('%j is answered with %d, by the first answer and by the stored one', async (headers, status) => {
    const path = place({ headers: { etag: '"1"', 'last-modified': date(-3600), 'content-length': '16' } })
    const parts: Readonly<Record<string, string>> = {
      'bytes=4-8': 'whole',
      'bytes=10-': 'answer',
      'bytes=-6': 'answer',
    }
    const body =
      status === 200 ? 'the whole answer' : status === 206 ? parts['range' in headers ? headers.range : '']! : ''
    for (const word of ['MISS', 'HIT']) {
      const answer = await edge.get(path, headers)
      expect([answer.status, answer.body, said(answer)]).toEqual([status, body, word])
      expect(answer.headers['etag']).toBe('"1"')
      const range = { 200: undefined, 206: body === 'whole' ? 'bytes 4-8/16' : 'bytes 10-15/16', 416: 'bytes */16' }
      expect(answer.headers['content-range']).toBe(range[status as keyof typeof range])
    }
    expect(seen).toHaveLength(1)
  })

  test('conditions that only the origin can judge go to it', async () => {
    const path = place({ status: 412 })
    const answer = await edge.get(path, { 'if-match': '"0"' })
    expect([answer.status, said(answer)]).toEqual([412, 'BYPASS'])
    expect(seen[0]?.headers).toMatchObject({ 'if-match': '"0"' })
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])(
    'a successful %s takes away all that is kept of its path',
    async (method) => {
      const path = place({})
      const asked = [path, `${path}?page=2`]
      const hosts = ['one.test', 'two.test']
      const all = (): Promise<(string | undefined)[]> =>
        Promise.all(asked.flatMap((url) => hosts.map(async (host) => said(await edge.get(url, { host })))))
      await all()
      expect(await all()).toEqual(Array(4).fill('HIT'))
      script.set(path, [{ status: 500 }, {}])
      expect(said(await edge.get(path, { 'content-length': '0' }, method))).toBe('BYPASS')
      expect(await all()).toEqual(Array(4).fill('HIT'))
      await edge.get(path, { 'content-length': '0' }, method)
      expect(await all()).toEqual(Array(4).fill('MISS'))
    },
  )

  test.each(['location', 'content-location'])('what its %s names goes as well', async (name) => {
    const other = place({})
    const path = place({ status: 201, headers: { [name]: other } })
    await edge.get(other)
    await edge.get(path, { 'content-length': '0' }, 'POST')
    expect(said(await edge.get(other))).toBe('MISS')
  })

  test('an answer that was asked for before the change is not kept after it', async () => {
    const path = place({})
    let release: (() => void) | undefined
    const late: RequestListener = (request, response) => {
      if (request.method === 'POST') response.end('changed')
      else release = () => void response.end('before')
    }
    const own = await openEdge(nodeGateway, { routes: [{ path: '/', origin: 'own' }], cache: [base] }, { own: late })
    try {
      const first = own.get(path)
      await until(
        'the origin has the request',
        () => release,
        (one) => one !== undefined,
      )
      await own.get(path, { 'content-length': '0' }, 'POST')
      release!()
      expect((await first).body).toBe('before')
      release = undefined
      const second = own.get(path)
      await until(
        'the origin has the request',
        () => release,
        (one) => one !== undefined,
      )
      release!()
      expect(said(await second)).toBe('MISS')
    } finally {
      await own.close()
    }
  })

  test('what a client wants of the cache counts: no-cache, no-store, max-age, only-if-cached', async () => {
    const path = place({})
    expect((await edge.get(path, { 'cache-control': 'only-if-cached' })).status).toBe(504)
    await edge.get(path)
    expect(said(await edge.get(path, { 'cache-control': 'only-if-cached' }))).toBe('HIT')
    for (const wish of ['no-cache', 'no-store', 'max-age=0'])
      expect(said(await edge.get(path, { 'cache-control': wish }))).toBe('MISS')
    expect(said(await edge.get(path, { pragma: 'no-cache' }))).toBe('MISS')
    expect(said(await edge.get(path))).toBe('HIT')
  })
})

test('without a ttl only what the origin says is kept', async () => {
  const edge = await open({ ttlMs: 0 })
  try {
    const silent = place({ headers: { 'last-modified': date(-86_400) } })
    const stated = place({ headers: { 'cache-control': 'max-age=60' } })
    for (const path of [silent, stated]) await edge.get(path)
    expect(said(await edge.get(silent))).toBe('MISS')
    expect(seen.at(-1)?.headers).toHaveProperty('if-modified-since')
    expect(said(await edge.get(stated))).toBe('HIT')
  } finally {
    await edge.close()
  }
})

test('while the origin fails an expired answer is served, to the millisecond, unless the origin forbids it', async () => {
  const edge = await open({ ttlMs: 1, staleOnErrorMs: 1500 })
  try {
    const path = place({ headers: { etag: '"1"' }, body: 'kept' }, { status: 503 })
    const strict = place({ headers: { 'cache-control': 'must-revalidate' } }, { status: 503 })
    const start = performance.now()
    await edge.get(path)
    await edge.get(strict)
    const answer = await edge.get(path)
    if (performance.now() - start < 1500) {
      expect([answer.status, answer.body, said(answer)]).toEqual([200, 'kept', 'STALE'])
      expect(answer.headers).not.toHaveProperty('warning')
      expect(answer.headers).not.toHaveProperty('cache-control')
    }
    expect((await edge.get(strict)).status).toBe(503)
    await until(
      'what is stale is given no more',
      async () => (await edge.get(path)).status,
      (status) => status === 503,
    )
    expect(performance.now() - start).toBeGreaterThanOrEqual(1500)
  } finally {
    await edge.close()
  }
})
