/** The driver over TLS: the same requests and measures, and nobody is believed without a certificate. */
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { get } from '../../../src/http/request.ts'
import type { Endpoint } from '../../../src/systems/system.ts'
import { exchange } from '../../../src/traffic/http/exchange.ts'
import { listening } from '../raw-server.ts'
import { openPlan, runHere, steady } from '../run-here.ts'
import { certificate, localHttps } from './local-https.ts'

const target = (port: number, changes: Partial<Endpoint> = {}): Endpoint => ({
  host: 'localhost',
  port,
  tls: { trusted: [certificate] },
  ...changes,
})

async function ask(endpoint: Endpoint, ...requests: readonly ReturnType<typeof get>[]) {
  const batch = { target: endpoint, together: false, timeoutMs: 5000, requests }
  return (await exchange(batch, new AbortController().signal)).exchanges
}

test('requests go to the stage, under the name of the certificate and no other, over one connection', async () => {
  const { port, connections } = await localHttps(({ url, headers, httpVersion }, response) =>
    response.end(JSON.stringify([httpVersion, url, headers.host, headers['x-api-key']])),
  )
  const answers = await ask(
    target(port, { basePath: '/prod' }),
    get('/items/1?a=b', { 'x-api-key': 'k' }),
    get('/items/2', { Host: 'edge.example' }),
  )
  expect(answers.map(({ status, body }) => [status, JSON.parse(body)])).toEqual([
    [200, ['1.1', '/prod/items/1?a=b', `localhost:${port}`, 'k']],
    [200, ['1.1', '/prod/items/2', `localhost:${port}`, null]],
  ])
  expect(connections()).toBe(1)
})

test('a plan is measured as it is without TLS: every request answered, connections kept', async () => {
  const paths = new Set<string>()
  const body = 'x'.repeat(100_000)
  const { port, connections } = await localHttps(({ url }, response) => {
    paths.add(url!)
    response.end(body)
  })
  const { sent, answered, failures, series, connected } = await runHere(
    openPlan(target(port, { basePath: '/prod' }), [steady(100, 500, '/a', '/b')], { connections: 4 }),
  )
  expect(sent).toBeGreaterThan(20)
  expect([answered, failures]).toEqual([sent, {}])
  expect(series.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)).toBe(sent * body.length)
  expect(connected).toBe(connections())
  expect(connected).toBeLessThanOrEqual(4)
  expect([...paths].sort()).toEqual(['/prod/a', '/prod/b'])
})

test('a certificate that is not trusted, or of another name, is no answer', async () => {
  const { port } = await localHttps((_, response) => response.end('secret'))
  const untrusted = await ask(target(port, { tls: { trusted: [] } }), get('/', { 'x-api-key': 'k' }))
  const misnamed = await ask(target(port, { host: '127.0.0.1' }), get('/'))
  expect([untrusted, misnamed].map(([each]) => [each?.status, each?.failure])).toEqual([
    [0, 'protocol'],
    [0, 'protocol'],
  ])
})

test('who does not speak TLS is told from who is not there', async () => {
  const plain = createServer((_, response) => response.end())
  const { port: spokenAt } = await listening(plain)
  onTestFinished(() => void plain.close())
  const [spoken] = await ask(target(spokenAt, { tls: { trusted: [] } }), get('/'))
  const { port } = await localHttps(() => undefined)
  const [hung] = (
    await exchange(
      { target: target(port), together: false, timeoutMs: 200, requests: [get('/')] },
      new AbortController().signal,
    )
  ).exchanges
  const [absent] = await ask(target(1), get('/'))
  expect([spoken?.failure, hung?.failure, absent?.failure]).toEqual(['protocol', 'timeout', 'refused'])
})
