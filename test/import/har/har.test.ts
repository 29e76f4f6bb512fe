/** What browsers export. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { heldBytes } from '../held-bytes.ts'
import { recordings } from '../imported.ts'

const { har, folder } = recordings()

const secrets = /\bann\b|ann-|s3cr3t|tok_|eyJ|4111|mail\.example|shop\.example|127\.0\.0\.1|203\.0\.113/i

function lines({ scenario }: Awaited<ReturnType<typeof har>>) {
  return scenario.traffic
    .at(-1)!
    .mix.map(({ method, path, client }) => `${method} ${path} ${client}`)
    .sort()
}

test('Chromium: what its cache answered, blobs and WebSockets are no requests; what was not there is a number', async () => {
  const read = await har(readFileSync('test/import/har/chromium.har', 'utf8'))
  expect(lines(read)).toEqual([
    'GET / browser',
    'GET /api/v1/products/{1..12}?lang=1&token=1 browser',
    'GET /not-found/{1..1000} browser',
    'GET /static/1 browser',
    'GET /static/logo.png browser',
    'GET /static/style.css browser',
    'POST /api/v1/users/1/orders browser',
  ])
  expect(read.text).not.toMatch(secrets)
  expect(read.reading.notes.join('\n')).toMatch(/Left out: 2 answered by the browser’s own cache/)
  expect(read.reading.notes.join('\n')).toMatch(/1 WebSockets/)
  const routes = read.scenario.origins['imported']!.routes
  expect(routes.find(({ path }) => path === '/static/style.css')?.sizeBytes).toBe(1500)
  expect(routes.map(({ path }) => path).indexOf('/static/logo.png')).toBeLessThan(
    routes.map(({ path }) => path).indexOf('/static/{id}'),
  )
  const order = read.scenario.traffic.at(-1)!.mix.find(({ method }) => method === 'POST')
  expect(order?.body?.length).toBeGreaterThan(440)
  expect(order?.body).toMatch(/^\{"synthetic":"[a-z ]+"\}$/)
})

test('Firefox: its zone, its marks of the cache, the same site’s hosts, missing timings', async () => {
  const read = await har(readFileSync('test/import/har/firefox.har', 'utf8'))
  expect(lines(read)).toEqual([
    'GET / browser',
    'GET /static/app.js browser',
    'GET /static/logo.png browser',
    'GET /v1/products/{1..9} browser',
    'POST /v1/users/1/orders browser',
  ])
  expect(read.text).not.toMatch(secrets)
  expect(read.reading.notes.join('\n')).toMatch(/1 requests to other hosts: tracker\.example \(1\)/)
  expect(read.reading.notes.join('\n')).toMatch(/1 blocked, aborted or not answered/)
  expect(read.text).toContain('# 304 100 %')
  expect(read.scenario.traffic.slice(1).reduce((sum, { forMs }) => sum + forMs, 0)).toBe(3000)
})

test('--host chooses', async () => {
  const read = await har(readFileSync('test/import/har/firefox.har', 'utf8'), ['tracker.example'])
  expect(lines(read)).toEqual(['GET /pixel.gif browser'])
})

describe('what is no HAR, or not all of one', () => {
  const entry = {
    startedDateTime: '2026-10-10T12:00:00Z',
    request: { method: 'GET', url: 'https://a.example/x' },
    response: { status: 200 },
  }

  test('the least that an entry needs; others are counted', async () => {
    const read = await har({
      log: {
        entries: [
          entry,
          {},
          7,
          null,
          { ...entry, startedDateTime: 'never' },
          { ...entry, timings: 'none', cache: null, response: { status: 200, content: 5 } },
        ],
      },
    })
    expect(read.reading.tally.requests).toBe(2)
    expect([...read.reading.broken]).toEqual([['an entry without a time, method or URL', { count: 4, examples: [] }]])
  })

  test('a byte order mark, and a file that breaks off', async () => {
    const whole = JSON.stringify({ log: { entries: [entry, entry, entry] } })
    expect((await har(`\ufeff${whole}`)).reading.tally.requests).toBe(3)
    const part = await har(whole.slice(0, -60))
    expect(part.reading.tally.requests).toBe(2)
    expect([...part.reading.broken.keys()]).toEqual(['the file breaks off behind entry 2: it ends in the middle'])
  })

  test.each([
    ['JSON of another kind', '{"a":1}', 'brokenHar', /no list log.entries/],
    ['no JSON', 'GET / HTTP/1.1', 'brokenHar', /.+/],
    ['nothing', '', 'brokenHar', /ends in the middle/],
    [
      'no request of HTTP',
      { log: { entries: [{ ...entry, request: { method: 'GET', url: 'data:,x' } }] } },
      'nothingRecorded',
      /has no request/,
    ],
  ])('%s', async (_, content, name, message) => {
    await expect(har(content)).rejects.toMatchObject({ name, message: expect.stringMatching(message) })
  })
})

test('a file of hundreds of megabytes never is in memory as a whole', async () => {
  const { writeFileSync, appendFileSync } = await import('node:fs')
  const { readHar } = await import('../../../src/import/har/read.ts')
  const path = `${folder}/large.har`
  const text = 'x'.repeat(4 * 1024 * 1024)
  const entry = {
    startedDateTime: '2026-10-10T12:00:00Z',
    request: { method: 'GET', url: 'https://a.example/x' },
    response: { status: 200, content: { size: text.length, text } },
  }
  writeFileSync(path, '{"log":{"entries":[')
  for (let n = 0; n < 24; n += 1) appendFileSync(path, `${n === 0 ? '' : ','}${JSON.stringify(entry)}`)
  appendFileSync(path, ']}}')
  const held = (): number => heldBytes(({ heapUsed }) => heapUsed)
  let most = 0
  let parts = 0
  const onProgress = (): void => {
    if (parts++ % 100 === 0) most = Math.max(most, held())
  }
  const before = held()
  const { tally } = await readHar(path, { hosts: [], signal: new AbortController().signal, onProgress })
  expect(tally.requests).toBe(24)
  expect(most - before).toBeLessThan(70 * 1024 * 1024)
})
