import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Outgoing, openPool } from '../../../src/traffic/http/pool.ts'
import type { Target } from '../../../src/traffic/plan.ts'
import { answer, rawServer } from '../raw-server.ts'

/** A pool whose requests are promises of how they end: a status, or the kind of failure. */
function promising(target: Target, connections: number) {
  let connected = 0
  let surplus = 0
  const pool = openPool<Outgoing & { done(how: number | string): void }>(
    { target, connections, timeoutMs: 5000 },
    {
      head: () => false,
      body: () => undefined,
      sent: () => undefined,
      connected: () => {
        connected += 1
      },
      unasked: () => {
        surplus += 1
      },
      spent: () => undefined,
      answered: (request, head) => request.done(head.status),
      failed: (request, kind) => request.done(kind),
    },
  )
  const text = 'GET / HTTP/1.1\r\nhost: test\r\n\r\n'
  const get = (): Promise<number | string> =>
    new Promise((done) => pool.submit({ method: 'GET', text, dueAt: performance.now(), sentAt: 0, done }))
  return { pool, get, connected: () => connected, surplus: () => surplus, [Symbol.dispose]: () => pool.close() }
}

describe('a pool of connections', () => {
  it('uses the same connection for one request after another', async () => {
    await using server = await rawServer((socket) => socket.write(answer('ok')))
    using client = promising(server.target, 10)
    for (let index = 0; index < 20; index += 1) expect(await client.get()).toBe(200)
    expect(server.accepted()).toBe(1)
  })

  it('opens no more than it may; what does not fit waits and is answered', async () => {
    await using server = await rawServer((socket) => setImmediate(() => socket.write(answer('ok'))))
    using client = promising(server.target, 4)
    const answers = await Promise.all(Array.from({ length: 3000 }, client.get))
    expect(new Set(answers)).toEqual(new Set([200]))
    expect(server.accepted()).toBe(4)
    expect(client.pool.outstanding).toBe(0)
  })

  it('replaces a connection that says it closes', async () => {
    await using server = await rawServer((socket) => socket.end(answer('ok', 'connection: close\r\n')))
    using client = promising(server.target, 2)
    for (let index = 0; index < 5; index += 1) expect(await client.get()).toBe(200)
    expect(client.connected()).toBe(5)
  })

  it('replaces an idle connection that the server closed, and nothing fails', async () => {
    let last: Socket | undefined
    await using server = await rawServer((socket) => {
      last = socket
      socket.write(answer('ok'))
    })
    using client = promising(server.target, 1)
    expect(await client.get()).toBe(200)
    const closed = once(last!, 'close')
    last!.end()
    // The server's side is closed when the client has answered its FIN.
    await closed
    expect(await client.get()).toBe(200)
    expect(client.connected()).toBe(2)
  })

  it('bytes that nobody asked for end an idle connection', async () => {
    let last: Socket | undefined
    await using server = await rawServer((socket) => {
      last = socket
      socket.write(answer('ok'))
    })
    using client = promising(server.target, 1)
    expect(await client.get()).toBe(200)
    const closed = once(last!, 'close')
    last!.write(answer('to a request that never was'))
    await closed
    expect(client.surplus()).toBe(1)
    expect(await client.get()).toBe(200)
    expect(client.connected()).toBe(2)
  })

  it('nothing that follows an answer in the same packet is taken for the next one, and the fault is the same', async () => {
    const once = answer('ok')
    await using server = await rawServer((socket) => socket.write(`${once}${answer('to a request that never was')}`))
    using client = promising(server.target, 1)
    expect(await Promise.all([client.get(), client.get(), client.get()])).toEqual([200, 200, 200])
    expect(client.surplus()).toBe(3)
    expect(client.connected()).toBe(3)
  })

  it('closing fails what is under way as timeout and what waits as unsent', async () => {
    await using server = await rawServer(() => undefined)
    using client = promising(server.target, 1)
    const first = client.get()
    const second = client.get()
    client.pool.close()
    expect(await Promise.all([first, second])).toEqual(['timeout', 'unsent'])
  })
})
