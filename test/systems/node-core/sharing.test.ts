/** Who may share an answer: those who ask at once, and those who ask one after another. */
import { once } from 'node:events'
import type { IncomingMessage, RequestListener } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { nodeGateway } from '../../../src/systems/node-gateway/index.ts'
import { readyPath } from '../../../src/systems/system.ts'
import { until } from '../../until.ts'
import { type Answer, type EdgeLab, openEdge } from './edge-lab.ts'

const said = ({ headers }: Answer): string | undefined => headers['x-cache']
const size = 9 * 1024 * 1024

/** What each kind of path says of its answers. */
const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  open: {},
  fresh: { 'cache-control': 'max-age=60' },
  private: { 'cache-control': 'private' },
  'private-fresh': { 'cache-control': 'private, max-age=60' },
  'no-store': { 'cache-control': 'no-store' },
  cookie: { 'set-cookie': 'session=1', 'cache-control': 'max-age=60' },
  public: { 'cache-control': 'public, max-age=60' },
  agent: { vary: 'User-Agent' },
  referer: { vary: 'referer', 'cache-control': 'max-age=60' },
  forwarded: { vary: 'X-Forwarded-For' },
  language: { vary: 'accept-language', 'cache-control': 'max-age=60' },
  anything: { vary: '*' },
  expired: { 'cache-control': 'max-age=0', etag: '"1"' },
}

let seen: IncomingMessage['headers'][] = []
let waiting: (() => void)[] = []
let isHeld = false
/** The kind is the first part of the path. The body is what the origin knows of who asked. */
const origin: RequestListener = (request, response) => {
  seen.push(request.headers)
  const [, kind = ''] = (request.url ?? '/').split(/[/?]/)
  const answer = (): void => {
    if (kind === 'large') {
      response.writeHead(200)
      response.write(Buffer.alloc(size / 2))
      response.end(Buffer.alloc(size / 2))
    } else response.writeHead(200, kinds[kind]).end(JSON.stringify(request.headers))
  }
  if (isHeld) waiting.push(answer)
  else answer()
}

let edge: EdgeLab
beforeAll(async () => {
  const cache = { path: '/', ttlMs: 60_000, key: ['path', 'query'], coalesce: true, staleOnErrorMs: 0 } as const
  edge = await openEdge(
    nodeGateway,
    {
      routes: [{ path: '/', origin: 'own' }],
      cache: [cache, { ...cache, path: '/private/mine' }],
      apiKey: ['/private/mine', '/fresh/mine'].map((path) => ({
        path,
        header: 'authorization',
        consumers: [
          { name: 'ann', key: 'key-of-ann' },
          { name: 'bob', key: 'key-of-bob' },
        ],
      })),
    },
    { own: origin },
  )
})
afterAll(() => edge.close())
beforeEach(() => {
  seen = []
})

let next = 0
/** A path that no other test has asked for. */
const fresh = (kind: string): string => `/${kind}/${next++}`

/** All ask while the first is held at the origin, and the others go on as soon as its answer's head is known. */
async function together(asked: readonly (() => Promise<Answer>)[]): Promise<readonly Answer[]> {
  isHeld = true
  const answers = Promise.all(asked.map((ask) => ask()))
  try {
    await until(
      'the origin has a request',
      () => waiting.length,
      (length) => length > 0,
    )
    // Nobody knows when the edge has read the others: a request that it answers is behind them.
    await edge.get(readyPath)
  } finally {
    isHeld = false
    for (const answer of waiting) answer()
    waiting = []
  }
  return answers
}

const owner = ({ body }: Answer, name: string): unknown => JSON.parse(body)[name]

test.each([
  ['private', 'cookie'],
  ['private-fresh', 'cookie'],
  ['no-store', 'cookie'],
  ['cookie', 'cookie'],
  ['expired', 'cookie'],
  ['anything', 'cookie'],
  ['open', 'authorization'],
  ['fresh', 'authorization'],
  ['agent', 'user-agent'],
  ['referer', 'referer'],
  ['forwarded', 'x-forwarded-for'],
  ['language', 'accept-language'],
  ['open', 'host'],
])('%s: requests that differ in %s get their own, at once and one after another', async (kind, name) => {
  const values = ['one.test', 'two.test', 'three.test', 'one.test', 'two.test', 'three.test']
  const crowd = fresh(kind)
  const answers = await together(values.map((value) => () => edge.get(crowd, { [name]: value })))
  expect(answers.map((answer) => String(owner(answer, name)).split(',')[0])).toEqual(values)
  const line = fresh(kind)
  for (const value of values) {
    const answer = await edge.get(line, { [name]: value })
    expect(String(owner(answer, name)).split(',')[0]).toBe(value)
  }
})

test.each(['open', 'fresh', 'public', 'agent'])('%s: equal requests at once are one request', async (kind) => {
  const path = fresh(kind)
  const answers = await together(Array.from({ length: 12 }, () => () => edge.get(path, { 'user-agent': 'same' })))
  expect(seen.filter((headers) => headers['user-agent'] === 'same')).toHaveLength(1)
  expect(answers.map(said).sort()).toEqual([...Array(11).fill('HIT'), 'MISS'])
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
})

test('of each answer that Vary tells apart one is fetched, however many ask', async () => {
  const path = fresh('language')
  const languages = Array.from({ length: 12 }, (_, n) => ['de', 'fr', 'it'][n % 3]!)
  const answers = await together(languages.map((value) => () => edge.get(path, { 'accept-language': value })))
  expect(answers.map((answer) => owner(answer, 'accept-language'))).toEqual(languages)
  expect(seen).toHaveLength(3)
})

test('an answer that a private one was waited for is fetched at once by all, and the next crowd does not wait', async () => {
  const path = fresh('private')
  const who = ['ann', 'bob', 'cid', 'dan']
  await together(who.map((cookie) => () => edge.get(path, { cookie })))
  isHeld = true
  const answers = who.map((cookie) => edge.get(path, { cookie }))
  // None is behind another: all are at the origin before any has an answer.
  await until(
    'the origin has all requests',
    () => waiting.length,
    (length) => length === who.length,
  )
  isHeld = false
  for (const answer of waiting.splice(0)) answer()
  expect((await Promise.all(answers)).map((answer) => owner(answer, 'cookie'))).toEqual(who)
})

test('one consumer’s private answer never reaches another, although the key does not tell them apart', async () => {
  const path = `/private/mine/${next++}`
  const keys = ['key-of-ann', 'key-of-bob', 'key-of-ann', 'key-of-bob']
  const answers = await together(keys.map((authorization) => () => edge.get(path, { authorization })))
  expect(answers.map((answer) => owner(answer, 'x-consumer'))).toEqual(['ann', 'bob', 'ann', 'bob'])
})

test('a key that the edge has taken out of Authorization is no reason to keep nothing', async () => {
  const path = `/fresh/mine/${next++}`
  const answers = []
  for (const authorization of ['key-of-ann', 'key-of-bob']) answers.push(await edge.get(path, { authorization }))
  expect(answers.map(said)).toEqual(['MISS', 'HIT'])
})

test('what is stored for nobody in particular is no answer to who is authorized; public is', async () => {
  for (const [kind, word] of [
    ['fresh', 'MISS'],
    ['public', 'HIT'],
  ] as const) {
    const path = fresh(kind)
    await edge.get(path)
    expect(said(await edge.get(path, { authorization: 'Bearer one' }))).toBe(word)
  }
})

test('an answer above the size limit passes through to all who ask at once, and is not stored', async () => {
  const path = fresh('large')
  const answers = await together(Array.from({ length: 3 }, () => () => edge.get(path)))
  expect(answers.map(({ status, body }) => [status, body.length])).toEqual(Array(3).fill([200, size]))
  expect(said(await edge.get(path))).toBe('MISS')
})

test('who asked first and leaves takes nothing from those who wait', async () => {
  const path = fresh('open')
  isHeld = true
  const first = connect(edge.port, '127.0.0.1', () => first.write(`GET ${path} HTTP/1.1\r\nhost: edge.test\r\n\r\n`))
  await until(
    'the origin has the request',
    () => waiting.length,
    (length) => length === 1,
  )
  const others = Array.from({ length: 3 }, () => edge.get(path))
  await edge.get(readyPath)
  first.destroy()
  await once(first, 'close')
  isHeld = false
  for (const answer of waiting.splice(0)) answer()
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200])
})

test('whoever asks together with others gets only what the origin made for a request that is equal in all that matters', async () => {
  const request = fc.record({
    kind: fc.constantFrom(...Object.keys(kinds)),
    path: fc.constantFrom('a', 'b'),
    host: fc.constantFrom('one.test', 'two.test'),
    headers: fc.dictionary(
      fc.constantFrom('user-agent', 'referer', 'accept-language', 'authorization', 'cookie', 'x-forwarded-for'),
      fc.constantFrom('1', '2'),
      { maxKeys: 3 },
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 12 }), async (requests) => {
      const run = next++
      // `x-own` marks whose answer it is.
      const asked = requests.map(({ kind, path, host, headers }, n) => {
        const own = { ...headers, host, 'x-own': `${run} ${n}` }
        return { kind, own, ask: () => edge.get(`/${kind}/${run}/${path}`, own) }
      })
      for (const answers of [
        await together(asked.map(({ ask }) => ask)),
        await Promise.all(asked.map(({ ask }) => ask())),
      ])
        for (const [n, { kind, own }] of asked.entries()) {
          const made = JSON.parse(answers[n]!.body)
          const told = { ...kinds[kind] }
          const isAlone =
            /private|no-store|max-age=0/.test(told['cache-control'] ?? '') ||
            told['set-cookie'] !== undefined ||
            told['vary'] === '*' ||
            ('authorization' in own && kind !== 'public')
          if (isAlone) expect(made['x-own']).toBe(own['x-own'])
          expect(made.host).toBe(own.host)
          expect(made.authorization === undefined || kind === 'public' || isAlone).toBe(true)
          const vary = told['vary']?.toLowerCase()
          const value = (headers: Record<string, string>): string | undefined =>
            headers[vary ?? '']?.replace(/, 127\.0\.0\.1$/, '').replace(/^127\.0\.0\.1$/, '') || undefined
          if (vary && vary !== '*') expect(value(made)).toBe(value(own as unknown as Record<string, string>))
        }
    }),
    { numRuns: 25 },
  )
})
