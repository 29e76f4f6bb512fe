import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import fc from 'fast-check'
import { Client } from 'undici'
import { describe, expect, it } from 'vitest'
import type { HeaderList } from '../../../src/http/headers.ts'
import { generatedResponse } from '../generated-response.ts'
import { everyCut, parseAll } from '../parse-all.ts'
import { rawServer } from '../raw-server.ts'

describe('against undici', () => {
  it('reads generated responses alike, wherever they are cut', async () => {
    let reply = (_socket: Socket): void => undefined
    await using server = await rawServer((socket) => reply(socket))
    const { host, port } = server.target
    await fc.assert(
      fc.asyncProperty(generatedResponse, async ({ method, bytes, closes }) => {
        reply = (socket) => (closes ? socket.end(bytes) : socket.write(bytes))
        const client = new Client(`http://${host}:${port}`)
        const { statusCode, headers, body } = await client.request({ path: '/', method })
        const expected = {
          status: statusCode,
          headers: trimmed(headers),
          body: Buffer.from(await body.bytes()).toString('latin1'),
        }
        await client.destroy()
        for (const pieces of everyCut(bytes)) {
          const { responses, garbage } = parseAll(method, pieces, closes)
          expect(garbage).toBe(null)
          expect(responses).toHaveLength(1)
          const [got] = responses
          expect({ status: got!.status, headers: joined(got!.headers), body: got!.body }).toEqual(expected)
          expect(got!.bodyBytes).toBe(expected.body.length)
          expect(got!.cache).toBe([expected.headers['x-cache'] ?? ''].flat()[0]!.toUpperCase())
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('against undici, with a byte too many in the head', () => {
  it('takes nothing that undici refuses, and reads what both take alike', async () => {
    let bytes: Buffer = Buffer.alloc(0)
    await using server = await rawServer((socket) => socket.end(bytes))
    const { host, port } = server.target
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        generatedResponse,
        fc.constantFrom('\n', '\r', '\0', '\x0b', '\x1f', '\x7f', '\xff', ' ', ':', '@', '(', ',', '0', '\r\n'),
        fc.nat(),
        async ({ method, bytes: good }, extra, where) => {
          const at = where % (good.indexOf('\r\n\r\n') + 4)
          bytes = Buffer.concat([good.subarray(0, at), Buffer.from(extra, 'latin1'), good.subarray(at)])
          const client = new Client(`http://${host}:${port}`)
          const answer = await client
            .request({ path: '/', method })
            .then(async ({ statusCode, body }) => ({
              status: statusCode,
              body: Buffer.from(await body.bytes()).toString('latin1'),
            }))
            .catch(() => undefined)
          await client.destroy()
          const { responses } = parseAll(method, [bytes], true)
          if (!answer) {
            refused += 1
            expect(responses).toEqual([])
          } else if (responses.length > 0) expect(responses).toMatchObject([answer])
        },
      ),
      { numRuns: 300 },
    )
    expect(refused).toBeGreaterThan(50)
  })
})

describe('responses that stop in the middle', () => {
  it('never take a beginning for the whole', () => {
    fc.assert(
      fc.property(
        generatedResponse.filter(({ closes }) => !closes),
        ({ method, bytes }) => {
          for (let length = 0; length < bytes.length; length += 1) {
            expect(parseAll(method, [bytes.subarray(0, length)], true)).toEqual({ responses: [], garbage: null })
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('what is no HTTP/1.1 response', () => {
  const head = 'HTTP/1.1 200 OK\r\n'
  const cases: Record<string, string> = {
    'another protocol': 'SSH-2.0-OpenSSH_9.6\r\n',
    'another version': 'HTTP/2.0 200 OK\r\n\r\n',
    'no status code': 'HTTP/1.1 2x0 OK\r\n\r\n',
    'a status of four digits': 'HTTP/1.1 2000 OK\r\n\r\n',
    'a header without a colon': `${head}content-length 5\r\n\r\nhello`,
    'a header without a name': `${head}: 5\r\n\r\n`,
    'white space before the colon': `${head}content-length : 5\r\n\r\nhello`,
    'a control character in a header': `${head}a: b\0c\r\n\r\n`,
    'a bare LF between headers': `${head}a: b\nc: d\r\n\r\n`,
    'a bare CR in a header': `${head}a: b\rc\r\n\r\n`,
    'a folded line before any header': `${head} a: b\r\n\r\n`,
    'a folded line': `${head}a: b\r\n c\r\ncontent-length: 0\r\n\r\n`,
    'a folded Content-Length': `${head}content-length: 1\r\n 2\r\n\r\n`,
    'a head of bare LFs': 'HTTP/1.1 200 OK\ncontent-length: 2\n\nhi',
    'a head that ends with a bare LF': `${head}content-length: 0\r\n\n`,
    'a status below 100': 'HTTP/1.1 099 Odd\r\ncontent-length: 0\r\n\r\n',
    'a tab after the status': 'HTTP/1.1 200\tOK\r\ncontent-length: 0\r\n\r\n',
    'a control character in the reason': 'HTTP/1.1 200 O\x01K\r\ncontent-length: 0\r\n\r\n',
    'a control character above CR': `${head}a: \x1b[2J\r\ncontent-length: 0\r\n\r\n`,
    'a DEL in a header': `${head}a: \x7f\r\ncontent-length: 0\r\n\r\n`,
    'a parenthesis in a name': `${head}a(b: c\r\ncontent-length: 0\r\n\r\n`,
    'a byte beyond ASCII in a name': `${head}\xe4: c\r\ncontent-length: 0\r\n\r\n`,
    'a tab before the colon': `${head}a\t: c\r\ncontent-length: 0\r\n\r\n`,
    'a coding that is two words': `${head}transfer-encoding: x chunked\r\n\r\n0\r\n\r\n`,
    'a coding after chunked': `${head}transfer-encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
    'chunked twice': `${head}transfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
    'chunked in two lines': `${head}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    'gzip in a line after chunked': `${head}transfer-encoding: chunked\r\ntransfer-encoding: gzip\r\n\r\n0\r\n\r\n`,
    'chunked with a parameter': `${head}transfer-encoding: chunked;q=1\r\n\r\n0\r\n\r\n`,
    'no coding at all': `${head}transfer-encoding: ,\r\n\r\n0\r\n\r\n`,
    'a length with a sign': `${head}content-length: +2\r\n\r\nhi`,
    'a length in hexadecimal': `${head}content-length: 0x2\r\n\r\nhi`,
    'two lengths in one line': `${head}content-length: 2 2\r\n\r\nhi`,
    'white space after a chunk size': `${head}transfer-encoding: chunked\r\n\r\n2 \r\nhi\r\n0\r\n\r\n`,
    'a control character in an extension': `${head}transfer-encoding: chunked\r\n\r\n2;a\0\r\nhi\r\n0\r\n\r\n`,
    'a trailer with white space in its name': `${head}transfer-encoding: chunked\r\n\r\n0\r\na b: c\r\n\r\n`,
    'a folded trailer': `${head}transfer-encoding: chunked\r\n\r\n0\r\na: b\r\n c\r\n\r\n`,
    'two different lengths': `${head}content-length: 1\r\ncontent-length: 2\r\n\r\n`,
    'a negative length': `${head}content-length: -1\r\n\r\n`,
    'an empty length': `${head}content-length:\r\n\r\n`,
    'a list of lengths': `${head}content-length: 1, 1\r\n\r\n`,
    'a length beyond counting': `${head}content-length: 99999999999999999999\r\n\r\n`,
    'a chunk without a size': `${head}transfer-encoding: chunked\r\n\r\n\r\nhello`,
    'a chunk size that is no number': `${head}transfer-encoding: chunked\r\n\r\nxyz\r\n`,
    'a chunk longer than it said': `${head}transfer-encoding: chunked\r\n\r\n3\r\nhello\r\n`,
    'a chunk line with a bare LF': `${head}transfer-encoding: chunked\r\n\r\n3\nabc\r\n`,
    'a trailer without a colon': `${head}transfer-encoding: chunked\r\n\r\n0\r\ntrailer\r\n\r\n`,
    'a protocol switch nobody asked for': 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n',
    'a head without end': `${head}a: ${'b'.repeat(70_000)}`,
    'trailers without end': `${head}transfer-encoding: chunked\r\n\r\n0\r\na: ${'b'.repeat(70_000)}`,
    'a chunk line without end': `${head}transfer-encoding: chunked\r\n\r\n1;${'b'.repeat(5000)}`,
  }
  it.each(Object.entries(cases))('%s', (_what, text) => {
    const bytes = Buffer.from(text, 'latin1')
    const cuts = bytes.length < 1000 ? everyCut(bytes) : [[bytes], [bytes.subarray(0, 100), bytes.subarray(100)]]
    for (const pieces of cuts) {
      const { responses, garbage } = parseAll('GET', pieces, true)
      expect(responses).toEqual([])
      expect(garbage).not.toBe(null)
    }
  })

  it.each([
    ['a length', `${head}content-length: 2\r\n\r\nhi`],
    ['chunks', `${head}transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`],
    ['no body', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ])('bytes after the response, wherever they are cut from it: %s', (_what, response) => {
    const [answer] = parseAll('GET', [Buffer.from(response)], false).responses
    for (const surplus of ['H', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', '\r\n']) {
      for (const pieces of everyCut(Buffer.from(response + surplus))) {
        const { responses, garbage } = parseAll('GET', pieces, false)
        expect(responses.map(({ status, body }) => ({ status, body }))).toEqual([
          { status: answer!.status, body: answer!.body },
        ])
        expect(garbage).toBe('bytes after the answer')
      }
    }
  })

  it('after an answer that ends the connection nothing is read, wherever it is cut', () => {
    const text = `${head}connection: close\r\ncontent-length: 2\r\n\r\nhi`
    expect(parseAll('GET', [Buffer.from(`${text}more`)], false)).toMatchObject({
      responses: [{ body: 'hi', keepAlive: false }],
      garbage: null,
    })
  })

  it('bytes before the request', () => {
    const parser = parseAll(null, [Buffer.from(`${head}content-length: 0\r\n\r\n`)], false)
    expect(parser).toEqual({ responses: [], garbage: 'bytes before the request' })
  })
})

describe('a sender that stops after its mistake', () => {
  // By the name of the fault: everything after the mistake never comes.
  it.each([
    ['a line that ends with LF alone', 'HTTP/1.1 200 OK\n'],
    ['a line that ends with LF alone', 'HTTP/1.1 200 OK\r\na: b\n'],
    ['a line that ends with LF alone', 'HTTP/1.1 200 OK\r\na\n'],
    ['a line that ends with LF alone', 'HTTP/1.1 200 OK\r\n\n'],
    ['a CR without an LF', 'HTTP/1.1 200 OK\r\na: b\rc'],
    ['a CR without an LF', 'HTTP/1.1 200 OK\rc'],
    ['a control character in the head', 'HTTP/1.1 200 OK\0'],
    ['a control character in the head', 'HTTP/1.1 200 OK\r\na: \0'],
    ['no HTTP/1.1 status line', 'HTTP/2'],
    ['no HTTP/1.1 status line', 'HTTP/1.1\r\n'],
    ['no status code', 'HTTP/1.1 20x'],
    ['no status code', 'HTTP/1.1 2000'],
    ['a folded line', 'HTTP/1.1 200 OK\r\na: b\r\n '],
    ['white space in the name of a header', 'HTTP/1.1 200 OK\r\na '],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n:'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\na\r'],
    ['a character that no name of a header may have', 'HTTP/1.1 200 OK\r\na@'],
    ['Transfer-Encoding is no list of codings', 'HTTP/1.1 200 OK\r\ntransfer-encoding: x chunked\r\n'],
    ['two different Content-Lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;\0'],
    ['a character that no name of a header may have', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n@'],
  ])('%s: %j', (fault, text) => {
    for (const pieces of everyCut(Buffer.from(text, 'latin1'))) {
      expect(parseAll('GET', pieces, false)).toEqual({ responses: [], garbage: fault })
    }
  })
})

describe('what a response says of its connection', () => {
  const keepAlive = (text: string): boolean | undefined =>
    parseAll('GET', [Buffer.from(`${text}\r\n\r\n`)], true).responses[0]?.keepAlive
  it.each([
    ['HTTP/1.1 204 No Content', true],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive', true],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close', false],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: foo, close', false],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: closed', true],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\nConnection: keep-alive', false],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\nConnection: close', false],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive, close', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: close\r\nConnection: keep-alive', false],
    ['HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 0', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: Keep-Alive', true],
    ['HTTP/1.1 200 OK', false],
  ])('%j', (text, expected) => {
    expect(keepAlive(text)).toBe(expected)
  })
})

describe('the liberties of RFC 9112', () => {
  const parse = (text: string, method = 'GET') => parseAll(method, [Buffer.from(text)], true)
  it('a 100 before the answer is passed over', () => {
    const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi'
    expect(parse(text).responses).toMatchObject([{ status: 200, body: 'hi' }])
  })
  it('Transfer-Encoding overrides Content-Length, and ends the connection', () => {
    const text = 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'
    expect(parse(text).responses).toMatchObject([{ body: 'hi', keepAlive: false }])
  })
  it('only the last coding frames the message', () => {
    const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'
    const not = 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\nuntil the end'
    expect(parse(chunked).responses).toMatchObject([{ body: 'hi', keepAlive: true }])
    expect(parse(not).responses).toMatchObject([{ body: 'until the end', keepAlive: false }])
  })
  it('the same length twice is one length', () => {
    const text = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\nhi'
    expect(parse(text).responses).toMatchObject([{ body: 'hi' }])
  })
  it('codings may stand in several lines, and a list may have empty places', () => {
    const text = 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\ntransfer-encoding: ,Chunked\r\n\r\n0\r\n\r\n'
    expect(parse(text).responses).toMatchObject([{ body: '', keepAlive: true }])
  })
  it('a chunk size may begin with zeros and be followed by an extension', () => {
    const text = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n00000000000000000002 ; a=b\r\nhi\r\n0\r\n\r\n'
    expect(parse(text).responses).toMatchObject([{ body: 'hi' }])
  })
  it.each([600, 999])('%i is an answer', (status) => {
    expect(parse(`HTTP/1.1 ${status} Odd\r\ncontent-length: 0\r\n\r\n`).responses).toMatchObject([{ status }])
  })
  it('the answer to HEAD has no body, whatever it says', () => {
    const text = 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n'
    expect(parse(text, 'HEAD').responses).toMatchObject([{ bodyBytes: 0, keepAlive: true }])
  })
})

/** As undici gives them: lower case, repeated ones in an array. */
function joined(headers: HeaderList): Record<string, string | string[]> {
  const all: Record<string, string | string[]> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    all[key] = Object.hasOwn(all, key) ? [all[key]!, value].flat() : value
  }
  return all
}

/** undici leaves white space at the end of a value, which RFC 9110 §5.5 does not count as part of it. */
function trimmed(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const trim = (value: string): string => value.replace(/[ \t]+$/, '')
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.map(trim) : trim(value ?? '')]),
  )
}
