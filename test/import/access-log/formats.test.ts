/** Lines as servers write them, and what is read of each. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detect, type FormatId, formatIds, formats } from '../../../src/import/access-log/formats/index.ts'
import type { FieldName } from '../../../src/import/access-log/formats/json-dialects.ts'
import { clear, newRecorded, type Recorded } from '../../../src/import/recorded.ts'

const noFields: ReadonlyMap<FieldName, string> = new Map()

function read(format: FormatId, line: string, fields = noFields): Recorded | string {
  const into = newRecorded()
  clear(into)
  return formats[format].reader(fields)(line, into) ?? into
}

const at = Date.UTC(2026, 9, 10, 11, 55, 36)
const usual: Recorded = {
  atMs: at,
  method: 'GET',
  target: '/items/7?a=b',
  status: 200,
  bytes: 512,
  sentBytes: -1,
  tookMs: -1,
  userAgent: 'curl/8.14.1',
}
const time = '[10/Oct/2026:13:55:36 +0200]'
const request = '"GET /items/7?a=b HTTP/1.1"'

describe('lines of each format', () => {
  test.each<[string, FormatId, string, Partial<Recorded>]>([
    ['combined', 'nginx', `10.0.0.1 - - ${time} ${request} 200 512 "-" "curl/8.14.1"`, {}],
    ['IPv6', 'nginx', `2001:db8::7 - - ${time} ${request} 200 512 "-" "curl/8.14.1"`, {}],
    ['a user with blanks and brackets', 'nginx', `::1 - j [x] doe ${time} ${request} 200 512 "-" "curl/8.14.1"`, {}],
    ['$request_time', 'nginx', `::1 - - ${time} ${request} 200 512 "-" "curl/8.14.1" 0.012`, { tookMs: 12 }],
    ['both times', 'nginx', `::1 - - ${time} ${request} 200 512 "-" "curl/8.14.1" "-" 0.012 0.009`, { tookMs: 9 }],
    [
      'named times',
      'nginx',
      `::1 - - ${time} ${request} 200 512 "-" "curl/8.14.1" "-" rt=0.020 uct="0.001" uht="0.018" urt="0.019"`,
      { tookMs: 18 },
    ],
    ['HTTP/2', 'nginx', `::1 - - ${time} "GET /items/7?a=b HTTP/2.0" 200 512 "-" "curl/8.14.1"`, {}],
    ['HTTP/3', 'nginx', `::1 - - ${time} "GET /items/7?a=b HTTP/3.0" 200 512 "-" "curl/8.14.1"`, {}],
    ['no user agent', 'nginx', `::1 - - ${time} ${request} 200 512 "-" "-"`, { userAgent: '' }],
    ['a closed connection', 'nginx', `::1 - - ${time} ${request} 000 0 "-" "curl/8.14.1"`, { status: 0, bytes: 0 }],
    [
      'escapes of NGINX',
      'nginx',
      String.raw`::1 - - ${time} "GET /a\x22b HTTP/1.1" 200 512 "x\x22y" "a\x5Cb"`,
      { target: '/a"b', userAgent: 'a\\b' },
    ],
    [
      'escapes of Apache',
      'apache',
      String.raw`::1 - - ${time} "GET /a\"b HTTP/1.1" 200 512 "\\" "a \"b\""`,
      { target: '/a"b', userAgent: 'a "b"' },
    ],
    ['the common format', 'apache', `::1 - - ${time} ${request} 304 -`, { status: 304, bytes: 0, userAgent: '' }],
    ['a virtual host', 'apache', `shop.example:443 ::1 - - ${time} ${request} 200 512 "-" "curl/8.14.1"`, {}],
    ['%D', 'apache', `::1 - - ${time} ${request} 200 512 "-" "curl/8.14.1" 12500`, { tookMs: 12.5 }],
    [
      'an absolute form',
      'apache',
      `::1 - - ${time} "GET http://a.b/c HTTP/1.1" 200 512`,
      { target: 'http://a.b/c', userAgent: '' },
    ],
    [
      'httplog behind syslog',
      'haproxy',
      `Oct 10 13:55:36 lb haproxy[14389]: 10.0.1.2:33317 [10/Oct/2026:11:55:36.000] http-in static/srv1 10/0/30/69/109 200 512 - - ---- 1/1/1/1/0 0/0 {shop.example|curl/8.14.1} {} ${request}`,
      { tookMs: 69 },
    ],
    [
      'no server, no header',
      'haproxy',
      `::1:33317 [10/Oct/2026:11:55:36.000] http-in~ http-in/<NOSRV> -1/-1/-1/-1/0 -1 0 - - CR-- 1/1/0/0/0 0/0 ${request}`,
      { status: 0, bytes: 0, userAgent: '' },
    ],
    [
      'a line that was cut',
      'haproxy',
      `1.2.3.4:5 [10/Oct/2026:11:55:36.000] f b/s 0/0/0/5/5 200 +512 - - LR-- 1/1/0/0/0 0/0 "GET /items/very-lo`,
      { target: '/items/very-lo', tookMs: 5, bytes: 512, userAgent: '' },
    ],
    [
      'the default of Envoy',
      'envoy',
      `[2026-10-10T11:55:36.000Z] "GET /items/7?a=b HTTP/2" 200 - 0 512 12 9 "10.0.35.28" "curl/8.14.1" "cc21" "shop" "tcp://10.0.2.1:80"`,
      { sentBytes: 0, tookMs: 9 },
    ],
    [
      'no origin',
      'envoy',
      `[2026-10-10T11:55:36.000Z] "GET /items/7?a=b HTTP/1.1" 503 UF,URX 0 512 12 - "-" "-" "cc21" "shop" "-"`,
      { status: 503, sentBytes: 0, tookMs: 12, userAgent: '' },
    ],
    [
      'Istio',
      'envoy',
      `[2026-10-10T11:55:36.000Z] "GET /items/7?a=b HTTP/1.1" 200 - via_upstream - "-" 3 512 12 9 "-" "curl/8.14.1" "id" "shop" "1.2.3.4:80" outbound|80 1.2.3.4:5 1.2.3.4:6 - default`,
      { sentBytes: 3, tookMs: 9 },
    ],
    ['API Gateway, CLF', 'aws', `10.0.0.1 - - ${time} ${request} 200 512 c6af9ac6-7b61`, { userAgent: '' }],
    [
      'API Gateway, JSON',
      'aws',
      `{"requestId":"x","ip":"10.0.0.1","requestTime":"10/Oct/2026:13:55:36 +0200","httpMethod":"GET","resourcePath":"/items/{id}","status":"200","responseLength":"512"}`,
      { target: '/items/{id}', userAgent: '' },
    ],
    [
      'API Gateway, XML',
      'aws',
      `<request id="x"> <ip>10.0.0.1</ip> <requestTime>10/Oct/2026:13:55:36 +0200</requestTime> <httpMethod>GET</httpMethod> <resourcePath>/items</resourcePath> <status>200</status> <protocol>HTTP/1.1</protocol> <responseLength>512</responseLength> </request>`,
      { target: '/items', userAgent: '' },
    ],
    [
      'API Gateway, CSV, behind CloudWatch’s time',
      'aws',
      `2026-10-10T11:55:37.000Z 10.0.0.1,-,-,10/Oct/2026:13:55:36 +0200,GET,/items,HTTP/1.1,200,512,x`,
      { target: '/items', userAgent: '' },
    ],
    [
      'a load balancer',
      'aws',
      `h2 2026-10-10T11:55:36.000000Z app/lb/50 10.0.0.1:2817 10.0.1.1:80 0.001 0.048 0.000 200 200 34 512 "GET https://shop.example:443/items/7?a=b HTTP/2.0" "curl/8.14.1" ECDHE TLSv1.2 arn "Root=1"`,
      { target: 'https://shop.example:443/items/7?a=b', sentBytes: 34, tookMs: 48 },
    ],
    [
      'NGINX, JSON',
      'json',
      `{"time_iso8601":"2026-10-10T13:55:36+02:00","request":"GET /items/7?a=b HTTP/1.1","status":"200","body_bytes_sent":"512","request_time":"0.012","upstream_response_time":"0.010, 0.002","http_user_agent":"curl/8.14.1"}`,
      { tookMs: 10 },
    ],
    [
      'NGINX, escaped as JSON does not know it',
      'json',
      String.raw`{"msec":"1791633336.000","request_method":"GET","uri":"/a\x22b","args":"c=d","status":200,"bytes_sent":512}`,
      { target: '/a"b?c=d', userAgent: '' },
    ],
    [
      'Caddy',
      'json',
      `{"level":"info","ts":1791633336.0,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"::1","proto":"HTTP/2.0","method":"GET","host":"shop","uri":"/items/7?a=b","headers":{"User-Agent":["curl/8.14.1"]}},"bytes_read":3,"duration":0.0025,"size":512,"status":200}`,
      { sentBytes: 3, tookMs: 2.5 },
    ],
    [
      'Traefik',
      'json',
      `{"StartUTC":"2026-10-10T11:55:36Z","RequestMethod":"GET","RequestPath":"/items/7?a=b","DownstreamStatus":200,"DownstreamContentSize":512,"OriginDuration":4000000,"Duration":5000000,"RequestContentSize":0,"request_User-Agent":"curl/8.14.1"}`,
      { sentBytes: 0, tookMs: 4 },
    ],
    [
      'Envoy, JSON',
      'json',
      `{"start_time":"2026-10-10T11:55:36.000Z","method":"GET","path":"/items/7?a=b","response_code":200,"bytes_sent":512,"bytes_received":0,"duration":7,"user_agent":"curl/8.14.1"}`,
      { sentBytes: 0, tookMs: 7 },
    ],
    [
      'Google Cloud',
      'json',
      `{"timestamp":"2026-10-10T11:55:36Z","httpRequest":{"requestMethod":"GET","requestUrl":"https://shop/items/7?a=b","status":200,"responseSize":"512","userAgent":"curl/8.14.1","latency":"0.012s"}}`,
      { target: 'https://shop/items/7?a=b', tookMs: 12 },
    ],
  ])('%s', (_, format, line, differs) => {
    expect(read(format, line)).toEqual({ ...usual, ...differs })
    expect(read(detect([line], noFields)!, line)).not.toBeTypeOf('string')
  })

  test('JSON by keys of its own', () => {
    const fields = new Map<FieldName, string>([
      ['time', 'when'],
      ['target', 'http.resource'],
      ['took', 'seconds'],
    ])
    const line = '{"when":1791633336000,"method":"get","http":{"resource":"/x"},"status":201,"seconds":0.5}'
    expect(read('json', line, fields)).toMatchObject({
      atMs: at,
      method: 'GET',
      target: '/x',
      status: 201,
      tookMs: 500,
    })
    expect(read('json', line)).toContain('--field')
  })
})

describe('what is no request', () => {
  test.each<[string, FormatId, string]>([
    ['TLS to a plain port', 'nginx', String.raw`1.2.3.4 - - ${time} "\x16\x03\x01\x02" 400 157 "-" "-"`],
    ['nothing at all', 'nginx', `1.2.3.4 - - ${time} "" 400 0 "-" "-"`],
    ['a dash', 'apache', `1.2.3.4 - - ${time} "-" 408 -`],
    [
      'BADREQ',
      'haproxy',
      '1.2.3.4:5 [10/Oct/2026:11:55:36.000] f f/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 1/1/0/0/0 0/0 "<BADREQ>"',
    ],
    ['no method', 'envoy', '[2026-10-10T11:55:36.000Z] "- - HTTP/1.1" 400 DPE 0 11 0 - "-" "-" "-" "-" "-"'],
  ])('%s is told apart from a line of another format', (_, format, line) => {
    expect(read(format, line)).toMatch(/^no request was read/)
    expect(read(format, 'Started GET "/x" for ::1')).toBe('not a line of this format')
  })

  test('CONNECT and OPTIONS * are lines like others', () => {
    expect(read('nginx', `::1 - - ${time} "CONNECT a.b:443 HTTP/1.1" 405 0`)).toMatchObject({ target: 'a.b:443' })
    expect(read('nginx', `::1 - - ${time} "OPTIONS * HTTP/1.1" 200 0`)).toMatchObject({ target: '*' })
  })
})

test('a day on which the clocks change: the zone of each line counts', () => {
  const line = (written: string): string => `::1 - - [${written}] ${request} 200 1`
  const before = read('nginx', line('25/Oct/2026:02:59:59 +0200')) as Recorded
  const after = read('nginx', line('25/Oct/2026:02:00:00 +0100')) as Recorded
  expect(after.atMs - before.atMs).toBe(1000)
  expect((read('nginx', line('10/Oct/2026:17:25:36 +0530')) as Recorded).atMs).toBe(at)
  expect((read('nginx', line('10/Oct/2026:02:55:36 -0900')) as Recorded).atMs).toBe(at)
})

test('no text makes a format throw, and what is read is a time', () => {
  const parts = [
    time,
    request,
    '[',
    ']',
    '"',
    '\\',
    ' ',
    '200',
    '-',
    '{',
    '}',
    '{"ts":1,"status":1,"request":{',
    '<request>',
    ',',
    '\0',
    'ÿ',
  ]
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(fc.constantFrom(...parts), fc.string()), { maxLength: 30 }).map((some) => some.join('')),
  )
  fc.assert(
    fc.property(fc.constantFrom(...formatIds), texts, (format, line) => {
      const found = read(format, line)
      expect(typeof found === 'string' || Number.isFinite(found.atMs)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})
