/** How long answers are kept, and what is made of those that are: what the origin says counts before the policy. */
import { expect, test } from 'vitest'
import { until } from '../../until.ts'
import type { Lab } from '../each-system.ts'
import { withEach } from './with-each.ts'

const minute = { path: '/', ttlMs: 60_000, key: ['path', 'query'] as const, coalesce: true, staleOnErrorMs: 0 }
const routes = [{ path: '/', origin: 'a' }]

/** Numbers its answers; status and headers as the path says: `/404?cache-control=max-age=60`. */
function numbering(origin: Lab['origin']): ReturnType<Lab['origin']> {
  let count = 0
  return origin((incoming, response) => {
    count += 1
    const { pathname, searchParams } = new URL(incoming.url!, 'http://a')
    for (const [name, value] of searchParams) response.setHeader(name, value)
    response.statusCode = incoming.headers['if-none-match'] === '"same"' ? 304 : Number(pathname.slice(1)) || 200
    response.end(`answer ${count}`)
  })
}

withEach(({ origin, edge }) => {
  test('an answer of any status with freshness of its own is kept; without, only 200', async () => {
    const { send } = await edge({ routes, cache: [minute] }, { a: [await numbering(origin)] })
    for (const status of [200, 301, 404, 410])
      for (const said of ['', 'max-age=60']) {
        const path = `/${status}?cache-control=${said}`
        await send(path)
        const wanted = said || status === 200 ? 'HIT' : 'MISS'
        expect([path, (await send(path)).headers['x-cache']]).toEqual([path, wanted])
      }
  })

  test('without a ttl only what the origin says is kept', async () => {
    const { send } = await edge({ routes, cache: [{ ...minute, ttlMs: 0 }] }, { a: [await numbering(origin)] })
    const expires = encodeURIComponent(new Date(Date.now() + 60_000).toUTCString())
    for (const [path, wanted] of [
      ['/', 'MISS'],
      ['/?cache-control=max-age=60', 'HIT'],
      [`/?expires=${expires}`, 'HIT'],
      // It was old when it came, and nginx would begin to count anew.
      ['/?cache-control=max-age=60&age=50', 'MISS'],
      ['/?cache-control=max-age=60&age=0', 'HIT'],
    ] as const) {
      await send(path)
      expect([path, (await send(path)).headers['x-cache']]).toEqual([path, wanted])
    }
  })

  test('an expired answer is asked for on condition, and 304 renews it', async () => {
    const a = await numbering(origin)
    const { send } = await edge({ routes, cache: [{ ...minute, ttlMs: 1000 }] }, { a: [a] })
    const path = `/?etag=${encodeURIComponent('"same"')}`
    expect((await send(path)).body).toBe('answer 1')
    const renewed = await until(
      'the answer is kept no more',
      () => send(path),
      ({ headers }) => headers['x-cache'] !== 'HIT',
    )
    expect(renewed).toMatchObject({ status: 200, body: 'answer 1', headers: { 'x-cache': 'REVALIDATED' } })
    expect(a.seen.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"same"'])
  })

  test('parts and conditions are answered from what is kept', async () => {
    const a = await numbering(origin)
    const { send } = await edge({ routes, cache: [minute] }, { a: [a] })
    const modified = 'Sun, 01 Nov 2026 00:00:00 GMT'
    const path = `/?etag=${encodeURIComponent('"e"')}&last-modified=${encodeURIComponent(modified)}`
    await send(path)
    expect(await send(path, { range: 'bytes=0-5' })).toMatchObject({ status: 206, body: 'answer' })
    expect((await send(path, { 'if-none-match': '"e"' })).status).toBe(304)
    expect((await send(path, { 'if-modified-since': 'Mon, 02 Nov 2026 00:00:00 GMT' })).status).toBe(304)
    expect((await send(path, { 'if-none-match': '"f"' })).body).toBe('answer 1')
    expect(a.seen.length).toBe(1)
  })

  test('after an unsafe method the old answer is still given, as the fidelity says', async () => {
    const a = await numbering(origin)
    const running = await edge({ routes, cache: [minute] }, { a: [a] })
    const bodies = []
    for (const method of ['GET', 'POST', 'GET']) bodies.push((await running.send('/x', {}, method)).body)
    expect(bodies).toEqual(['answer 1', 'answer 2', 'answer 1'])
  })
})
