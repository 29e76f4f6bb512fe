/** Responses as servers may write them: every framing of RFC 9112 §6, with the liberties that it allows. */
import fc from 'fast-check'

export interface GeneratedResponse {
  readonly method: 'GET' | 'HEAD'
  readonly bytes: Buffer
  /** The connection's end is the body's end. */
  readonly closes: boolean
}

const crlf = '\r\n'
const bodyless = [204, 304]
const framing = ['content-length', 'transfer-encoding', 'connection', 'x-cache', 'trailer', 'upgrade', 'keep-alive']

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,18}$/).filter((each) => !framing.includes(each.toLowerCase()))
const value = fc.stringMatching(/^([!-~]([ -~]{0,30}[!-~])?)?$/)
const header = fc.tuple(name, fc.constantFrom(':', ': ', ':  ', ':\t'), value).map((parts) => parts.join(''))
const cased = (word: string) => fc.constantFrom(word, word.toLowerCase(), word.toUpperCase())
const chunk = fc.record({
  data: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  extension: fc.constantFrom('', ';a', ';a=b', ';a="b c"', ';one=1;two=2'),
  upper: fc.boolean(),
})

export const generatedResponse: fc.Arbitrary<GeneratedResponse> = fc
  .record({
    method: fc.constantFrom('GET' as const, 'GET' as const, 'HEAD' as const),
    status: fc.constantFrom(200, 201, 204, 206, 304, 401, 404, 429, 500, 503),
    reason: fc.constantFrom('', ' ', ' OK', ' Not what you think'),
    interim: fc.array(fc.constantFrom('HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n'), { maxLength: 2 }),
    before: fc.array(header, { maxLength: 4 }),
    after: fc.array(header, { maxLength: 4 }),
    cache: fc.constantFrom('', 'X-Cache: HIT', 'x-cache: miss', 'X-CACHE:  Stale '),
    kind: fc.constantFrom('length' as const, 'chunked' as const, 'close' as const),
    lengthName: cased('Content-Length'),
    chunkedName: cased('Transfer-Encoding'),
    body: fc.uint8Array({ maxLength: 80 }),
    chunks: fc.array(chunk, { maxLength: 4 }),
    trailers: fc.array(
      fc.tuple(name, value).map(([key, text]) => `x-${key}: ${text}`),
      { maxLength: 2 },
    ),
  })
  .map((parts) => {
    const { method, status, kind } = parts
    const without = method === 'HEAD' || bodyless.includes(status)
    const frame = {
      length: [`${parts.lengthName}: ${parts.body.length}`],
      chunked: [`${parts.chunkedName}: chunked`],
      close: ['connection: close'],
    }[kind]
    const head = [
      `HTTP/1.1 ${status}${parts.reason}`,
      ...parts.before,
      ...(status === 204 ? [] : frame),
      ...(parts.cache ? [parts.cache] : []),
      ...parts.after,
    ]
    const body = {
      length: Buffer.from(parts.body),
      close: Buffer.from(parts.body),
      chunked: Buffer.concat([
        ...parts.chunks.map(({ data, extension, upper }) => {
          const size = data.length.toString(16)
          const line = `${upper ? size.toUpperCase() : size}${extension}${crlf}`
          return Buffer.concat([Buffer.from(line), Buffer.from(data), Buffer.from(crlf)])
        }),
        Buffer.from(['0', ...parts.trailers, '', ''].join(crlf)),
      ]),
    }[kind]
    const text = `${parts.interim.join('')}${head.join(crlf)}${crlf}${crlf}`
    const bytes = Buffer.concat([Buffer.from(text, 'latin1'), ...(without ? [] : [body])])
    return { method, bytes, closes: kind === 'close' && status !== 204 }
  })
