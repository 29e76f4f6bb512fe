import { XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstDifference, treeOfJson, treeOfXml } from '../../../src/policy/features/transform/data-tree.ts'
import { nodeGateway } from '../../../src/systems/node-gateway/index.ts'
import { chosen } from '../../../src/systems/node-gateway/program/representations.ts'
import { compactJson, toXml } from '../../../src/systems/node-gateway/program/write.ts'
import { type EdgeLab, openEdge } from '../node-core/edge-lab.ts'

const compactType = 'application/vnd.shop.compact+json'
const representations = [
  { accept: 'application/xml', as: 'xml' },
  { accept: compactType, as: 'compact-json' },
] as const
const tricky = String.raw`{ "big": 12345678901234567890, "price": 10.00, "exp": 1.0E-2, "none": null, "e": [], "o": {},
  "text": " a \"quoted\" \\ & <b>\r\n\t</b> ]]> \u0000 日本 ", "2nd": [[1], [], {}], "xml": true, "a:b": "c", "": "", "q\"'<": 1 }`

describe('representations by node-gateway', () => {
  let edge: EdgeLab
  beforeAll(async () => {
    edge = await openEdge(
      nodeGateway,
      {
        routes: [
          { path: '/', origin: 'catalogue' },
          { path: '/own', origin: 'own' },
        ],
        cache: [
          {
            path: '/products',
            ttlMs: 60_000,
            key: ['path', 'query', 'consumer', 'representation'],
            coalesce: true,
            staleOnErrorMs: 0,
          },
        ],
        apiKey: [
          {
            path: '/products/mine',
            header: 'x-key',
            consumers: ['a', 'b'].map((name) => ({ name, key: `key-${name}` })),
          },
        ],
        transform: [{ path: '/', representations }],
      },
      {
        catalogue: {
          instances: 2,
          routes: [
            { path: '/products/{id}', body: 'product' },
            { path: '/products/mine/{id}', body: 'product' },
            { path: '/large/{id}', body: 'product', sizeBytes: 65_536 },
            { path: '/orders', body: 'orders', sizeBytes: 65_536 },
          ],
        },
        own: (request, response) => {
          const broken = request.url === '/own/broken'
          const type = request.url === '/own/text' ? 'text/plain' : 'application/json'
          response.writeHead(request.url === '/own/failed' ? 500 : 200, { 'content-type': type })
          response.end(broken ? '{"a": [1, }' : tricky)
        },
      },
    )
  })
  afterAll(() => edge.close())

  test.each(['/products/1', '/large/1', '/orders', '/own/tricky'])(
    '%s has the same data in every form',
    async (path) => {
      const json = await edge.get(path, { accept: 'application/json' })
      const xml = await edge.get(path, { accept: 'text/html, application/xml;q=0.9, */*;q=0.1' })
      const compact = await edge.get(path, { accept: compactType })
      expect([json, xml, compact].map(({ status }) => status)).toEqual([200, 200, 200])
      expect(xml.headers['content-type']).toBe('application/xml; charset=utf-8')
      expect(compact.headers['content-type']).toBe('application/json; charset=utf-8')
      for (const { headers } of [json, xml, compact]) expect(headers['vary']).toBe('Accept')
      for (const { headers, body } of [xml, compact])
        expect(headers['content-length']).toBe(String(Buffer.byteLength(body)))
      expect(compact.body.length).toBeLessThan(json.body.length)
      expect(compact.body).not.toContain('\n')
      expect(firstDifference(treeOfJson(json.body), treeOfJson(compact.body))).toBeUndefined()
      // What XML cannot hold in any form is the one thing that may differ.
      const holdable = json.body.replaceAll('\\u0000', '\\ufffd')
      expect(firstDifference(treeOfJson(holdable), treeOfXml(xml.body))).toBeUndefined()
    },
  )

  test('a client that asks for JSON gets the origin’s bytes', async () => {
    expect((await edge.get('/own/x', { accept: 'application/json' })).body).toBe(tricky)
    expect((await edge.get('/own/x')).body).toBe(tricky)
  })

  test('broken JSON is a 502, other types and other statuses pass as they are', async () => {
    const broken = await edge.get('/own/broken', { accept: 'application/xml' })
    expect(broken.status).toBe(502)
    expect(JSON.parse(broken.body)).toEqual({ error: 'bad_gateway' })
    expect((await edge.get('/own/text', { accept: 'application/xml' })).body).toBe(tricky)
    const failed = await edge.get('/own/failed', { accept: 'application/xml' })
    expect(failed).toMatchObject({ status: 500, body: tricky })
  })

  test('HEAD has the headers of GET', async () => {
    const full = await edge.get('/large/1', { accept: 'application/xml' })
    const head = await edge.get('/large/1', { accept: 'application/xml' }, 'HEAD')
    expect(head).toMatchObject({ status: 200, body: '' })
    expect(head.headers['content-length']).toBe(full.headers['content-length'])
  })

  test('the cache keeps each form once it is made, for each consumer', async () => {
    const before = await edge.hits()
    const asked = ['application/xml', 'application/json', compactType].flatMap((accept) => [{ accept }, { accept }])
    const said: (string | undefined)[] = []
    const types = new Set<string | undefined>()
    for (const headers of asked) {
      const answer = await edge.get('/products/kept', headers)
      said.push(answer.headers['x-cache'])
      types.add(`${answer.headers['content-type']} ${answer.body.length}`)
    }
    expect(said).toEqual(['MISS', 'HIT', 'MISS', 'HIT', 'MISS', 'HIT'])
    expect(types.size).toBe(3)
    expect((await edge.hits()) - before).toBe(3)
    const owned = async (key: string) => (await edge.get('/products/mine/1', { 'x-key': key })).headers['x-cache']
    expect([await owned('key-a'), await owned('key-b'), await owned('key-a')]).toEqual(['MISS', 'MISS', 'HIT'])
    expect((await edge.get('/products/mine/1', { 'x-key': 'key-c' })).status).toBe(401)
  })
})

test.each([
  ['application/xml', 'application/xml'],
  ['APPLICATION/XML; charset=utf-8', 'application/xml'],
  [`application/xml;q=0.2, ${compactType};q=0.8`, compactType],
  ['application/json, application/xml;q=0.5', 'application/json'],
  ['application/xml;q=0', 'application/json'],
  ['application/xmlx, */*', 'application/json'],
  ['', 'application/json'],
])('Accept: %s chooses %s', (accept, type) => {
  expect(chosen(representations, accept)).toBe(type)
})

test('where plain JSON is made too, who asks for something else gets what the origin sent', () => {
  const made = [{ accept: 'application/json', as: 'compact-json' }] as const
  expect(chosen(made, 'application/json')).toBe('application/json')
  expect(chosen(made, 'application/vnd.other+json')).toBe('*/*')
})

test('compact JSON keeps numbers, escapes, order and repetition as they were written', () => {
  const text = '{ "b" : 1.50 , "a\\u00e9\\" x" : [ 1E3 , "  " ] ,\n "2": -0, "1": {} , "b" : 2 }'
  expect(compactJson(text)).toBe('{"b":1.50,"a\\u00e9\\" x":[1E3,"  "],"2":-0,"1":{},"b":2}')
  expect(() => compactJson('{"a" 1}')).toThrow(SyntaxError)
})

test('XML is well-formed whatever names and texts the JSON has', () => {
  const names = ['__proto__', 'constructor', '#text', ':@', '?xml', 'xmlns', '<x>', '"', '\u0000', 'a b', 'é', '1']
  const xml = toXml(JSON.stringify(Object.fromEntries(names.map((name) => [name, `${name}]]>\ud800`]))))
  expect(XMLValidator.validate(xml)).toBe(true)
  expect(xml).not.toMatch(/[\u0000\ud800](?![\udc00-\udfff])/)
  expect(() => toXml('{')).toThrow(SyntaxError)
})

test('a form that was made once is renewed by the origin’s 304, which says nothing of that form', async () => {
  const headers = { 'cache-control': 'no-cache', 'last-modified': 'Sun, 01 Nov 2026 00:00:00 GMT', etag: '"json"' }
  const edge = await openEdge(
    nodeGateway,
    {
      routes: [{ path: '/', origin: 'own' }],
      cache: [{ path: '/', ttlMs: 1000, key: ['path', 'representation'], coalesce: true, staleOnErrorMs: 0 }],
      transform: [{ path: '/', representations: [{ accept: 'application/xml', as: 'xml' }] }],
    },
    {
      own: (request, response) => {
        const isKnown = request.headers['if-modified-since'] === headers['last-modified']
        response.writeHead(isKnown ? 304 : 200, { ...headers, 'content-type': 'application/json', vary: 'x-other' })
        response.end(isKnown ? undefined : '{"a":1}')
      },
    },
  )
  try {
    const answers = []
    for (let n = 0; n < 2; n++) answers.push(await edge.get('/', { accept: 'application/xml' }))
    expect(answers.map((answer) => answer.headers['x-cache'])).toEqual(['MISS', 'REVALIDATED'])
    expect(answers[1]!.body).toBe(answers[0]!.body)
    for (const answer of answers) {
      expect(answer.headers).toMatchObject({
        'content-type': 'application/xml; charset=utf-8',
        vary: 'x-other, Accept',
      })
      expect(answer.headers).not.toHaveProperty('etag')
    }
  } finally {
    await edge.close()
  }
})
