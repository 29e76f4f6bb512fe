/** Nothing private comes through: secrets are planted wherever a recording has room, and none may be in what is written. */
import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordings } from './imported.ts'

const { log, har } = recordings()

/** What secrets look like: none is a word that an API could be made of. */
const secret = fc.oneof(
  fc.constant(0).map(() => randomUUID()),
  fc.constant(0).map(() => randomBytes(18).toString('base64url')),
  fc.constant(0).map(() => randomBytes(12).toString('hex')),
  fc
    .constant(0)
    .map(
      () => `eyJhbGciOiJIUzI1NiJ9.${randomBytes(20).toString('base64url')}.${randomBytes(20).toString('base64url')}`,
    ),
  fc.constant(0).map(() => `sk_live_${randomBytes(12).toString('base64url')}`),
  fc.nat().map((n) => `ann.lee${n}@mail.example`),
  fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `198.51.${a}.${b}`),
  fc.nat(99_999_999).map((n) => `+49301${String(n).padStart(8, '0')}`),
  fc.nat(999_999_999).map((n) => `customer-${n + 1000}`),
)

const name = fc.constantFrom('alice', 'mueller', 'correcthorse')

test('in a log: address, user, path, query, referer, user agent, request id, host', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(secret, { minLength: 9, maxLength: 9 }),
      name,
      fc.constantFrom(1, 30),
      async (secrets, person, times) => {
        const [address, user, segment, value, queryName, referer, agent, id, host] = secrets.map((text) =>
          encodeURIComponent(text),
        )
        const line =
          `${address} - ${user} [10/Oct/2026:12:00:00 +0000] ` +
          `"GET https://${host}.example/orders/${segment}/items?${queryName}=${value}&q=${value}&${segment} HTTP/1.1" 200 12 ` +
          `"https://x.example/${referer}" "Mozilla/5.0 ${agent}" ${id}\n`
        const more = `${address} - - [10/Oct/2026:12:00:01 +0000] "POST /users/${person}/reset/${person}${segment} HTTP/1.1" 200 5 "-" "${agent}"\n`
        const { text } = await log((line + more).repeat(times), { format: 'nginx' })
        for (const each of [...secrets, ...secrets.map(encodeURIComponent), person]) expect(text).not.toContain(each)
      },
    ),
    { numRuns: 150 },
  )
})

describe('in a HAR', () => {
  const headers = (...values: readonly string[]) =>
    ['authorization', 'cookie', 'x-api-key', 'x-custom', 'user-agent', 'referer', 'accept'].map((header, at) => ({
      name: header,
      value: values[at % values.length]!,
    }))

  test('URLs, headers, cookies, bodies, titles, comments, addresses, WebSocket messages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(secret, { minLength: 12, maxLength: 12 }), name, async (secrets, person) => {
        const [a, b, c, d, e, f, g, h, i, j, k, l] = secrets as [
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
        ]
        const entry = (url: string, more = {}) => ({
          startedDateTime: '2026-10-10T12:00:00.000Z',
          pageref: 'page_1',
          time: 5,
          serverIPAddress: g,
          comment: h,
          request: {
            method: 'POST',
            url,
            headers: headers(a, b, c, d),
            cookies: [{ name: e, value: f }],
            queryString: [{ name: g, value: h }],
            postData: {
              mimeType: 'application/json',
              text: JSON.stringify({ password: i }),
              params: [{ name: j, value: k }],
            },
          },
          response: {
            status: 200,
            headers: headers(d, e, f),
            cookies: [{ name: 'sid', value: l }],
            content: { size: 10, mimeType: 'text/html', text: Buffer.from(l).toString('base64'), encoding: 'base64' },
            redirectURL: `https://x.example/${j}`,
          },
          timings: { send: 0, wait: 5, receive: 0 },
          ...more,
        })
        const { text } = await har({
          log: {
            version: '1.2',
            creator: { name: k, version: '1', comment: l },
            pages: [
              {
                id: 'page_1',
                title: `https://x.example/${a}`,
                startedDateTime: '2026-10-10T12:00:00.000Z',
                pageTimings: {},
              },
            ],
            entries: [
              entry(
                `https://${person}:${encodeURIComponent(a)}@shop.example/carts/${encodeURIComponent(b)}?${encodeURIComponent(c)}=${encodeURIComponent(d)}#${encodeURIComponent(e)}`,
              ),
              entry(`https://shop.example/users/${person}`),
              entry('wss://shop.example/live', { _webSocketMessages: [{ type: 'send', data: a }] }),
              entry(`https://${encodeURIComponent(i).replace(/\W/g, '').toLowerCase()}.other.example/x`),
            ],
          },
        })
        for (const each of [...secrets, ...secrets.map(encodeURIComponent), person]) expect(text).not.toContain(each)
        expect(text).not.toMatch(/shop\.example|other\.example|sid/)
      }),
      { numRuns: 100 },
    )
  })
})
