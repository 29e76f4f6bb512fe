/** What a shared cache may give to whom (RFC 9111): whose answer the next one gets. */
import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Lab, times } from '../each-system.ts'
import { withEach } from './with-each.ts'

const minute = { path: '/', ttlMs: 60_000, key: ['path', 'query'] as const, coalesce: true, staleOnErrorMs: 0 }
const routes = [{ path: '/', origin: 'a' }]
const consumers = [
  { name: 'ann', key: 'ka' },
  { name: 'bob', key: 'kb' },
]

/** An origin that numbers its answers, with the headers that the path's query names: `/x?vary=Foo`. */
function numbering(origin: Lab['origin'], delayMs = 0): ReturnType<Lab['origin']> {
  let count = 0
  return origin(async (incoming, response) => {
    count += 1
    const number = count
    // Nobody can see how many wait within nginx: late enough for all who ask at once to be there.
    if (delayMs) await after(delayMs)
    for (const [name, value] of new URL(incoming.url!, 'http://a').searchParams) response.setHeader(name, value)
    response.end(String(number))
  })
}

withEach(({ origin, edge }) => {
  test('an answer to a request with Authorization is kept for nobody, unless the origin says that it may be', async () => {
    const { send } = await edge({ routes, cache: [minute] }, { a: [await numbering(origin)] })
    // What a client can write must not read like the origin's Cache-Control.
    const asAnn = { authorization: 'Bearer |public,|public' }
    for (const said of ['', 'max-age=60', 'max-age=60, publicly']) {
      const path = `/x?cache-control=${encodeURIComponent(said)}`
      const own = (await send(path, asAnn)).body
      expect([said, (await send(path, { authorization: 'Bearer bob' })).body === own]).toEqual([said, false])
      expect([said, (await send(path)).body === own]).toEqual([said, false])
    }
    for (const said of ['public, max-age=60', 's-maxage=60', 'max-age=60,MUST-REVALIDATE']) {
      const path = `/x?cache-control=${encodeURIComponent(said)}`
      const own = (await send(path, asAnn)).body
      expect([said, (await send(path)).body === own]).toEqual([said, true])
    }
  })

  test('a key that travels in Authorization is the edge’s own: what it opens is kept as the policy says', async () => {
    const apiKey = [{ path: '/', header: 'authorization', consumers }]
    const { send } = await edge({ routes, apiKey, cache: [minute] }, { a: [await numbering(origin)] })
    const bodies = [await send('/x', { authorization: 'ka' }), await send('/x', { authorization: 'kb' })]
    expect(bodies.map(({ body, headers }) => [body, headers['x-cache']])).toEqual([
      ['1', 'MISS'],
      ['1', 'HIT'],
    ])
  })

  test('one client’s Host poisons nobody’s entry', async () => {
    const { send } = await edge({ routes, cache: [minute] }, { a: [await numbering(origin)] })
    const bodies = []
    for (const host of ['evil.example', 'shop.example', 'evil.example', 'shop.example'])
      bodies.push((await send('/x', { host })).body)
    expect(bodies).toEqual(['1', '2', '1', '2'])
  })

  test('Vary by what the edge itself writes keeps callers apart, and so does any *', async () => {
    const apiKey = [{ path: '/', header: 'x-api-key', consumers }]
    const { send } = await edge({ routes, apiKey, cache: [minute] }, { a: [await numbering(origin)] })
    for (const vary of ['X-Consumer', 'accept, x-consumer', 'X-Forwarded-For', '*', 'Accept, *', 'User-Agent']) {
      const path = `/x?vary=${encodeURIComponent(vary)}`
      const bodies = []
      for (const [key, agent] of [
        ['ka', 'one'],
        ['kb', 'two'],
      ] as const)
        bodies.push((await send(path, { 'x-api-key': key, 'user-agent': agent })).body)
      expect([vary, bodies[0] === bodies[1]]).toEqual([vary, false])
    }
  })

  test('with the consumer in the key an answer that varies by it is kept', async () => {
    const apiKey = [{ path: '/', header: 'x-api-key', consumers }]
    const cache = [{ ...minute, key: ['path', 'query', 'consumer'] as const }]
    const { send } = await edge({ routes, apiKey, cache }, { a: [await numbering(origin)] })
    const bodies = []
    for (const key of ['ka', 'kb', 'ka']) bodies.push((await send('/x?vary=x-consumer', { 'x-api-key': key })).body)
    expect(bodies).toEqual(['1', '2', '1'])
  })

  test('those who wait for an answer that is private, no-store or sets a cookie ask for their own, one by one', async () => {
    const a = await numbering(origin, 50)
    const { send } = await edge({ routes, cache: [minute] }, { a: [a] })
    const both = (query: string) => Promise.all(times(2, () => send(`/x?${query}`)))
    const all = await Promise.all(
      ['cache-control=private', 'cache-control=no-store', 'set-cookie=a%3Db', 'vary=*'].map(both),
    )
    for (const answers of all) {
      expect(new Set(answers.map(({ body }) => body)).size).toBe(2)
      expect(answers.map(({ headers }) => headers['x-cache'])).toEqual(['MISS', 'MISS'])
    }
    expect(a.seen.length).toBe(8)
  })

  test('no header of the origin’s is an instruction to the edge', async () => {
    const { send } = await edge({ routes, cache: [minute] }, { a: [await numbering(origin)] })
    // Obeyed, the first would answer 204 from the edge's own readiness, the second would not be kept.
    expect(await send('/r?x-accel-redirect=/__edge/ready')).toMatchObject({ status: 200, body: '1' })
    for (const header of ['x-accel-expires=0', 'x-edge-representation=xml']) {
      const first = await send(`/e?${header}`)
      expect([header, (await send(`/e?${header}`)).body]).toEqual([header, first.body])
    }
  })
})
