/** Origins that fail or slow down at a time of each round, and instances that are slower than others. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createOrigin } from '../../src/origin/server.ts'
import { type OriginSpec, originControl } from '../../src/origin/spec.ts'

const host = '127.0.0.1'
const authorization = { authorization: 'Bearer right' }
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function started(routes: OriginSpec['routes'], more: Partial<OriginSpec> = {}): Promise<string> {
  const spec = { name: 'shop', instance: 1, seed: 7, listen: { host, port: 0 }, token: 'right', routes, ...more }
  const server = createOrigin(spec).listen(0, host)
  await once(server, 'listening')
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://${host}:${(server.address() as AddressInfo).port}`
}

const post = (url: string, body = ''): Promise<Response> => fetch(url, { method: 'POST', headers: authorization, body })

async function tookMs(url: string): Promise<number> {
  const began = performance.now()
  await (await fetch(url)).text()
  return performance.now() - began
}

test('a route that is failing from the beginning of a round fails after a reset, not before, and for no probe', async () => {
  const url = await started([
    { path: '/now', body: 'product', failing: { fromMs: 0, forMs: 60_000 } },
    { path: '/later', body: 'product', failing: { fromMs: 60_000, forMs: 60_000 } },
  ])
  const statuses = async (): Promise<readonly number[]> =>
    Promise.all(['/now', '/later'].map(async (path) => (await fetch(url + path)).status))
  expect(await statuses()).toEqual([200, 200])
  await post(url + originControl.reset)
  expect(await statuses()).toEqual([503, 200])
  await post(url + originControl.behaviour, '{"calm":true}')
  expect(await statuses()).toEqual([200, 200])
})

test('a route that is slowing takes so much longer than its latency', async () => {
  const url = await started([{ path: '/now', body: 'product', slowing: { fromMs: 0, forMs: 60_000, byMs: 200 } }])
  expect(await tookMs(`${url}/now`)).toBeLessThan(200)
  await post(url + originControl.reset)
  expect(await tookMs(`${url}/now`)).toBeGreaterThanOrEqual(199)
})

test('a slow instance takes so many times as long, but not while it is calm', async () => {
  const latency = { p50Ms: 20, p99Ms: 20 }
  const url = await started([{ path: '/now', body: 'product', latency }], { times: 10 })
  expect(await tookMs(`${url}/now`)).toBeGreaterThanOrEqual(199)
  await post(url + originControl.behaviour, '{"calm":true}')
  expect(await tookMs(`${url}/now`)).toBeLessThan(199)
})
