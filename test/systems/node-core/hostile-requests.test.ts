import { once } from 'node:events'
import { createServer as createTcpServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EdgeConfig } from '../../../src/systems/node-core/config.ts'
import { createServer } from '../../../src/systems/node-core/server/server.ts'
import { createUpstream } from '../../../src/systems/node-core/upstream/upstream.ts'
import { nodeGateway } from '../../../src/systems/node-gateway/index.ts'
import { nodeProxy } from '../../../src/systems/node-proxy/index.ts'
import { type EdgeLab, openEdge, portOf } from './edge-lab.ts'
import { converse } from './raw-client.ts'
import { rawOrigin } from './raw-origin.ts'

const get = (target: string, ...lines: string[]): string =>
  `GET ${target} HTTP/1.1\r\n${['host: edge.test', ...lines].map((line) => `${line}\r\n`).join('')}\r\n`

describe.each([nodeProxy, nodeGateway])('$id', (system) => {
  const origin = rawOrigin()
  let edge: EdgeLab
  beforeAll(async () => {
    edge = await openEdge(
      system,
      {
        routes: [{ path: '/', origin: 'odd' }],
        apiKey: [{ path: '/keyed', header: 'x-api-key', consumers: [{ name: 'web', key: 'k-web' }] }],
        rateLimit: [{ path: '/limited', ratePerSecond: 0.01, burst: 3, per: 'address' }],
      },
      { odd: origin },
    )
  })
  afterAll(() => edge.close())
  beforeEach(() => void origin.requests.splice(0))

  test.each<[string, string, number, string]>([
    ['two Hosts', 'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n', 400, 'bad_request'],
    ['two equal Hosts', 'GET / HTTP/1.1\r\nhost: a\r\nHost: a\r\n\r\n', 400, 'bad_request'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400, 'bad_request'],
    ['an empty Host', 'GET / HTTP/1.1\r\nhost: \r\n\r\n', 400, 'bad_request'],
    ['a Host with a space', 'GET / HTTP/1.1\r\nhost: a b\r\n\r\n', 400, 'bad_request'],
    ['a Host with a path', 'GET / HTTP/1.1\r\nhost: a/b\r\n\r\n', 400, 'bad_request'],
    ['a Host with a user', 'GET / HTTP/1.1\r\nhost: me@a\r\n\r\n', 400, 'bad_request'],
    ['a Host with a port in words', 'GET / HTTP/1.1\r\nhost: a:http\r\n\r\n', 400, 'bad_request'],
    ['a bad host in the target', 'GET http://a@b/ HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'bad_request'],
    ['a target of another scheme', 'GET ftp://a/ HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'bad_request'],
    ['a fragment', get('/a#b'), 400, 'bad_request'],
    ['a fragment in the query', get('/a?b#c'), 400, 'bad_request'],
    ['half a percent-encoding', get('/a%f'), 400, 'bad_request'],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'bad_request'],
    ['an unknown method', 'FOO / HTTP/1.1\r\nhost: a\r\n\r\n', 501, 'not_implemented'],
    ['a method in lower case', 'get / HTTP/1.1\r\nhost: a\r\n\r\n', 501, 'not_implemented'],
    ['CONNECT', 'CONNECT a:80 HTTP/1.1\r\nhost: a:80\r\n\r\n', 501, 'not_implemented'],
    ['another version', 'GET / HTTP/3.7\r\nhost: a\r\n\r\n', 505, 'http_version_not_supported'],
    ['an unknown expectation', get('/', 'expect: miracles'), 417, 'expectation_failed'],
    ['headers of 20 kB', get('/', `x-long: ${'a'.repeat(20_000)}`), 431, 'headers_too_large'],
    ['gzip before chunked', `${get('/', 'transfer-encoding: gzip, chunked')}0\r\n\r\n`, 501, 'not_implemented'],
    [
      'chunked in two lines',
      `${get('/', 'transfer-encoding: gzip', 'transfer-encoding: chunked')}0\r\n\r\n`,
      501,
      'not_implemented',
    ],
    ['chunked not last', `${get('/', 'transfer-encoding: chunked, gzip')}0\r\n\r\n`, 501, 'not_implemented'],
    ['another coding', get('/', 'transfer-encoding: gzip'), 501, 'not_implemented'],
    ['chunked in HTTP/1.0', 'POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 400, 'bad_request'],
    [
      'a length and then chunked',
      `${get('/', 'content-length: 4', 'transfer-encoding: chunked')}0\r\n\r\n`,
      400,
      'bad_request',
    ],
    [
      'chunked and then a length',
      `${get('/', 'transfer-encoding: chunked', 'content-length: 4')}0\r\n\r\n`,
      400,
      'bad_request',
    ],
    ['two lengths', `${get('/', 'content-length: 1', 'content-length: 2')}ab`, 400, 'bad_request'],
    ['two equal lengths', `${get('/', 'content-length: 1', 'content-length: 1')}a`, 400, 'bad_request'],
    ['a list of lengths', `${get('/', 'content-length: 1, 1')}a`, 400, 'bad_request'],
    ['a length with a sign', `${get('/', 'content-length: +1')}a`, 400, 'bad_request'],
    ['a header on two lines', get('/', 'x-a: b', ' c'), 400, 'bad_request'],
    ['a header before its name', 'GET / HTTP/1.1\r\n host: a\r\n\r\n', 400, 'bad_request'],
    ['a space before the colon', `${get('/', 'content-length : 1')}a`, 400, 'bad_request'],
    ['a bare line feed', 'GET / HTTP/1.1\r\nhost: a\nx-a: b\r\n\r\n', 400, 'bad_request'],
    ['line feeds only', 'GET / HTTP/1.1\nhost: a\n\n', 400, 'bad_request'],
    ['a bare carriage return', get('/', 'x-a: b\rx-c: d'), 400, 'bad_request'],
    ['NUL in a value', get('/', 'x-a: b\0c'), 400, 'bad_request'],
    ['NUL in a name', get('/', 'x\0a: b'), 400, 'bad_request'],
    ['a space in the target', get('/a b'), 400, 'bad_request'],
    ['bytes above ASCII in the target', get('/\xc3\xa9'), 400, 'bad_request'],
    ['something else than HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01', 501, 'not_implemented'],
  ])('%s is refused, the connection closed, and the origin hears nothing', async (_, bytes, status, error) => {
    const { answers, text } = await converse(edge.port, bytes + get('/after'))
    expect(answers).toEqual([{ status, body: JSON.stringify({ error }) }])
    expect(text).toMatch(/^content-type: application\/json; charset=utf-8\r$/im)
    expect(text).toMatch(/^connection: close\r$/im)
    expect(origin.requests).toEqual([])
    expect(edge.alive()).toBe(true)
  })

  test.each([
    ['a size that is no number', '4\r\nabcd\r\nZZ\r\n'],
    ['a chunk that does not end', '4\r\nabcdXX'],
    ['a bare line feed after a size', '4\nabcd\r\n0\r\n\r\n'],
  ])('%s in a chunked body never ends as an answer', async (_, body) => {
    const { answers } = await converse(edge.port, [
      `POST /posted HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n`,
      body,
    ])
    expect(answers.map(({ status }) => status)).not.toContain(200)
    for (const request of origin.requests) expect(request).not.toMatch(/\r\n0\r\n\r\n/)
    expect((await edge.get('/')).status).toBe(200)
  })

  test('what was asked before a broken request is answered before it is refused', async () => {
    const { answers } = await converse(edge.port, `${get('/1')}${get('/2')}GET /3 HTTP/1.1\r\nhost: a\nb\r\n\r\n`)
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400])
    const connected = await converse(edge.port, `${get('/1')}CONNECT a:80 HTTP/1.1\r\nhost: a:80\r\n\r\n`)
    expect(connected.answers.map(({ status }) => status)).toEqual([200, 501])
  })

  test('headers that could be read as the edge’s own do not reach the origin', async () => {
    await converse(edge.port, get('/names', 'X_Consumer: a', 'x_forwarded_for: b', 'x.consumer: c', 'x-kept: d'), {
      end: 'close',
    })
    expect(origin.requests[0]).toMatch(/x-kept: d/i)
    expect(origin.requests[0]).not.toMatch(/^x[_.]/im)
  })

  test.each([
    ['/a%ff', '/a%ff'],
    ['/a%FF%00?b=%fe%', '/a%FF%00?b=%fe%'],
    ['/a/../b%2e%2f', '/b%2e%2f'],
  ])('%j reaches the origin as %s', async (target, sent) => {
    const { answers } = await converse(edge.port, get(target), { end: 'close' })
    expect(answers).toEqual([{ status: 200, body: 'ok' }])
    expect(origin.requests[0]!.split(' ')[1]).toBe(sent)
  })

  test('the host of a target in absolute form counts, and Host does not', async () => {
    await converse(edge.port, 'GET http://shop.example:8080/a?b HTTP/1.1\r\nhost: other\r\n\r\n', { end: 'close' })
    expect(origin.requests[0]).toMatch(/^GET \/a\?b HTTP/)
    expect(origin.requests[0]).toMatch(/^host: shop.example:8080\r$/im)
  })

  test('HTTP/1.0 needs no Host', async () => {
    expect((await converse(edge.port, 'GET / HTTP/1.0\r\n\r\n')).answers).toEqual([{ status: 200, body: 'ok' }])
  })

  test.each(['PROPFIND', 'PURGE', 'QUERY', 'TRACE', 'DELETE', 'M-SEARCH'])(
    '%s goes on, with its body',
    async (method) => {
      const { answers } = await converse(
        edge.port,
        `${method} /m HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nbody`,
        {
          end: 'close',
        },
      )
      expect(answers).toEqual([{ status: 200, body: 'ok' }])
      await expect.poll(() => origin.requests[0]).toMatch(new RegExp(`^${method} /m .*\r\n\r\nbody$`, 's'))
    },
  )

  test.each(['nonsense', 'text/', ''])('a body of type “%s” goes on as it is', async (type) => {
    const head = `POST /m HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\ncontent-length: 4\r\n\r\n`
    expect((await converse(edge.port, `${head}body`, { end: 'close' })).answers).toEqual([{ status: 200, body: 'ok' }])
  })

  test('a client that has closed its sending side gets its answers', async () => {
    const { answers } = await converse(edge.port, get('/1') + get('/2'), { end: 'close' })
    expect(answers).toEqual([
      { status: 200, body: 'ok' },
      { status: 200, body: 'ok' },
    ])
  })

  test('a request for another protocol is answered in this one', async () => {
    const { answers } = await converse(edge.port, get('/', 'connection: upgrade', 'upgrade: websocket'), {
      end: 'close',
    })
    expect(answers).toEqual([{ status: 200, body: 'ok' }])
    expect(origin.requests[0]).not.toMatch(/^upgrade:/im)
  })

  if (system === nodeGateway)
    test('of requests that come in one go, those within the limit are let through', async () => {
      const { answers, text } = await converse(edge.port, get('/limited').repeat(8), { end: 'close' })
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 429, 429, 429])
      expect([...text.matchAll(/^ratelimit-remaining: (\d+)/gim)].map(([, left]) => left).slice(0, 4)).toEqual([
        '2',
        '1',
        '0',
        '0',
      ])
    })
})

describe('deadlines', () => {
  test.each([
    ['a head', 'GET / HTTP/1.1\r\nhost: a\r\nx-a', 408, 'request_timeout'],
    ['a body', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc', 408, 'request_timeout'],
    ['a body that nobody waits for', 'POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc', 404, 'not_found'],
  ])('%s that does not come to its end is given up', async (_, bytes, status, error) => {
    const silent = createTcpServer((socket) => socket.on('error', () => {}).resume())
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const config: EdgeConfig = {
      listen: '127.0.0.1:0',
      forwarded: true,
      keepAlive: true,
      gates: [],
      origins: { silent: { instances: [`127.0.0.1:${portOf(silent)}`], balance: 'round-robin' } },
      locations: [{ path: '/', origin: 'silent' }].filter(() => !bytes.includes('/x')),
      caches: [],
      apiKeys: [],
      rateLimits: [],
      transforms: [],
    }
    const upstream = createUpstream(config, () => [])
    const app = await createServer(config, upstream, async () => [])
    expect([app.server.headersTimeout, app.server.requestTimeout]).toEqual([60_000, 60_000])
    // Node reads them at every check, once a second.
    Object.assign(app.server, { headersTimeout: 100, requestTimeout: 100 })
    try {
      await app.listen({ host: '127.0.0.1', port: 0 })
      const { answers } = await converse(portOf(app.server), bytes)
      expect(answers).toEqual([{ status, body: JSON.stringify({ error }) }])
    } finally {
      await app.close()
      await upstream.close()
      silent.close()
    }
  })
})
