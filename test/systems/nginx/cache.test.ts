import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { until } from '../../until.ts'
import { says, tally, times } from '../each-system.ts'
import { withEach } from './with-each.ts'

withEach(({ origin, edge }) => {
  const cached = { path: '/', ttlMs: 1000, key: ['path', 'query'] as const, coalesce: true, staleOnErrorMs: 5000 }

  test('thirty at once for a missing entry are one request to the origin; HEAD is answered from it', async () => {
    const a = await origin(async (incoming, response) => {
      // Nobody can see how many wait within nginx: late enough for all thirty to be there.
      await after(200)
      says('a')(incoming, response)
    })
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], cache: [{ ...cached, ttlMs: 60_000 }] },
      { a: [a] },
    )
    const answers = await Promise.all(times(30, () => send('/x')))
    expect(tally(answers)).toEqual({ 200: 30 })
    expect(a.seen.length).toBe(1)
    expect(answers.filter(({ headers }) => headers['x-cache'] === 'HIT').length).toBe(29)
    expect(await send('/x', {}, 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'x-cache': 'HIT' } })
    await send('/x?y')
    expect(a.seen.length).toBe(2)
  })

  test('an expired answer is served while the origin fails, and the origin is asked again when it is well', async () => {
    let failing = false
    const a = await origin((incoming, response) =>
      failing ? response.writeHead(503).end() : says('a')(incoming, response),
    )
    const { send } = await edge({ routes: [{ path: '/', origin: 'a' }], cache: [cached] }, { a: [a] })
    expect((await send('/x')).headers['x-cache']).toBe('MISS')
    failing = true
    expect((await send('/never-seen')).status).toBe(503)
    const stale = await until(
      'the answer is kept no more',
      () => send('/x'),
      ({ headers }) => headers['x-cache'] !== 'HIT',
    )
    expect(stale).toMatchObject({ status: 200, body: '"a"', headers: { 'x-cache': 'STALE' } })
    failing = false
    expect((await send('/x')).headers['x-cache']).toBe('EXPIRED')
  })

  test('what the origin says goes first: no-store, Set-Cookie and its own max-age', async () => {
    const a = await origin((incoming, response) => {
      if (incoming.url === '/no-store') response.setHeader('cache-control', 'no-store')
      if (incoming.url === '/cookie') response.setHeader('set-cookie', 'a=b')
      if (incoming.url === '/short') response.setHeader('cache-control', 'max-age=0')
      says('a')(incoming, response)
    })
    const { send } = await edge(
      { routes: [{ path: '/', origin: 'a' }], cache: [{ ...cached, ttlMs: 60_000, key: ['path'] }] },
      { a: [a] },
    )
    for (const [path, status] of [
      ['/no-store', 'MISS'],
      ['/cookie', 'MISS'],
      ['/short', 'MISS'],
      ['/kept', 'HIT'],
    ] as const) {
      await send(path)
      const again = await send(path)
      expect([path, again.headers['x-cache']]).toEqual([path, status])
    }
    // Without the query in the key it makes no difference.
    expect((await send('/kept?x')).headers['x-cache']).toBe('HIT')
  })

  test('with the consumer in the key nobody gets another’s answer', async () => {
    const a = await origin((incoming, response) => says(String(incoming.headers['x-consumer']))(incoming, response))
    const { send } = await edge(
      {
        routes: [{ path: '/', origin: 'a' }],
        apiKey: [
          {
            path: '/',
            header: 'x-api-key',
            consumers: [
              { name: 'alice', key: 'ka' },
              { name: 'bob', key: 'kb' },
            ],
          },
        ],
        cache: [{ ...cached, ttlMs: 60_000, key: ['path', 'consumer'] }],
      },
      { a: [a] },
    )
    const answers = []
    for (const key of ['ka', 'kb', 'ka', 'kb', 'kc']) answers.push(await send('/x', { 'x-api-key': key }))
    expect(answers.map(({ body, headers }) => [body, headers['x-cache']])).toEqual([
      ['"alice"', 'MISS'],
      ['"bob"', 'MISS'],
      ['"alice"', 'HIT'],
      ['"bob"', 'HIT'],
      ['{"error":"unauthorized","reason":"unknown key"}', undefined],
    ])
  })
})
