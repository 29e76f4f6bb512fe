/** What clients send, as fast-check makes it: most nearly right, all of it possible on a wire. */
import fc from 'fast-check'
import { cut, shares } from './generated-answers.ts'

/** One connection's requests, in the parts in which they are sent; `requests`: how many they are. */
export interface GeneratedRequests {
  readonly parts: readonly string[]
  readonly requests: number
  readonly end: 'close' | 'reset'
}

/** Asked for only where framing is ambiguous: no origin may ever see it. */
export const smuggledPath = '/smuggled'
const smuggled = `GET ${smuggledPath} HTTP/1.1\r\nhost: a\r\n\r\n`

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'PROPFIND',
      'TRACE',
      'QUERY',
      'PURGE',
      'CONNECT',
      'FOO',
      'get',
      '',
      'PRI',
      'G\x00T',
      'GET\t',
    ),
  },
)
export const usualPaths = ['/plain', '/cached', '/keyed', '/limited', '/both', '/transformed']
const path = fc.constantFrom(...usualPaths, '/nowhere')
const tail = fc.oneof(
  fc.nat({ max: 20 }).map((id) => `/${id}`),
  fc.webQueryParameters().map((query) => `/1?${query.replaceAll('#', '')}`),
  fc.constantFrom(
    '',
    '/',
    '//',
    '/../keyed/1',
    '/%2e%2e/keyed/1',
    '/%ff',
    '/%',
    '/%zz',
    '?',
    '?a=%ff',
    '#x',
    '?a#b',
    '/\xe9',
    '/\x00',
    '/a b',
    '/;a',
    '/\\..\\keyed',
    '/%00',
    '/__proto__',
    `/${'a'.repeat(3000)}`,
  ),
)
const target = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(path, tail).map(([start, end]) => start + end) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '*',
      '/',
      '',
      'a',
      'http://shop/plain/1',
      'http:///plain',
      'http://a@b/plain',
      'HTTP://A:1/keyed/1',
      'ftp://a/',
      '//a/plain',
      'http://[::1]/plain',
      '?a',
    ),
  },
)
const version = fc.oneof(
  { weight: 12, arbitrary: fc.constant('HTTP/1.1') },
  { weight: 1, arbitrary: fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'http/1.1', '') },
)
const host = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(['host: edge.test'], ['Host: a:80'], ['host: [::1]:80']) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      [],
      ['host: '],
      ['host: a', 'host: b'],
      ['host: a b'],
      ['host: a/b'],
      ['host: \xe9'],
      ['host: a,b'],
      ['host: __proto__'],
    ),
  },
)
const header = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'x-api-key: k-web',
      'x-api-key: k-we',
      'x-consumer: forged',
      'X_Consumer: forged',
      'x_consumer: forged',
      'x.consumer: forged',
      'accept: application/xml',
      'accept: */*;q=0.1, application/json',
      'accept: ,;q',
      'accept-version: 1.x',
      'accept-encoding: gzip',
      'connection: close',
      'connection: keep-alive',
      'connection: x-consumer',
      'connection: host, x-api-key',
      'connection: upgrade',
      'upgrade: h2c',
      'te: trailers',
      'trailer: x',
      'keep-alive: x',
      'expect: 100-continue',
      'expect: x',
      'max-forwards: 0',
      'range: bytes=0-0',
      'range: x',
      'if-none-match: "a"',
      'if-none-match: *',
      'if-modified-since: x',
      'if-range: x',
      'cache-control: no-store',
      'cache-control: only-if-cached',
      'cache-control: max-age=x',
      'pragma: no-cache',
      'authorization: Basic x',
      'cookie: a=b',
      'cookie: c',
      'content-type: nonsense',
      'content-type: application/json',
      'content-encoding: x',
      '__proto__: a',
      'constructor: a',
      'x-forwarded-for: 192.0.2.1',
      'x-forwarded-for: ,\xff',
      'x-latin: \xe9',
      'origin: null',
      'sec-websocket-key: x',
      'edge-as-sent: {}',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'x-a',
      ': a',
      ' x-a: b',
      'x a: b',
      'x-a: b\x00',
      'x\x00: b',
      'x-a: b\nx-b: c',
      'x-a: b\rx',
      'x-a : b',
      '\xe9: b',
      `x-long: ${'a'.repeat(20_000)}`,
    ),
  },
)

/** Lines and body, where HTTP has one reading of them. */
const plainBody = fc.constantFrom<readonly [readonly string[], string]>(
  [[], ''],
  [[], ''],
  [[], ''],
  [['content-length: 0'], ''],
  [['content-length: 4'], 'body'],
  [['transfer-encoding: chunked'], '4\r\nbody\r\n0\r\n\r\n'],
  [['Transfer-Encoding:  Chunked'], '2;a=b\r\nbo\r\n2\r\ndy\r\n0\r\nx-t: u\r\n\r\n'],
)
/** Lines and body that servers read differently, or not at all; what follows belongs to nobody. */
const smugglingBody = fc.constantFrom<readonly [readonly string[], string]>(
  [['content-length: 5', 'transfer-encoding: chunked'], `0\r\n\r\n${smuggled}`],
  [['transfer-encoding: chunked', 'content-length: 5'], `0\r\n\r\n${smuggled}`],
  [['content-length: 0', `content-length: ${smuggled.length}`], smuggled],
  [[`content-length: ${smuggled.length}`, 'content-length: 0'], smuggled],
  [['content-length: 0, 5'], smuggled],
  [['content-length: +5'], smuggled],
  [['content-length: 0x5'], smuggled],
  [['content-length : 5'], smuggled],
  [['content-length:'], smuggled],
  [['transfer-encoding: xchunked'], smuggled],
  [['transfer-encoding: chunked', 'transfer-encoding: x'], smuggled],
  [['transfer-encoding: x, chunked'], `0\r\n\r\n${smuggled}`],
  [['transfer-encoding:\x0bchunked'], `0\r\n\r\n${smuggled}`],
  [['transfer-encoding : chunked'], `0\r\n\r\n${smuggled}`],
  [['transfer-encoding: chunked'], `ZZ\r\n${smuggled}`],
  [['transfer-encoding: chunked'], `0x4\r\n${smuggled}`],
  [['transfer-encoding: chunked'], `-1\r\n${smuggled}`],
  [['transfer-encoding: chunked'], `4\nbody\n0\n\n${smuggled}`],
  [['x-a: b\n\n'], smuggled],
)

const request = fc
  .record({
    method,
    target,
    version,
    host,
    headers: fc.array(header, { maxLength: 5 }),
    body: fc.oneof({ weight: 6, arbitrary: plainBody }, { weight: 1, arbitrary: smugglingBody }),
  })
  .map(({ method, target, version, host, headers, body: [lines, body] }) => {
    return `${[`${method} ${target} ${version}`, ...host, ...headers, ...lines].join('\r\n')}\r\n\r\n${body}`
  })

const simple = fc.constant('GET /plain/simple HTTP/1.1\r\nhost: edge.test\r\n\r\n')

export const generatedRequests = fc
  .record({
    requests: fc.array(fc.oneof({ weight: 3, arbitrary: request }, { weight: 1, arbitrary: simple }), {
      minLength: 2,
      maxLength: 2,
    }),
    until: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.double({ min: 0.1, max: 1, noNaN: true }) },
    ),
    shares,
    end: fc.oneof(
      { weight: 8, arbitrary: fc.constant('close' as const) },
      { weight: 1, arbitrary: fc.constant('reset' as const) },
    ),
  })
  .map(({ requests, until, shares, end }): GeneratedRequests => {
    const whole = requests.join('')
    return { parts: cut(whole.slice(0, Math.floor(until * whole.length)), shares), requests: requests.length, end }
  })
