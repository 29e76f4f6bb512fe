import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { get, type Request } from '../../src/http/request.ts'
import { createOrigin } from '../../src/origin/server.ts'
import { type OriginCounts, originControl } from '../../src/origin/spec.ts'
import type { Target } from '../../src/traffic/plan.ts'
import { answer, listening, rawServer } from './raw-server.ts'
import { burstOf, openPlan, runHere } from './run-here.ts'

/** Node's own server, for what it makes of requests. */
async function realServer(onRequest: (request: IncomingMessage, body: string) => void) {
  const server = createServer(async (request, response) => {
    onRequest(request, await text(request))
    response.end('ok')
  })
  const target = await listening(server)
  const close = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { target, [Symbol.asyncDispose]: close }
}

const json = [['content-type', 'application/json']] as const
const bodies: readonly Request[] = [
  { method: 'POST', path: '/items/{1..9}?a', headers: json, body: '{"name":"ä€😀"}' },
  {
    method: 'PUT',
    path: '/items/1',
    headers: [['content-type', 'text/plain']],
    body: 'x\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  },
  { method: 'PATCH', path: '/items/2', headers: json, body: `[${'7,'.repeat(20_000)}7]` },
  { method: 'POST', path: '/empty', headers: json, body: '' },
  { method: 'POST', path: '/none', headers: [] },
  { method: 'DELETE', path: '/items/3', headers: [['x-why', 'gone']] },
  { method: 'OPTIONS', path: '/items/4', headers: [] },
]

it('bodies arrive whole with their length in bytes, one request after another on few connections', async () => {
  const seen: { readonly request: IncomingMessage; readonly body: string }[] = []
  await using server = await realServer((request, body) => seen.push({ request, body }))
  const { answered, failures, connected, samples } = await runHere(
    openPlan(server.target, [burstOf(300, 10, ...bodies)], { connections: 2 }),
  )
  expect({ answered, failures }).toEqual({ answered: 300, failures: {} })
  expect(connected).toBe(2)
  expect(seen).toHaveLength(300)
  const kinds = new Set(
    bodies.map(({ method, path, body }) => `${method} ${path.replace(/\{.*\}/, 'N')} ${body ?? ''}`),
  )
  const arrived = seen.map(({ request, body }) => `${request.method} ${request.url!.replace(/\d+\?/, 'N?')} ${body}`)
  expect(new Set(arrived)).toEqual(kinds)
  const drawn = new Set(seen.map(({ request }) => /^\/items\/(\d+)\?a$/.exec(request.url!)?.[1]).filter(Boolean))
  expect([...drawn].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
  for (const { request, body } of seen) {
    const hasLength = ['POST', 'PUT', 'PATCH'].includes(request.method!)
    expect(request.headers['content-length']).toBe(hasLength ? String(Buffer.byteLength(body)) : undefined)
  }
  for (const { request } of samples) {
    const line = bodies.find(({ method, body }) => method === request.method && body === request.body)
    expect(request.headers).toEqual(line?.headers)
  }
})

it('an answer to HEAD ends with its head, as a 204 and a 304 do, whatever length they state', async () => {
  const bare = (status: string, headers = ''): string => `HTTP/1.1 ${status}\r\n${headers}\r\n`
  await using server = await rawServer((socket, request) => {
    if (request.startsWith('HEAD /long')) socket.write(bare('200 OK', 'content-length: 5000\r\n'))
    else if (request.startsWith('HEAD /chunked')) socket.write(bare('200 OK', 'transfer-encoding: chunked\r\n'))
    else if (request.startsWith('HEAD')) socket.write(bare('404 Not Found'))
    else if (request.startsWith('GET /none')) socket.write(bare('204 No Content'))
    else if (request.startsWith('GET /same')) socket.write(bare('304 Not Modified', 'content-length: 5000\r\n'))
    else socket.write(answer('whole'))
  })
  const heads = ['/long', '/chunked', '/silent'].map((path) => ({ ...get(path), method: 'HEAD' }))
  const plan = openPlan(server.target, [burstOf(120, 10, ...heads, get('/none'), get('/same'), get('/'))], {
    connections: 1,
  })
  const { answered, failures, connected, series, samples } = await runHere(plan)
  expect({ answered, failures, connected }).toEqual({ answered: 120, failures: {}, connected: 1 })
  const bytes = series.filter(({ bodyBytes }) => bodyBytes > 0)
  expect(bytes.map(({ mixIndex, bodyBytes, count }) => [mixIndex, bodyBytes / count])).toEqual([[5, 5]])
  expect(samples.filter(({ request }) => request.method === 'HEAD').every(({ body }) => body === '')).toBe(true)
})

it('an origin sees methods and bodies as they were sent', async () => {
  const routes = [{ path: '/items/{id}', body: 'product' as const }]
  const spec = { name: 'shop', instance: 1, seed: 1, listen: { host: '127.0.0.1', port: 0 }, token: 't', routes }
  const server = createOrigin(spec)
  const target = await listening(server)
  try {
    const lines = [
      { ...get('/items/1'), method: 'HEAD' },
      { method: 'POST', path: '/items/2', headers: json, body: '{"name":"ä"}' },
    ]
    const { answered, series } = await runHere(openPlan(target, [burstOf(20, 10, ...lines)]))
    expect(answered).toBe(20)
    expect(series.map(({ mixIndex, status, bodyBytes }) => [mixIndex, status, bodyBytes > 0]).sort()).toEqual([
      [0, 200, false],
      [1, 200, true],
    ])
    const { last } = await countsOf(target)
    expect(new Set(last.map(({ method, path, body }) => `${method} ${path} ${body}`))).toEqual(
      new Set(['HEAD /items/1 undefined', 'POST /items/2 {"name":"ä"}']),
    )
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

async function countsOf({ host, port }: Target): Promise<OriginCounts> {
  const response = await fetch(`http://${host}:${port}${originControl.counts}`, {
    headers: { authorization: 'Bearer t' },
  })
  return (await response.json()) as OriginCounts
}
