/** Routes and balancing against the Envoy that is installed here. */
import { expect, test } from 'vitest'
import { pathMistake } from '../../../src/policy/paths/path-form.ts'
import { envoy } from '../../../src/systems/envoy/index.ts'
import { until } from '../../until.ts'
import { says, tally, times, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'
import { startOrigin } from '../running-edge.ts'

withSystem(envoy, ({ origin, edge }) => {
  test('routes keep to segment borders and to case, the longest wins, and nothing else is answered but by the edge', async () => {
    const [a, b] = [await origin(says('a')), await origin(says('b'))]
    const { send } = await edge(
      {
        routes: [
          { path: '/p', origin: 'a' },
          { path: '/p/q', origin: 'b' },
          { path: '/slash/', origin: 'a' },
          { path: '/café', origin: 'a' },
        ],
      },
      { a: [a], b: [b] },
    )
    const paths = ['/p', '/p?x=1', '/p/', '/p/1', '/p/q', '/p/q/', '/p/qq', '/slash/', '/slash/x', '/caf%c3%A9/x']
    const bodies = await Promise.all(paths.map(async (path) => (await send(path)).body))
    expect(bodies.map((body) => JSON.parse(body))).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'a', 'a', 'a', 'a'])
    for (const path of ['/', '/pq', '/p.', '/P', '/slash', '/q', '/SLASH/', '/cafe', '/p/../q'])
      expect([path, await send(path)]).toMatchObject([
        path,
        { status: 404, body: expect.stringMatching(/^\{"error":"not_found"\}\s*$/) },
      ])
  })

  test('a path in another spelling does not get past its line', async () => {
    const [open, kept] = [await origin(says('open')), await origin(says('kept'))]
    const { send } = await edge(
      {
        routes: [
          { path: '/', origin: 'open' },
          { path: '/kept', origin: 'kept' },
        ],
      },
      { open: [open], kept: [kept] },
    )
    for (const path of [
      '/x/../kept',
      '//kept',
      '/%6bept',
      '/x%2f..%2Fkept',
      '/./kept',
      '/kept%2fx',
      '/%2fkept',
      '/x\\..\\kept',
    ])
      expect([path, (await send(path)).body]).toEqual([path, '"kept"'])
    expect((await send('/KEPT')).body).toBe('"open"')
    await send('/a?x=%20&y=%2F..&z=//')
    expect(open.seen.at(-1)?.url).toBe('/a?x=%20&y=%2F..&z=//')
  })

  test('paths that mean something elsewhere match only as themselves, percent-encoded or not', async () => {
    const paths = hostileTexts.map((text) => `/x-${text}`).filter((path) => pathMistake(path) === undefined)
    expect(paths.length).toBeGreaterThan(20)
    const long = `/${"'é".repeat(99)}`
    const wanted = await origin(says('wanted'))
    const { send } = await edge(
      { routes: [...paths, long].map((path) => ({ path, origin: 'wanted' })) },
      { wanted: [wanted] },
    )
    const everyByte = (path: string) =>
      `/${[...new TextEncoder().encode(path.slice(1))].map((byte) => `%${byte.toString(16)}`).join('')}`
    for (const path of [...paths, long]) {
      // What cannot stand in a request as it is comes encoded.
      for (const sent of [encodeURI(path), everyByte(path)])
        expect([sent, (await send(sent)).status, (await send(`${sent}/below`)).status]).toEqual([sent, 200, 200])
      expect([path, (await send(`${encodeURI(path)}z`)).status]).toEqual([path, 404])
    }
    for (const path of ['/x-', '/x-abc', '/evil', '/x-a', '/x-r', '/x-127.0.0.1'])
      expect([path, (await send(path)).status]).toEqual([path, 404])
  })

  test('the origin learns who asks and for which host; what a client says of itself is not believed', async () => {
    const a = await origin(says('a'))
    const { send } = await edge({ routes: [{ path: '/', origin: 'a' }] }, { a: [a] })
    const answer = await send('/', {
      host: 'Edge.example:81',
      'x-forwarded-for': '1.2.3.4',
      'x-consumer': 'forged',
      'x-envoy-retry-on': '5xx',
      'x-envoy-upstream-rq-timeout-ms': '1',
    })
    expect(Object.keys(answer.headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'date'])
    expect(a.seen[0]?.headers).toEqual({
      host: 'Edge.example:81',
      'x-forwarded-for': '1.2.3.4,127.0.0.1',
      'x-forwarded-proto': 'http',
    })
  })

  test('connections to an origin are kept; a second edge on the same port does not start', async () => {
    const a = await origin(says('a'))
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], balancing: [{ origin: 'a', method: 'least-connections' }] },
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
    // Never answered: cut off when the origin is closed.
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

    // Ties are broken by lot: until it has one.
    const met = until(
      'one is busy',
      () => busy.seen.length,
      (length) => length > 0,
    )
    while (busy.seen.length === 0) await Promise.race([met, send('/least').catch(() => undefined)])
    const had = busy.seen.length
    for (let n = 0; n < 20; n += 1) expect((await send('/least')).body).toBe('"idle"')
    expect(busy.seen.length).toBe(had)
  })

  test('nobody is asked in place of an instance that is gone, breaks off or answers 503', async () => {
    const well = await origin(says('well'))
    const gone = await startOrigin(says('gone'))
    await gone.close()
    const ill = [
      gone,
      await origin((incoming) => void incoming.socket.destroy()),
      await origin((_, response) => void response.writeHead(503, { 'x-mine': '1' }).end('mine')),
    ]
    const { send } = await edge(
      { routes: ill.map((_, n) => ({ path: `/${n}`, origin: `o${n}` })) },
      Object.fromEntries(ill.map((one, n) => [`o${n}`, [one, well]])),
    )
    for (const [n, status] of [502, 502, 503].entries()) {
      const answers = []
      for (let count = 0; count < 8; count += 1) answers.push(await send(`/${n}`))
      expect([n, tally(answers)]).toEqual([n, { 200: 4, [status]: 4 }])
      // What it says itself is JSON; what an origin says passes as it is.
      const failed = answers.find((answer) => answer.status === status)
      expect(failed).toMatchObject(
        n === 2
          ? { body: 'mine', headers: { 'x-mine': '1' } }
          : {
              body: expect.stringContaining('{"error":"bad_gateway"}'),
              headers: { 'content-type': 'application/json' },
            },
      )
    }
  })
})
