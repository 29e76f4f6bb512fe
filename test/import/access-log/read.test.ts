/** Logs as files: packed, broken, foreign; and what becomes of them. */
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { heldBytes } from '../held-bytes.ts'
import { combined, load, recordings } from '../imported.ts'

const { log, folder } = recordings()

const shop = Array.from({ length: 600 }, (_, n) =>
  [
    combined(n / 10, `GET /products/${n % 50} HTTP/1.1`, { end: ' 0.020' }),
    combined(n / 10, 'POST /orders HTTP/1.1', { status: 201, bytes: 300, agent: 'Shop/3.1 CFNetwork/1404 Darwin/22' }),
    combined(n / 10, `GET /products/${n % 7}/reviews?page=${n} HTTP/2.0`, { status: n % 10 === 0 ? 503 : 200 }),
    combined(n / 10, 'GET /.env HTTP/1.1', { status: 404 }),
  ].join(''),
).join('')

test('a log becomes a scenario that a run takes as it is', async () => {
  const { scenario, text, reading } = await log(shop)
  expect(reading.tally.requests).toBe(2400)
  expect(scenario.policy.routes.map(({ path }) => path)).toEqual(['/not-found', '/orders', '/products'])
  expect(Object.keys(scenario.origins)).toEqual(['imported'])
  expect(scenario.origins['imported']!.routes).toEqual([
    { path: '/orders', body: 'products', sizeBytes: 300 },
    { path: '/products/{id}', body: 'product', sizeBytes: 2000, latency: { p50Ms: 20, p99Ms: 20 } },
    { path: '/products/{id}/reviews', body: 'products', sizeBytes: 2000, errorRate: 0.1 },
  ])
  const [, steady] = scenario.traffic
  expect(steady).toMatchObject({ forMs: 60_000, fromPerSecond: 40, toPerSecond: 40 })
  expect(
    steady!.mix.map(({ method, path, client, weight, expect: wanted }) => [method, path, client, weight, wanted]),
  ).toEqual([
    ['GET', '/products/{1..50}', 'tool', 25, [200]],
    ['GET', '/products/{1..7}/reviews?page=1', 'tool', 25, [200, 503]],
    ['POST', '/orders', 'mobile-app', 25, [200]],
    ['GET', '/not-found/{1..1000}', 'tool', 25, [404]],
  ])
  expect(text).not.toContain('.env')
})

test('the lines that say what may be added can be added', async () => {
  const { text } = await log(shop)
  const added = text.replace(/^ {2}# (cache|rateLimit|apiKey):/gm, '  $1:')
  const { policy } = load(added)
  expect([policy.cache.length, policy.rateLimit.length, policy.apiKey.length]).toEqual([1, 1, 1])
})

test('gzip in several members, zstd, the lines of Windows and a missing end of the last are all the same log', async () => {
  const { text } = await log(shop)
  const half = shop.indexOf('\n', shop.length / 2) + 1
  const members = Buffer.concat([shop.slice(0, half), shop.slice(half)].map((part) => gzipSync(part)))
  for (const content of [members, zstdCompressSync(shop), shop.replaceAll('\n', '\r\n'), shop.trimEnd()]) {
    expect((await log(content)).text).toBe(text)
  }
})

describe('what cannot be read is counted, shown in part, and no reason to stop', () => {
  test('scanners, other bytes, lines that are too long', async () => {
    const bad = [
      '1.2.3.4 - - [10/Oct/2026:12:00:00 +0000] "\\x16\\x03\\x01" 400 157 "-" "-"\n',
      'a line of something else \x1b[2J\n',
      `${'x'.repeat(300_000)}\n`,
    ]
    const bytes = Buffer.concat([
      Buffer.from(bad[2]! + bad[1]! + bad[0]!),
      Buffer.from([0xff, 0xfe, 0x0a, 0x00, 0x0a]),
      Buffer.from(shop),
    ])
    const { reading, text } = await log(bytes, { format: 'nginx' })
    expect(text).toBe((await log(shop)).text)
    expect([...reading.broken].map(([why, { count, examples }]) => [why, count, examples[0]?.place])).toEqual([
      ['longer than 128 KB, which no request line is', 1, 'line 1'],
      ['not a line of this format', 3, 'line 2'],
      [expect.stringMatching(/^no request was read/), 1, 'line 3'],
    ])
  })

  test('CONNECT, OPTIONS * and strange methods are left out', async () => {
    const others = ['CONNECT a.example:443', 'OPTIONS *', 'PROPFIND /dav'].map((line) =>
      combined(1, `${line} HTTP/1.1`),
    )
    const { reading, text } = await log(others.join('') + shop)
    expect([...reading.tally.leftOut.values()]).toEqual([2, 1])
    expect(text).toBe((await log(shop)).text)
  })
})

describe('nothing to import', () => {
  test.each([
    ['an empty file', '', 'nothingRecorded', /it is empty/],
    ['prose', 'Dear diary\nit rained\n', 'unknownLogFormat', /begins: Dear diary/],
    ['what steers a terminal', '\x1b[2Jx\n', 'unknownLogFormat', /begins: \[2Jx/],
    [
      'broken requests alone',
      '::1 - - [10/Oct/2026:12:00:00 +0000] "-" 408 -\n',
      'nothingRecorded',
      /no request was read/,
    ],
    ['half a gzip', gzipSync(shop).subarray(0, 2000), 'recordingUnreadable', /not whole/],
    [
      'gzip of nothing',
      Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9]),
      'recordingUnreadable',
      /cannot be unpacked/,
    ],
  ])('%s', async (_, content, name, message) => {
    await expect(log(content)).rejects.toMatchObject({ name, message: expect.stringMatching(message) })
  })

  test('a folder, and what is not there', async () => {
    const { readAccessLog } = await import('../../../src/import/access-log/read.ts')
    const options = { fields: new Map(), signal: new AbortController().signal, onProgress: () => undefined }
    await expect(readAccessLog(folder, options)).rejects.toMatchObject({
      message: expect.stringContaining('it is a folder'),
    })
    await expect(readAccessLog(join(folder, 'gone'), options)).rejects.toMatchObject({
      message: expect.stringContaining('no such file'),
    })
  })
})

test('a long log never is in memory as a whole', async () => {
  const lines = combined(1, 'GET /products/7 HTTP/1.1', { agent: 'a'.repeat(900) })
  const long = gzipSync(Buffer.alloc(96 * 1024 * 1024, lines))
  const held = (): number => heldBytes(({ arrayBuffers, heapUsed }) => arrayBuffers + heapUsed)
  const before = held()
  let most = 0
  let parts = 0
  const onProgress = (): void => {
    if (parts++ % 100 === 0) most = Math.max(most, held())
  }
  const { reading } = await log(long, { onProgress })
  expect(reading.tally.requests).toBeGreaterThan(90_000)
  expect(most - before).toBeLessThan(60 * 1024 * 1024)
})

test('whoever asks to stop is heard between two parts of the file', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const reading = log(shop.repeat(20), { signal: controller.signal, onProgress: () => controller.abort(reason) })
  await expect(reading).rejects.toThrow()
})

describe('pacing', () => {
  const second = (at: number, requests: number): string => combined(at, 'GET /a HTTP/1.1').repeat(requests)
  const course = (from: number, seconds: number, rate: number): string =>
    Array.from({ length: seconds }, (_, n) => second(from + n, rate)).join('')

  test('rates follow the recording; --speed sends it faster', async () => {
    const text = course(0, 60, 10) + course(60, 30, 50)
    const measured = (read: Awaited<ReturnType<typeof log>>) =>
      read.scenario.traffic.slice(1).map((phase) => [phase.forMs, phase.kind === 'rate' ? phase.fromPerSecond : 0])
    expect(measured(await log(text))).toEqual([
      [60_000, 10],
      [30_000, 50],
    ])
    expect(measured(await log(text, { speed: 2 }))).toEqual([
      [30_000, 20],
      [15_000, 100],
    ])
  })

  test('of a long log the busiest stretch is taken, and that is said', async () => {
    const { pace, text, scenario } = await log(course(0, 1000, 1) + course(1000, 500, 4) + course(1500, 1000, 1))
    expect(pace).toMatchObject({ secondsUsed: 590, secondsThere: 2500 })
    expect(pace.requestsUsed).toBe(500 * 4 + 90)
    expect(text).toContain('its busiest 590 s out of')
    expect(scenario.traffic.reduce((sum, { forMs }) => sum + forMs, 0)).toBeLessThanOrEqual(600_000)
  })

  test('what no driver sends is capped, and that is said', async () => {
    const { pace, text, scenario } = await log(second(0, 12_000) + second(1, 12_000))
    expect(pace.cappedFrom).toBe(12_000)
    expect(scenario.traffic[1]).toMatchObject({ fromPerSecond: 10_000 })
    expect(text).toMatch(/would measure the driver/)
  })
})
