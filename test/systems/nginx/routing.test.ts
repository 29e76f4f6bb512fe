import { expect, test } from 'vitest'
import { until } from '../../until.ts'
import { says, tally, times } from '../each-system.ts'
import { startOrigin } from '../running-edge.ts'
import { withEach } from './with-each.ts'

withEach(({ origin, edge }) => {
  test('routes keep to segment borders, the longest wins, and nothing else is answered but by the edge', async () => {
    const a = await origin(says('a'))
    const b = await origin(says('b'))
    const { send } = await edge(
      {
        routes: [
          { path: '/p', origin: 'a' },
          { path: '/p/q', origin: 'b' },
          { path: '/slash/', origin: 'a' },
        ],
      },
      { a: [a], b: [b] },
    )
    const paths = ['/p', '/p?x=1', '/p/', '/p/1', '/p/q', '/p/q/', '/p/qq', '/slash/', '/slash/x']
    const bodies = await Promise.all(paths.map(async (path) => (await send(path)).body))
    expect(bodies.map((body) => JSON.parse(body))).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'a', 'a', 'a'])
    for (const path of ['/', '/pq', '/p.', '/P', '/slash', '/q', '/p/../q'])
      expect(await send(path)).toMatchObject({
        status: 404,
        body: '{"error":"not_found"}',
        headers: { 'content-type': 'application/json' },
      })
  })

  test('a route on / takes everything, and the path reaches the origin as it was sent', async () => {
    const a = await origin(says('a'))
    const { send } = await edge({ routes: [{ path: '/', origin: 'a' }] }, { a: [a] })
    const paths = ['/', '/a//b', '/a%2Fb?x=%20&y', '/%41;z']
    for (const path of paths) expect((await send(path)).status).toBe(200)
    expect(a.seen.map(({ url }) => url)).toEqual(paths)
  })

  test('paths that mean something to nginx match only as themselves', async () => {
    const hostile = [
      'q"uo',
      "q'uo",
      'b{r}',
      's;e',
      '$uri',
      '$'.concat('{host}'),
      'h#a',
      'b\\s',
      'b\\n',
      'e\\',
      'w s',
      'n\nl',
      '~^',
      '=',
      'é',
      '%',
      '@x',
      '.*',
      '"; } location /evil { return 200 "evil',
    ]
    const wanted = await origin(says('wanted'))
    const { send } = await edge(
      {
        routes: hostile.map((text) => ({ path: `/x-${text === '%' ? '%25' : text}`, origin: 'wanted' })),
      },
      { wanted: [wanted] },
    )
    for (const text of hostile) {
      const path = `/x-${encodeURIComponent(text)}`
      expect([text, (await send(path)).status]).toEqual([text, 200])
      expect([text, (await send(`${path}/below`)).status]).toEqual([text, 200])
      expect([text, (await send(`${path}z`)).status]).toEqual([text, 404])
    }
    for (const path of ['/x-', '/x-abc', '/evil', '/x-127.0.0.1', '/x-x-', '/x-b%0A'])
      expect([path, (await send(path)).status]).toEqual([path, 404])
  })

  test('origins learn host, address and protocol; a forged consumer is removed', async () => {
    const a = await origin(says('a'))
    const { send } = await edge({ routes: [{ path: '/', origin: 'a' }] }, { a: [a] })
    await send('/', { host: 'Edge.example:81', 'x-forwarded-for': '1.2.3.4', 'x-consumer': 'forged' })
    expect(a.seen[0]?.headers).toMatchObject({
      host: 'Edge.example:81',
      'x-forwarded-for': '1.2.3.4, 127.0.0.1',
      'x-forwarded-proto': 'http',
    })
    expect(a.seen[0]?.headers).not.toHaveProperty('x-consumer')
  })

  test('connections to an origin are kept', async () => {
    const a = await origin(says('a'))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        balancing: [{ origin: 'a', method: 'least-connections' }],
      },
      { a: [a] },
    )
    for (let n = 0; n < 30; n += 1) await send('/')
    expect([a.seen.length, a.connections]).toEqual([30, 1])
  })

  test('balancing: in turn, by weight, and away from a busy instance', async () => {
    const [turn, weight] = [
      await Promise.all(times(2, () => origin(says('t')))),
      await Promise.all(times(2, () => origin(says('w')))),
    ]
    const busy = await origin(() => {})
    const idle = await origin(says('idle'))
    const { send } = await edge(
      {
        routes: ['turn', 'weight', 'least'].map((name) => ({ path: `/${name}`, origin: name })),
        balancing: [
          { origin: 'weight', method: 'weighted', weights: [3, 1] },
          { origin: 'least', method: 'least-connections' },
        ],
      },
      { turn, weight, least: [busy, idle] },
    )
    for (const path of ['/turn', '/weight']) for (let n = 0; n < 40; n += 1) await send(path)
    expect([...turn, ...weight].map(({ seen }) => seen.length)).toEqual([20, 20, 30, 10])

    // Never answered: cut off when the origin is closed.
    void send('/least').catch(() => undefined)
    await until(
      'the origin has the request',
      () => busy.seen.length,
      (length) => length === 1,
    )
    for (let n = 0; n < 10; n += 1) expect((await send('/least')).body).toBe('"idle"')
    expect(busy.seen.length).toBe(1)
  })

  test('nobody is asked in place of an instance that is gone, breaks off or answers 503', async () => {
    const well = await origin(says('well'))
    const gone = await startOrigin(says('gone'))
    await gone.close()
    const ill = [
      gone,
      await origin((incoming) => void incoming.socket.destroy()),
      await origin((_, response) => void response.writeHead(503).end()),
    ]
    const { send } = await edge(
      { routes: ill.map((_, n) => ({ path: `/${n}`, origin: `o${n}` })) },
      Object.fromEntries(ill.map((one, n) => [`o${n}`, [one, well]])),
    )
    for (const [n, status] of [502, 502, 503].entries()) {
      const answers = []
      for (let count = 0; count < 8; count += 1) answers.push(await send(`/${n}`))
      expect([n, tally(answers)]).toEqual([n, { 200: 4, [status]: 4 }])
    }
  })

  test('an origin that does not answer is a 502 of the edge in JSON; its own errors pass', async () => {
    const a = await origin((_, response) => response.writeHead(502, { 'x-mine': '1' }).end('mine'))
    const gone = await startOrigin(says('gone'))
    await gone.close()
    const { send } = await edge(
      {
        routes: [
          { path: '/a', origin: 'a' },
          { path: '/gone', origin: 'gone' },
        ],
      },
      { a: [a], gone: [gone] },
    )
    expect(await send('/a')).toMatchObject({ status: 502, body: 'mine', headers: { 'x-mine': '1' } })
    expect(await send('/gone')).toMatchObject({
      status: 502,
      body: '{"error":"bad_gateway"}',
      headers: { 'content-type': 'application/json' },
    })
  })
})
