/** XML and compact JSON by scripts in products, Lua and njs: the same bytes as our own gateway makes, and the data that the origin sent. */
import { expect, test } from 'vitest'
import { firstDifference, treeOfJson, treeOfXml } from '../../../src/policy/features/transform/data-tree.ts'
import type { Policy } from '../../../src/policy/policy.ts'
import { envoy } from '../../../src/systems/envoy/index.ts'
import { compactJson, toXml } from '../../../src/systems/node-gateway/program/write.ts'
import { says, times } from '../each-system.ts'
import { nginxSystems, withSystems } from '../nginx/with-each.ts'
import { brokenDocuments, documents, large } from './documents.ts'

const compact = 'application/vnd.edgelab.compact+json'
const policy: Partial<Policy> = {
  routes: [{ path: '/', origin: 'a' }],
  transform: [
    {
      path: '/',
      representations: [
        { accept: 'application/xml', as: 'xml' },
        { accept: compact, as: 'compact-json' },
      ],
    },
  ],
}

const transforming = [...nginxSystems, envoy].filter(({ support }) => support.transform.level === 'script')

withSystems(transforming, ({ origin, edge }) => {
  const serving = (bodyOf: (n: number) => string | Buffer) =>
    origin((incoming, response) => {
      response.setHeader('content-type', 'application/json')
      response.setHeader('etag', '"of-the-json"')
      response.end(bodyOf(Number(incoming.url!.slice(1))))
    })

  test('every document arrives with the origin’s data, in both representations, and untouched without', async () => {
    const all = [...documents, large]
    const a = await serving((n) => all[n]!)
    const { send, log } = await edge(policy, { a: [a] })
    for (const [n, json] of all.entries()) {
      const label = json.slice(0, 60)
      const xml = await send(`/${n}`, { accept: 'application/xml' })
      expect(xml).toMatchObject({
        status: 200,
        headers: { 'content-type': 'application/xml; charset=utf-8', vary: 'Accept' },
      })
      expect(xml.headers).not.toHaveProperty('etag')
      expect([label, firstDifference(treeOfJson(json), treeOfXml(xml.body))]).toEqual([label, undefined])
      expect(xml.body).toBe(toXml(json))

      const small = await send(`/${n}`, { accept: compact })
      expect(small.headers['content-type']).toBe('application/json; charset=utf-8')
      expect([label, firstDifference(treeOfJson(json), treeOfJson(small.body))]).toEqual([label, undefined])
      expect(small.body).toBe(compactJson(json))

      const plain = await send(`/${n}`, { accept: 'application/json' })
      expect(plain).toMatchObject({ body: json, headers: { etag: '"of-the-json"', vary: 'Accept' } })
    }
    // No warning of a temporary file either.
    expect(log()).toBe('')
  })

  test('what XML has no characters for becomes U+FFFD, and odd names become entries', async () => {
    const a = await serving(
      () => String.raw`{"1x":"\u0000\ud800|\ufffe","xmlish":1,"a b\n":"\uD83D\uDE00","\u0061":[[],[1]]}`,
    )
    const { send } = await edge(policy, { a: [a] })
    expect((await send('/0', { accept: 'application/xml' })).body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<response><entry name="1x">��|�</entry>' +
        '<entry name="xmlish">1</entry><entry name="a b&#10;">😀</entry>' +
        '<a><item></item><item><item>1</item></item></a></response>\n',
    )
  })

  test('a broken document is a 502, in both representations', async () => {
    const a = await serving((n) => brokenDocuments[n]!)
    const { send } = await edge(policy, { a: [a] })
    for (const [n, broken] of brokenDocuments.entries())
      for (const accept of ['application/xml', compact]) {
        const { status, body } = await send(`/${n}`, { accept })
        expect([String(broken), status, body]).toEqual([String(broken), 502, '{"error":"bad_gateway"}'])
      }
  })

  test('Accept decides: lists, parameters and case; neither other types nor q=0', async () => {
    const a = await serving(() => '{}')
    const { send } = await edge(policy, { a: [a] })
    const type = async (accept: string): Promise<string> =>
      String((await send('/0', { accept })).headers['content-type']).split(';')[0]!
    for (const accept of [
      'application/xml',
      'Application/XML',
      'text/html, application/xml;q=0.9',
      'application/xml , */*',
    ])
      expect([accept, await type(accept)]).toEqual([accept, 'application/xml'])
    for (const accept of ['', '*/*', 'application/xmlx', 'application/xml+x', 'text/xml', 'application/xml;q=0, */*'])
      expect([accept, await type(accept)]).toEqual([accept, 'application/json'])
  })

  test('what is not a 200 of JSON passes as it is, and the origin is never asked under conditions', async () => {
    const a = await origin((incoming, response) => {
      if (incoming.url === '/problem')
        response.writeHead(404, { 'content-type': 'application/json' }).end('{ "no": 1 }')
      else if (incoming.url === '/text') response.writeHead(200, { 'content-type': 'text/plain' }).end('{ "no": 1 }')
      else if (incoming.url === '/none') response.writeHead(204).end()
      else says('a')(incoming, response)
    })
    const { send } = await edge(policy, { a: [a] })
    const headers = { accept: 'application/xml', 'if-none-match': '"a"', range: 'bytes=0-1', 'accept-encoding': 'gzip' }
    expect(await send('/problem', headers)).toMatchObject({ status: 404, body: '{ "no": 1 }' })
    expect(await send('/text', headers)).toMatchObject({ status: 200, body: '{ "no": 1 }' })
    expect(await send('/none', headers)).toMatchObject({ status: 204, body: '' })
    const head = await send('/head', headers, 'HEAD')
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-type': 'application/xml; charset=utf-8' } })
    expect(a.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'HEAD'])
    for (const seen of a.seen)
      for (const name of ['if-none-match', 'range', 'accept-encoding', 'x-edge-representation'])
        expect(seen.headers).not.toHaveProperty(name)
  })

  test('a client cannot choose by the inner header; an answer cut short is a 502', async () => {
    const a = await origin((incoming, response) => {
      if (incoming.url !== '/cut') return says('a')(incoming, response)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{"a":1}')
      setImmediate(() => response.destroy())
    })
    const { send } = await edge(policy, { a: [a] })
    const forged = await send('/', { accept: '*/*', 'x-edge-representation': 'xml' })
    expect(forged.headers['content-type']).toBe('application/json')
    expect((await send('/cut', { accept: 'application/xml' })).status).toBe(502)
  })

  test('the cache keeps what was made: one origin request for each representation, however Accept is spelt', async () => {
    const a = await serving(() => '{"a": 1}')
    const cache = {
      path: '/',
      ttlMs: 60_000,
      key: ['path', 'representation'],
      coalesce: true,
      staleOnErrorMs: 0,
    } as const
    const { send } = await edge({ ...policy, cache: [cache] }, { a: [a] })
    const first = await Promise.all(times(10, () => send('/0', { accept: 'application/xml' })))
    expect(new Set(first.map(({ body }) => body)).size).toBe(1)
    expect(a.seen.length).toBe(1)
    for (const accept of ['application/xml;q=0.5', 'text/html,application/xml'])
      expect((await send('/0', { accept })).headers['x-cache']).toBe('HIT')
    expect((await send('/0', { accept: compact })).body).toBe('{"a":1}')
    expect((await send('/0', { accept: '*/*' })).body).toBe('{"a": 1}')
    expect(a.seen.length).toBe(3)
  })

  test('connections to the origin are kept behind the inner server too', async () => {
    const a = await serving(() => '{}')
    const { send, log } = await edge(policy, { a: [a] })
    for (let n = 0; n < 20; n += 1) await send('/0', { accept: 'application/xml' })
    expect([a.seen.length, a.connections]).toEqual([20, 1])
    expect(log()).toBe('')
  })
})
