/** Answers of an origin as fast-check makes them: most nearly right, all of them possible on a wire. */
import fc from 'fast-check'

export interface GeneratedAnswer {
  /** Which of the edge's routes is asked. */
  readonly route: string
  readonly method: string
  /** The whole answer as it is written, in these parts. Latin-1. */
  readonly parts: readonly string[]
  /** What the origin does after the last part; `keep` only where the answer is complete. */
  readonly end: 'keep' | 'close' | 'reset'
  /** Where nothing in it is wrong: what a client must be given, if nothing rewrites it on the way. */
  readonly intact?: { readonly status: number; readonly body: string }
}

export const answerRoutes = ['/plain', '/cached', '/transformed', '/both']

const usualStatus = fc.constantFrom(200, 200, 200, 200, 201, 203, 206, 301, 302, 400, 401, 404, 410, 429, 500, 502, 503)
const oddStatus = fc.constantFrom(
  '204',
  '205',
  '304',
  '599',
  '600',
  '777',
  '999',
  '000',
  '042',
  '99',
  '1000',
  '2OO',
  '',
  '-1',
  '101',
  '199',
)
const informational = fc.constantFrom(
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.0 100\r\n\r\n',
  'HTTP/1.1 102 Processing\r\nx-a: b\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n',
)

const line = (name: string, values: readonly string[]): fc.Arbitrary<string> =>
  fc.constantFrom(...values).map((value) => `${name}: ${value}`)
const date = new Date(0).toUTCString()
const knownHeader = fc.oneof(
  line('cache-control', [
    'no-store',
    'no-cache',
    'private',
    'max-age=0, stale-while-revalidate=60',
    'max-age=60, must-revalidate',
    'max-age=60',
    'max-age=0',
    'max-age=60, stale-if-error=60',
    's-maxage=x',
    'public, max-age="5"',
    ',,,=',
    'no-cache="set-cookie"',
    'max-age=-1',
    'max-age=99999999999999999999',
  ]),
  line('content-type', [
    'application/json',
    'application/json; charset=utf-8',
    'text/html',
    'application/xml',
    '',
    ';',
    'json',
    'application/JSON ;x',
  ]),
  line('vary', ['Accept', '*', 'Accept, , x', 'Accept-Encoding, User-Agent', '']),
  line('connection', ['close', 'keep-alive', 'x-a', 'content-length', 'content-type, close', 'upgrade', '']),
  line('keep-alive', ['timeout=0', 'timeout=5, max=1', 'timeout=x']),
  line('set-cookie', ['a=b', 'c=d; path=/; httponly']),
  line('expires', [date, '0', 'never', new Date(4e12).toUTCString()]),
  line('date', [date, 'yesterday', new Date(4e12).toUTCString()]),
  line('age', ['0', '60', '-1', 'x', '99999999999999999999']),
  line('etag', ['"a"', 'W/"a"', 'a', '"']),
  line('last-modified', [date, 'x', new Date(4e12).toUTCString()]),
  line('warning', ['110 - "Response is Stale"', '199 x']),
  line('content-encoding', ['gzip', 'identity', 'x']),
  line('content-range', ['bytes 0-1/10', 'bytes */0', 'x']),
  line('trailer', ['x-t', 'content-length']),
  line('upgrade', ['websocket']),
  line('location', ['/', 'http://\xff/', '']),
  line('x-cache', ['HIT']),
  line('edge-as-sent', ['{}', '{"set-cookie":"a"}', 'null', '{']),
  line('__proto__', ['a', '{}']),
  line('constructor', ['a']),
  line('toString', ['a']),
  line('hasOwnProperty', ['a']),
  line('server', ['\xe9\xff', '\ta\t', '']),
)
const token = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.!#$%&'*+^`|~"), minLength: 1, maxLength: 12 })
const text = fc.string({
  unit: fc.nat({ max: 0xff - 0x20 }).map((code) => String.fromCharCode(code + 0x20)),
  maxLength: 20,
})
const freeHeader = fc.tuple(token, text).map(([name, value]) => `x${name}: ${value.replaceAll('\x7f', ' ')}`)
const brokenHeader = fc.constantFrom(
  'x-a',
  ': a',
  ' x-a: b',
  'x a: b',
  'x-a: b\x00',
  'x-a\x01: b',
  'x-a: b\nx-b: c',
  'x-a: b\rx',
  'x-a : b',
  '\xe9: b',
  `x-long: ${'a'.repeat(20_000)}`,
)

const json = fc.json({ maxDepth: 3 }).map((value) => Buffer.from(value).toString('latin1'))
const body = fc.oneof(
  { weight: 3, arbitrary: json },
  { weight: 2, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{',
      '[1,2',
      `"${'a'.repeat(70_000)}"`,
      '['.repeat(2000),
      '\x00\xff'.repeat(100),
      '{"a":1}\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
    ),
  },
)

const chunked = (whole: string, size: number, extension = '', trailer = ''): string => {
  const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, n) => whole.slice(n * size, (n + 1) * size))
  return `${chunks.map((chunk) => `${chunk.length.toString(16)}${extension}\r\n${chunk}\r\n`).join('')}0\r\n${trailer}\r\n`
}
const sizeOf = (whole: string, parts: number): number => Math.max(1, Math.ceil(whole.length / parts))

type Framing = (body: string) => {
  readonly lines: readonly string[]
  readonly sent: string
  readonly delimited: boolean
}
const rightFramings: readonly Framing[] = [
  (whole) => ({ lines: [`content-length: ${whole.length}`], sent: whole, delimited: true }),
  (whole) => ({ lines: ['transfer-encoding: chunked'], sent: chunked(whole, sizeOf(whole, 3)), delimited: true }),
  (whole) => ({
    lines: ['Transfer-Encoding: Chunked'],
    sent: chunked(whole, sizeOf(whole, 1), ';a=b', 'x-t: u\r\n'),
    delimited: true,
  }),
  (whole) => ({ lines: [], sent: whole, delimited: false }),
]
const wrongFramings: readonly Framing[] = [
  (whole) => ({ lines: [`content-length: ${whole.length + 5}`], sent: whole, delimited: false }),
  (whole) => ({ lines: [`content-length: ${Math.max(0, whole.length - 1)}`], sent: whole, delimited: false }),
  (whole) => ({ lines: ['content-length: -1'], sent: whole, delimited: false }),
  (whole) => ({ lines: ['content-length: 1', 'content-length: 2'], sent: whole, delimited: false }),
  (whole) => ({ lines: ['content-length: 99999999999999999999999'], sent: whole, delimited: false }),
  (whole) => ({
    lines: ['content-length: 3', 'transfer-encoding: chunked'],
    sent: chunked(whole, 3),
    delimited: false,
  }),
  (whole) => ({ lines: ['transfer-encoding: gzip'], sent: whole, delimited: false }),
  (whole) => ({ lines: ['transfer-encoding: chunked'], sent: whole, delimited: false }),
  (whole) => ({ lines: ['transfer-encoding: chunked'], sent: `5\r\n${whole}`, delimited: false }),
  (whole) => ({
    lines: ['transfer-encoding: chunked'],
    sent: `${whole.length.toString(16)}\n${whole}\n0\n\n`,
    delimited: false,
  }),
  (whole) => ({ lines: ['transfer-encoding: chunked'], sent: chunked(whole, 9, '', 'bad\r\n'), delimited: false }),
  (whole) => ({
    lines: [`content-length: ${whole.length}`],
    sent: `${whole}HTTP/1.1 200 OK\r\n\r\n`,
    delimited: false,
  }),
]

/** Cuts text at these shares of its length; `1`: nowhere, all in one part. */
export function cut(whole: string, shares: readonly number[]): readonly string[] {
  const places = [...new Set(shares.map((share) => Math.floor(share * whole.length)))].sort((a, b) => a - b)
  return [0, ...places].map((from, n) => whole.slice(from, places[n] ?? whole.length)).filter((part) => part !== '')
}
export const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 })

const route = fc.constantFrom(...answerRoutes)
const method = fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'DELETE')
const before = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(informational, { maxLength: 3 }) },
)

const intact = fc
  .record({
    route,
    method,
    before,
    status: usualStatus,
    headers: fc.array(
      fc.oneof(line('cache-control', ['max-age=60', 'no-store']), line('set-cookie', ['a=b']), freeHeader),
      { maxLength: 5 },
    ),
    body,
    framing: fc.constantFrom(...rightFramings),
    shares,
    closes: fc.boolean(),
  })
  .map(({ route, method, before, status, headers, body, framing, shares, closes }): GeneratedAnswer => {
    const { lines, sent, delimited } = framing(body)
    const end = delimited && !closes ? 'keep' : 'close'
    const head = [
      `HTTP/1.1 ${status} Reason`,
      ...headers,
      'content-type: text/plain',
      ...(end === 'close' ? ['connection: close'] : []),
      ...lines,
    ].join('\r\n')
    const whole = `${before.join('')}${head}\r\n\r\n${method === 'HEAD' ? '' : sent}`
    const parts = cut(whole, shares)
    // Where the edge may ask for the body of a HEAD, this is no right answer.
    if (method === 'HEAD' && route !== '/plain') return { route, method, parts, end: 'close' }
    return { route, method, parts, end, intact: { status, body: method === 'HEAD' ? '' : body } }
  })

const broken = fc
  .record({
    route,
    method,
    before,
    version: fc.oneof(
      { weight: 8, arbitrary: fc.constant('HTTP/1.1') },
      { weight: 2, arbitrary: fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/1.2', 'http/1.1', 'ICY', '') },
    ),
    status: fc.oneof(usualStatus.map(String), oddStatus),
    reason: fc.constantFrom('OK', '', '\xe9\xff', 'a\x00b', 'a\nb'),
    headers: fc.array(
      fc.oneof(
        { weight: 8, arbitrary: knownHeader },
        { weight: 2, arbitrary: freeHeader },
        { weight: 1, arbitrary: brokenHeader },
      ),
      { maxLength: 7 },
    ),
    body,
    framing: fc.constantFrom(...rightFramings, ...rightFramings, ...wrongFramings),
    until: fc.oneof(
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    ),
    shares,
    end: fc.constantFrom('close' as const, 'close' as const, 'reset' as const),
  })
  .map(
    ({
      route,
      method,
      before,
      version,
      status,
      reason,
      headers,
      body,
      framing,
      until,
      shares,
      end,
    }): GeneratedAnswer => {
      const { lines, sent } = framing(body)
      const head = [`${version} ${status} ${reason}`, ...headers, ...lines].join('\r\n')
      const whole = `${before.join('')}${head}\r\n\r\n${sent}`
      return { route, method, parts: cut(whole.slice(0, Math.floor(until * whole.length)), shares), end }
    },
  )

export const generatedAnswer = fc.oneof({ weight: 1, arbitrary: intact }, { weight: 1, arbitrary: broken })
