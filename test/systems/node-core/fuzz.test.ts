/**
 * Whatever an origin answers and whatever clients send: the process lives, everybody gets an answer or sees the
 * connection close, and nothing is forwarded that HTTP reads in two ways.
 */
import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cache } from '../../../src/policy/features/cache/line.ts'
import { nodeGateway } from '../../../src/systems/node-gateway/index.ts'
import { type EdgeLab, openEdge } from './edge-lab.ts'
import { type GeneratedAnswer, generatedAnswer } from './generated-answers.ts'
import { type GeneratedRequests, generatedRequests, smuggledPath, usualPaths } from './generated-requests.ts'
import { converse } from './raw-client.ts'

const seed = 20_261_129
const total = 10_000

/** How many answers or requests are under way at once. */
const batchOf = 250

/** What the origins `right` and `wrong` answer, by the number at the end of the path. */
const answers = new Map<string, GeneratedAnswer>()
const simpleAnswer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
/** What the other origin was asked, and what it could not read. */
const asked: IncomingMessage[] = []
const unreadable: Error[] = []

let edge: EdgeLab
beforeAll(async () => {
  const key: Cache['key'] = ['path', 'query', 'representation']
  const cache = { ttlMs: 60_000, key, coalesce: true, staleOnErrorMs: 1000 }
  const representations = [{ accept: 'application/xml', as: 'xml' as const }]
  const below = (...paths: readonly string[]): readonly string[] =>
    ['', '/right', '/wrong'].flatMap((prefix) => paths.map((path) => prefix + path))
  edge = await openEdge(
    nodeGateway,
    {
      routes: [
        { path: '/right', origin: 'right' },
        { path: '/wrong', origin: 'wrong' },
        ...usualPaths.map((path) => ({ path, origin: 'usual' })),
      ],
      cache: below('/cached', '/both').map((path) => ({ ...cache, path })),
      transform: below('/transformed', '/both').map((path) => ({ representations, path })),
      apiKey: [{ path: '/keyed', header: 'x-api-key', consumers: [{ name: 'web', key: 'k-web' }] }],
      rateLimit: [{ path: '/limited', ratePerSecond: 5, burst: 5, per: 'address' }],
    },
    // Two, because one that closes connections without a word makes others fail that are sent on them just then.
    {
      right: { raw: answerAsGenerated },
      wrong: { raw: answerAsGenerated },
      usual: { raw: (socket) => void usual.emit('connection', socket) },
    },
  )
})
afterAll(() => edge.close())

const usual = createHttpServer((request, response) => {
  asked.push(request)
  request.resume()
  response.setHeader('content-type', 'application/json')
  response.end('{"a":1}')
}).on('clientError', (error: NodeJS.ErrnoException, socket) => {
  // A client that broke off in the middle of its body.
  if (error.code !== 'ECONNRESET' && error.code !== 'HPE_INVALID_EOF_STATE') unreadable.push(error)
  socket.destroy()
})

function answerAsGenerated(socket: Socket): void {
  let head = ''
  const answer = async (): Promise<void> => {
    const { parts, end }: Omit<GeneratedAnswer, 'route' | 'method'> = answers.get(/\/(\d+) /.exec(head)?.[1] ?? '') ?? {
      parts: [simpleAnswer],
      end: 'keep',
    }
    head = ''
    for (const [n, part] of parts.entries()) {
      if (n > 0) await new Promise((turn) => setImmediate(turn))
      if (socket.writable) socket.write(part, 'latin1')
    }
    if (end === 'close') socket.end()
    if (end === 'reset') socket.resetAndDestroy()
  }
  socket.setNoDelay(true)
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    head += chunk.toString('latin1')
    if (head.includes('\r\n\r\n')) void answer()
  })
}

/** All cases of a batch at once; names the one that failed. Then: the process lives, and works. */
async function inBatch<Case>(cases: readonly Case[], one: (generated: Case) => Promise<void>): Promise<void> {
  await Promise.all(
    cases.map((generated) =>
      one(generated).catch((error: unknown) => {
        throw new Error(JSON.stringify(generated), { cause: error })
      }),
    ),
  )
  expect(edge.alive()).toBe(true)
  expect(await edge.get('/right/plain/simple')).toMatchObject({ status: 200, body: 'ok' })
}

test(`${total} answers of an origin, seed ${seed}`, { timeout: 120_000 }, async () => {
  let made = 0
  const statuses = new Map<string, number>()
  const one = async (generated: GeneratedAnswer): Promise<void> => {
    const { route, method, intact } = generated
    const id = String(++made)
    answers.set(id, generated)
    const request = `${method} /${intact ? 'right' : 'wrong'}${route}/${id} HTTP/1.1\r\nhost: edge.test\r\naccept: application/xml\r\n\r\n`
    const ask = async (): Promise<void> => {
      const conversation = await converse(edge.port, request, { end: 'close' })
      const { text } = conversation
      // A HEAD's head is sent at the end of the body that it stands for: where that breaks off, only a close is left.
      if (text === '' && method === 'HEAD' && !intact) return
      const status = /^HTTP\/1\.1 ([2-5]\d\d) /.exec(text)?.[1]
      expect(status, text).toBeDefined()
      statuses.set(status!, (statuses.get(status!) ?? 0) + 1)
      if (!intact) return
      expect(status).toBe(String(intact.status))
      if (method !== 'HEAD') expect(conversation.answers).toEqual([intact])
    }
    // Some are asked for by two at a time, and once more when there is something to find in the cache.
    await (made % 8 === 0 ? Promise.all([ask(), ask()]).then(ask) : ask())
    answers.delete(id)
  }
  await fc.assert(
    fc.asyncProperty(fc.array(generatedAnswer, { minLength: batchOf, maxLength: batchOf }), (batch) =>
      inBatch(batch, one),
    ),
    { seed, numRuns: total / batchOf, endOnFailure: true },
  )
  expect(made).toBe(total)
  // Not all of one kind: enough are sent on, and enough are not.
  expect(statuses.get('200')).toBeGreaterThan(total / 10)
  expect(statuses.get('502')).toBeGreaterThan(total / 10)
})

test(`${total} requests of clients, seed ${seed}`, { timeout: 120_000 }, async () => {
  let made = 0
  const statuses = new Map<string, number>()
  const one = async ({ parts, requests, end }: GeneratedRequests): Promise<void> => {
    made += requests
    const { text } = await converse(edge.port, parts, { end })
    if (text !== '') expect(text).toMatch(/^HTTP\/1\.1 ([1-5]\d\d) /)
    for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d\d\d) /gm))
      statuses.set(status!, (statuses.get(status!) ?? 0) + 1)
  }
  await fc.assert(
    fc.asyncProperty(fc.array(generatedRequests, { minLength: batchOf / 2, maxLength: batchOf / 2 }), (batch) =>
      inBatch(batch, one),
    ),
    { seed, numRuns: total / batchOf, endOnFailure: true },
  )
  expect(made).toBe(total)
  for (const status of ['200', '400', '401', '404', '417', '429', '431', '501', '505'])
    expect(statuses.get(status), status).toBeGreaterThan(10)
  // Nothing went on that two servers could read differently.
  expect(unreadable).toEqual([])
  for (const { url, rawHeaders, headers, headersDistinct } of asked) {
    expect(url).not.toContain(smuggledPath)
    expect(headersDistinct['host']?.length).toBe(1)
    expect(rawHeaders.filter((_, n) => n % 2 === 0).join(' ')).toMatch(/^[a-z0-9 -]*$/i)
    expect(headers['x-consumer']).toBe(url!.startsWith('/keyed') ? 'web' : undefined)
  }
})
