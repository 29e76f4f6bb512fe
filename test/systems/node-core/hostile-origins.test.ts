import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeGateway } from '../../../src/systems/node-gateway/index.ts'
import { nodeProxy } from '../../../src/systems/node-proxy/index.ts'
import { type EdgeLab, openEdge } from './edge-lab.ts'
import { rawOrigin } from './raw-origin.ts'

const ok = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello'
const cutBeforeBody = 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\nx-left: over\r\n\r\n'

describe.each([nodeProxy, nodeGateway])('$id', (system) => {
  const origin = rawOrigin()
  let edge: EdgeLab
  beforeAll(async () => {
    edge = await openEdge(
      system,
      {
        routes: [{ path: '/', origin: 'odd' }],
        cache: [{ path: '/cached', ttlMs: 60_000, key: ['path'], coalesce: true, staleOnErrorMs: 60_000 }],
      },
      { odd: origin },
    )
  })
  afterAll(() => edge.close())

  describe.each(['/plain', '/cached'])('below %s', (prefix) => {
    let count = 0
    const answered = (...parts: string[]) => {
      const path = `${prefix}/${++count}`
      origin.answers.set(path, parts)
      return edge.get(path)
    }

    test.each([
      ['status 600 with text', 'HTTP/1.1 600 What\r\ncontent-type: text/plain\r\ncontent-length: 1\r\n\r\nx'],
      ['status 999 with HTML', 'HTTP/1.1 999 No\r\ncontent-type: text/html\r\ncontent-length: 1\r\n\r\nx'],
      ['status 000', 'HTTP/1.1 000 No\r\ncontent-type: text/html\r\ncontent-length: 1\r\n\r\nx'],
      ['status 99', 'HTTP/1.1 99 No\r\ncontent-length: 1\r\n\r\nx'],
      ['an unasked change of the protocol', 'HTTP/1.1 101 Go\r\nupgrade: x\r\nconnection: upgrade\r\n\r\nx'],
      ['a head and then the end', cutBeforeBody],
      ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
      ['nothing but an informational answer', 'HTTP/1.1 100 Continue\r\n\r\n'],
      ['something else than HTTP', 'SSH-2.0-x\r\n\r\n'],
      ['a header with a control character', 'HTTP/1.1 200 OK\r\nx-a: b\x01\r\ncontent-length: 0\r\n\r\n'],
      ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxy'],
    ])('%s is a 502 of the edge’s own', async (_, bytes) => {
      const answer = await answered(bytes)
      expect(answer).toMatchObject({ status: 502, body: '{"error":"bad_gateway"}' })
      expect(answer.headers['content-type']).toMatch(/^application\/json/)
      expect(answer.headers).not.toHaveProperty('x-left')
      expect(edge.alive()).toBe(true)
      expect(await answered(ok)).toMatchObject({ status: 200, body: 'hello' })
    })

    test.each([
      ['100', 'HTTP/1.1 100 Continue\r\n\r\n'],
      ['102 with a header', 'HTTP/1.1 102 Processing\r\nx-a: b\r\n\r\n'],
      ['103', 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n'],
      ['several', `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20)}HTTP/1.0 100 Go\r\n\r\n`],
    ])('%s before the answer changes nothing of it, however it is cut', async (_, informational) => {
      const bytes = informational + ok
      const everyByte = [...bytes]
      for (const parts of [
        [bytes],
        everyByte,
        [informational, ok],
        [informational.slice(0, -3), informational.slice(-3) + ok],
      ]) {
        const answer = await answered(...parts)
        expect(answer).toMatchObject({ status: 200, body: 'hello' })
        expect(answer.headers).not.toHaveProperty('link')
      }
    })

    test('headers with odd names and several values', async () => {
      const head = [
        'HTTP/1.1 200 OK',
        'connection: x-one, close',
        'Connection: x-two',
        'x-one: 1',
        'x-two: 2',
        '__proto__: a',
        '__proto__: b',
        'constructor: c',
        'hasOwnProperty: h',
        'trailer: x-t',
        'content-type: text/plain',
        'content-type: text/html',
        'warning: 199 - "odd"',
        'warning: 299 - "odder"',
        'set-cookie: a=1',
        'set-cookie: b=2',
        'x-latin: é\xff',
        'content-length: 5',
      ]
      const answer = await answered(`${head.join('\r\n')}\r\n\r\nhello`)
      expect(answer).toMatchObject({ status: 200, body: 'hello' })
      expect(answer.headers).toMatchObject({ constructor: 'c', hasownproperty: 'h', 'set-cookie': 'a=1, b=2' })
      expect(answer.headers['x-latin']).toBe('é\xff')
      for (const name of ['x-one', 'x-two', 'trailer', '0', '1']) expect(answer.headers).not.toHaveProperty(name)
    })
  })
})
