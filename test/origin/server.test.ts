import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { delayMs } from '../../src/origin/latency.ts'
import { originFiles, originLaunch } from '../../src/origin/launch.ts'
import { createOrigin } from '../../src/origin/server.ts'
import { type OriginBehaviour, type OriginCounts, type OriginSpec, originControl } from '../../src/origin/spec.ts'
import { answerHeader } from '../../src/policy/probes/probe.ts'
import { seededRandom } from '../../src/scenario/schedule/random.ts'

const host = '127.0.0.1'
const spec: OriginSpec = {
  name: 'catalogue',
  instance: 2,
  seed: 7,
  listen: { host, port: 0 },
  token: 'right',
  routes: [
    { path: '/products/{id}', body: 'product', cacheControl: 'max-age=5' },
    { path: '/flaky/{id}', body: 'order', errorRate: 0.25 },
    { path: '/o"dd{$x}', body: 'orders' },
    { path: '/account', body: 'account' },
    { path: '/welcome', body: 'products', by: ['query', 'accept-language'], vary: 'Accept-Language' },
  ],
}
const authorized = { authorization: 'Bearer right' }

describe('an origin', () => {
  let url = ''
  let close = (): void => {}
  beforeEach(async () => {
    const server = createOrigin(spec).listen(0, host)
    await once(server, 'listening')
    url = `http://${host}:${(server.address() as AddressInfo).port}`
    close = () => {
      server.close()
      server.closeAllConnections()
    }
  })
  afterEach(() => close())
  const counts = async (): Promise<OriginCounts> =>
    (await fetch(url + originControl.counts, { headers: authorized })).json() as Promise<OriginCounts>

  test('answers an account to the consumer that X-Consumer names, to nobody without it', async () => {
    const ownerFor = async (headers: Readonly<Record<string, string>>): Promise<unknown> =>
      ((await (await fetch(`${url}/account`, { headers })).json()) as { owner: unknown }).owner
    expect(await ownerFor({ 'x-consumer': 'alice' })).toBe('alice')
    expect(await ownerFor({ 'x-consumer': 'bob' })).toBe('bob')
    expect(await ownerFor({})).toBeNull()
  })

  test('answers by query and language where a route says so, and says that it varies', async () => {
    const answer = await fetch(`${url}/welcome?page=2`, { headers: { 'accept-language': 'de' } })
    expect(answer.headers.get('vary')).toBe('Accept-Language')
    expect(await answer.json()).toMatchObject({ madeFor: { query: 'page=2', 'accept-language': 'de' } })
    const other = await fetch(`${url}/products/7?x=1`)
    expect(other.headers.get('vary')).toBeNull()
    expect(await other.json()).not.toHaveProperty('madeFor')
  })

  test('answers its routes, and 404 elsewhere, in JSON of a stated length', async () => {
    const found = await fetch(`${url}/products/7?x=1`)
    expect(found.status).toBe(200)
    expect(Object.fromEntries(found.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'max-age=5',
    })
    const body = await found.text()
    expect(found.headers.get('content-length')).toBe(String(Buffer.byteLength(body)))
    expect(found.headers.has('etag')).toBe(false)
    expect((await fetch(`${url}/products/7`, { method: 'HEAD' })).headers.get('content-length')).toBe(
      found.headers.get('content-length'),
    )
    expect((await fetch(`${url}/o"dd{$x}`)).status).toBe(200)
    for (const path of ['/', '/products', '/products/', '/products/7/8', '/product/7', '/products/7/']) {
      const missing = await fetch(url + path)
      expect([path, missing.status]).toEqual([path, 404])
      expect(await missing.json()).toEqual({ error: 'not_found' })
    }
  })

  test('counts what reaches it, and not those who ask for the counts', async () => {
    await fetch(`${url}/products/7?x=1`, { headers: { 'X-Consumer': 'web' } })
    await fetch(`${url}/products/8`)
    await fetch(`${url}/nowhere`)
    await counts()
    const seen = await counts()
    expect(seen).toMatchObject({
      name: 'catalogue',
      instance: 2,
      requests: 3,
      routes: { '/products/{id}': 2, none: 1 },
      paths: { '/products/7?x=1': 1, '/products/8': 1, '/nowhere': 1 },
      consumers: { web: 1, '-': 2 },
      statuses: { 200: 2, 404: 1 },
    })
    expect(seen.connections).toBeGreaterThanOrEqual(1)
    expect(seen.last.map(({ path }) => path)).toEqual(['/products/7?x=1', '/products/8', '/nowhere'])
    expect(seen.last[0]?.headers.find(([name]) => name === 'X-Consumer')?.[1]).toBe('web')
    expect((await fetch(url + originControl.reset, { method: 'POST', headers: authorized })).status).toBe(204)
    expect(await counts()).toMatchObject({ requests: 0, connections: 0, paths: {}, last: [] })
  })

  test('answers when all of a request is here, and keeps what its body says', async () => {
    const sent = request(`${url}/products/7`, { method: 'PUT', headers: { 'content-type': 'text/plain' } })
    const response = once(sent, 'response')
    sent.write('first ')
    await expect.poll(async () => (await counts()).last[0]?.body, { timeout: 5000 }).toBe('first ')
    expect((await counts()).statuses).toEqual({})
    sent.end('and ü')
    expect((await response)[0].statusCode).toBe(200)
    await fetch(`${url}/products/8`, { method: 'POST', body: 'x'.repeat(5000) })
    await fetch(`${url}/products/9`, { method: 'POST' })
    const { last, statuses } = await counts()
    expect(statuses).toEqual({ 200: 3 })
    expect(last.map(({ method, body }) => [method, body])).toEqual([
      ['PUT', 'first and ü'],
      ['POST', 'x'.repeat(4096)],
      ['POST', undefined],
    ])
  })

  test('keeps the last 20 requests and at most 5,000 paths apart', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 8 })
    const ask = async (path: string): Promise<void> => {
      const sent = request(`${url}${path}`, { agent }).end()
      const [response] = await once(sent, 'response')
      await once(response.resume(), 'end')
    }
    for (let from = 0; from < 5100; from += 100)
      await Promise.all(Array.from({ length: 100 }, (_, n) => ask(`/x/${from + n}`)))
    await ask('/x/0')
    agent.destroy()
    const seen = await counts()
    expect(seen.last).toHaveLength(20)
    expect(Object.keys(seen.paths)).toHaveLength(5001)
    expect(seen.paths).toMatchObject({ other: 100, '/x/0': 2 })
  })

  test('fails while it is told to, and in the share that a route says', async () => {
    const behave = (body: string): Promise<Response> =>
      fetch(url + originControl.behaviour, { method: 'POST', headers: authorized, body })
    expect((await behave('{"failing":true}')).status).toBe(204)
    const failed = await fetch(`${url}/products/7`)
    expect(failed.status).toBe(503)
    expect(await failed.json()).toEqual({ error: 'unavailable' })
    expect((await behave('{"failing":false}')).status).toBe(204)
    expect((await fetch(`${url}/products/7`)).status).toBe(200)
    for (const wrong of ['', '[]', 'null', '{"failing":1}', '{"dressed":[]}', '{"other":true}'])
      expect((await behave(wrong)).status).toBe(400)
    for (let n = 0; n < 200; n++) await fetch(`${url}/flaky/${n}`)
    const { statuses } = await counts()
    // Binomial, n = 200, p = 0.25, by a fixed seed: the same number every time, well within four deviations.
    expect(statuses['503']! - 1).toBeGreaterThan(25)
    expect(statuses['503']! - 1).toBeLessThan(75)
  })

  test('breaks off, and answers a path in other clothes, while it is told to', async () => {
    const behave = (behaviour: OriginBehaviour): Promise<Response> =>
      fetch(url + originControl.behaviour, {
        method: 'POST',
        headers: authorized,
        body: JSON.stringify(behaviour),
      })
    await behave({ breakingOff: true })
    await expect(fetch(`${url}/products/7`)).rejects.toThrow()
    await behave({
      calm: true,
      breakingOff: false,
      dressed: { '/flaky/7?a': { headers: { 'cache-control': 'private' }, delayMs: 1 } },
    })
    const numbers = new Set<string | null>()
    for (let n = 0; n < 40; n++) {
      const { status, headers } = await fetch(`${url}/flaky/7?a`)
      expect([status, headers.get('cache-control')]).toEqual([200, 'private'])
      numbers.add(headers.get(answerHeader))
    }
    expect(numbers.size).toBe(40)
    expect((await fetch(`${url}/products/7`)).headers.get(answerHeader)).toBeNull()
    await behave({ calm: false, dressed: {} })
    expect((await fetch(`${url}/flaky/7?a`)).headers.get('cache-control')).toBeNull()
    expect((await counts()).requests).toBe(43)
  })

  test('the control API is closed to everybody without the token, but readiness is not', async () => {
    for (const authorization of ['Bearer wrong', 'right', 'Bearer rightright', 'bearer right'])
      expect((await fetch(url + originControl.counts, { headers: { authorization } })).status).toBe(401)
    expect((await fetch(url + originControl.reset, { method: 'POST' })).status).toBe(401)
    expect((await fetch(url + originControl.reset, { headers: authorized })).status).toBe(404)
    expect((await fetch(url + originControl.ready)).status).toBe(204)
  })
})

test('latency has the median and the 99th percentile it was given', () => {
  const random = seededRandom(3)
  const drawn = Array.from({ length: 40_000 }, () => delayMs({ p50Ms: 20, p99Ms: 80 }, random)).sort((a, b) => a - b)
  expect(drawn[20_000]! / 20).toBeCloseTo(1, 1)
  expect(drawn[39_600]! / 80).toBeGreaterThan(0.92)
  expect(drawn[39_600]! / 80).toBeLessThan(1.08)
  expect(delayMs({ p50Ms: 5, p99Ms: 5 }, random)).toBe(5)
  expect(delayMs({ p50Ms: 0, p99Ms: 0 }, random)).toBe(0)
})

test('the program starts from its launch files and ends when it is told to', async () => {
  const probe = createServer().listen(0, host)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  const configDir = await mkdtemp(join(tmpdir(), 'origin-'))
  const listen = { host, port }
  for (const { path, text } of originFiles({ ...spec, listen })) await writeFile(join(configDir, path), text)
  const args = originLaunch.args({ listen, origins: {}, configDir, scratchDir: configDir })
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/origin/program.ts', ...args], { stdio: 'inherit' })
  const ready = (): Promise<number> =>
    fetch(`http://${host}:${port}${originLaunch.readyPath}`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(ready, { timeout: 15_000 }).toBe(204)
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  await rm(configDir, { recursive: true })
})
