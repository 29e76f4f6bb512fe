import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Exchange } from '../../../src/http/answer.ts'
import { get, type Request } from '../../../src/http/request.ts'
import { exchange } from '../../../src/traffic/http/exchange.ts'
import type { ExchangeBatch } from '../../../src/traffic/plan.ts'
import { answer, rawServer, refusedTarget } from '../raw-server.ts'

async function send(target: ExchangeBatch['target'], requests: readonly Request[], together = false, timeoutMs = 2000) {
  const { exchanges } = await exchange({ target, requests, together, timeoutMs }, new AbortController().signal)
  return exchanges
}

const statuses = (exchanges: readonly Exchange[]) => exchanges.map(({ status, failure }) => failure ?? status)

describe('one after another', () => {
  it('uses one connection and tells everything about each answer', async () => {
    await using server = await rawServer((socket, request) => {
      const text = JSON.stringify({ request })
      const head = `HTTP/1.1 201 Created\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nX-Empty:\r\ncontent-length: ${text.length}`
      socket.write(`${head}\r\n\r\n${request.startsWith('HEAD') ? '' : text}`)
    })
    const asked: Request[] = [
      { method: 'GET', path: '/a', headers: [['X-Key', 'k']] },
      { method: 'HEAD', path: '/b', headers: [] },
      { method: 'DELETE', path: '/c', headers: [['host', 'shop']] },
    ]
    const exchanges = await send(server.target, asked)
    expect(exchanges.map(({ request }) => request)).toEqual(asked)
    expect(statuses(exchanges)).toEqual([201, 201, 201])
    expect(exchanges[0]!.headers.slice(0, 3)).toEqual([
      ['Set-Cookie', 'a'],
      ['Set-Cookie', 'b'],
      ['X-Empty', ''],
    ])
    const host = `${server.target.host}:${server.target.port}`
    expect(JSON.parse(exchanges[0]!.body)).toEqual({ request: `GET /a HTTP/1.1\r\nhost: ${host}\r\nX-Key: k` })
    expect(exchanges[1]!.body).toBe('')
    expect(JSON.parse(exchanges[2]!.body)).toEqual({ request: 'DELETE /c HTTP/1.1\r\nhost: shop' })
    expect(server.accepted()).toBe(1)
  })

  it('sends a body with its length in bytes', async () => {
    const lengths: number[] = []
    await using server = await rawServer((opened, request) => {
      const length = Number(/content-length: (\d+)/.exec(request)![1])
      lengths.push(length)
      let got = ''
      opened.on('data', (data) => {
        got += data.toString('utf8')
        if (Buffer.byteLength(got) >= length) opened.write(answer(JSON.stringify(got)))
      })
      if (length === 0) opened.write(answer('"none"'))
    })
    const body = '{"name":"ä€"}'
    const exchanges = await send(server.target, [
      { method: 'POST', path: '/', headers: [] },
      { method: 'POST', path: '/', headers: [], body },
    ])
    expect(statuses(exchanges)).toEqual([200, 200])
    expect(exchanges[0]!.body).toBe('"none"')
    expect(exchanges[1]!.body).toContain('ä€')
    expect(lengths).toEqual([0, Buffer.byteLength(body)])
  })

  it('opens a new connection where the server closed the last', async () => {
    await using server = await rawServer((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nuntil the end'))
    const exchanges = await send(server.target, [get('/1'), get('/2'), get('/3')])
    expect(exchanges.map(({ body }) => body)).toEqual(['until the end', 'until the end', 'until the end'])
    expect(server.accepted()).toBe(3)
  })

  it('tells failures by kind and goes on with the next', async () => {
    await using server = await rawServer((socket, request) => {
      if (request.startsWith('GET /reset')) socket.resetAndDestroy()
      else if (request.startsWith('GET /cut')) socket.end(answer('0123456789').slice(0, -1))
      else if (request.startsWith('GET /garbage')) socket.write('garbage\r\n\r\n')
      else if (request.startsWith('GET /ok')) socket.write(answer('ok'))
    })
    const paths = ['/ok', '/reset', '/ok', '/cut', '/garbage', '/silent', '/ok']
    const exchanges = await send(
      server.target,
      paths.map((path) => get(path)),
      false,
      300,
    )
    expect(statuses(exchanges)).toEqual([200, 'reset', 200, 'reset', 'protocol', 'timeout', 200])
    expect(exchanges[3]).toMatchObject({ status: 0, headers: [], body: '' })
    expect(statuses(await send(await refusedTarget(), [get('/'), get('/')]))).toEqual(['refused', 'refused'])
  })

  it('refuses to send what would break out of its line', async () => {
    await using server = await rawServer((socket) => socket.write(answer('ok')))
    const evil: Request = { method: 'GET', path: '/', headers: [['a', 'b\r\nc: d']] }
    await expect(send(server.target, [get('/'), evil])).rejects.toThrow(RangeError)
    expect(server.accepted()).toBe(0)
  })
})

describe('together', () => {
  it('all are under way at the same time, each on a connection of its own', async () => {
    // Nobody is answered before all have asked.
    const asked: Socket[] = []
    await using server = await rawServer((socket) => {
      if (asked.push(socket) === 12) for (const each of asked) each.write(answer('at last'))
    })
    const exchanges = await send(
      server.target,
      Array.from({ length: 12 }, (_, index) => get(`/${index}`)),
      true,
    )
    expect(statuses(exchanges)).toEqual(Array.from({ length: 12 }, () => 200))
    expect(exchanges.map(({ request }) => request.path)).toEqual(Array.from({ length: 12 }, (_, index) => `/${index}`))
    expect(server.accepted()).toBe(12)
  })

  it('some may fail', async () => {
    await using server = await rawServer((socket, request) => {
      if (request.startsWith('GET /bad')) socket.resetAndDestroy()
      else socket.write(answer('ok'))
    })
    expect(statuses(await send(server.target, [get('/ok'), get('/bad'), get('/ok')], true))).toEqual([
      200,
      'reset',
      200,
    ])
    expect(statuses(await send(await refusedTarget(), [get('/'), get('/')], true))).toEqual(['refused', 'refused'])
  })
})
