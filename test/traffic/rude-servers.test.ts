/** Servers that answer too early, close halfway or say too much: what a request is told of them. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { get, type Request } from '../../src/http/request.ts'
import { type Connection, openConnection } from '../../src/traffic/http/connection.ts'
import { exchange } from '../../src/traffic/http/exchange.ts'
import type { Target } from '../../src/traffic/plan.ts'
import { answer, listening, rawServer } from './raw-server.ts'
import { burst, openPlan, runHere, total } from './run-here.ts'

const ask = (target: Target, requests: readonly Request[]) =>
  exchange({ target, requests, together: false, timeoutMs: 2000 }, new AbortController().signal).then(
    ({ exchanges }) => exchanges,
  )

it('an answer that comes before there is a request is a fault, not a refused connection', async () => {
  const server = createServer((socket) => socket.end(answer('too early')))
  const target = await listening(server)
  let unasked = 0
  const connection = await new Promise<Connection<never>>((resolve) => {
    const nothing = (): void => undefined
    const events = { head: () => false, body: nothing, answered: nothing, failed: nothing, connected: nothing }
    const opened = openConnection<never>(target, {
      ...events,
      spent: nothing,
      closed: nothing,
      unasked: () => {
        unasked += 1
        resolve(opened)
      },
    })
  })
  expect(connection).toMatchObject({ usable: false, endedBy: 'protocol' })
  expect(unasked).toBe(1)
  server.close()
  await once(server, 'close')
})

it('an answer to a request that is still being sent is its answer', async () => {
  await using server = await rawServer((socket) => {
    socket.pause()
    socket.write('HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno')
  })
  const large: Request = { method: 'POST', path: '/', headers: [], body: 'x'.repeat(8 * 1024 * 1024) }
  expect(await ask(server.target, [large])).toMatchObject([{ status: 413, body: 'no' }])
})

it('a server that closes its half and then says nothing gives no answer; one that answers first does', async () => {
  await using server = await rawServer((socket, request) => {
    if (request.startsWith('GET /silent')) socket.end()
    else socket.end(answer('ok'))
  })
  const exchanges = await ask(server.target, [get('/'), get('/silent'), get('/')])
  expect(exchanges.map(({ status, failure }) => failure ?? status)).toEqual([200, 'reset', 200])
})

it('bytes after answers are counted once for each connection, and the answers stand', async () => {
  let later = 0
  await using server = await rawServer((socket, request) => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'
    if (request.startsWith('GET /joined')) socket.write(`${head}more`)
    else socket.write(head, () => setImmediate(() => socket.write('more', () => (later += 1))))
  })
  const joined = await runHere(openPlan(server.target, [burst(5, 300, '/joined')]))
  expect(joined).toMatchObject({ sent: 5, answered: 5, failures: { surplus: 5 } })
  const apart = await runHere(openPlan(server.target, [burst(5, 300, '/apart')]))
  expect(later).toBe(5)
  expect(apart).toMatchObject({ sent: 5, answered: 5, failures: { surplus: 5 } })
})

it('a head of bare LFs fails at once, long before the time is up', async () => {
  await using server = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\ncontent-length: 2\n\nhi'))
  const plan = openPlan(server.target, [burst(3, 100, '/')], { timeoutMs: 60_000 })
  const outcome = await runHere(plan)
  expect(outcome).toMatchObject({ answered: 0, failures: { protocol: 3 } })
  expect(total(outcome.frames.flatMap(({ faults }) => faults['a line that ends with LF alone'] ?? []))).toBe(3)
})
