/** Routes against the Caddy that is installed here. */
import { expect, test } from 'vitest'
import { pathMistake } from '../../../src/policy/paths/path-form.ts'
import { caddy } from '../../../src/systems/caddy/index.ts'
import { says, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'
import { startOrigin } from '../running-edge.ts'

withSystem(caddy, ({ origin, edge }) => {
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
    const paths = ['/p', '/p?x=1', '/p/', '/p/1', '/p/q', '/p/q/', '/p/qq', '/slash/', '/slash/x', '/caf%C3%A9/x']
    const bodies = await Promise.all(paths.map(async (path) => (await send(path)).body))
    expect(bodies.map((body) => JSON.parse(body))).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'a', 'a', 'a', 'a'])
    for (const path of ['/', '/pq', '/p.', '/P', '/slash', '/q', '/SLASH/'])
      expect([path, await send(path)]).toMatchObject([
        path,
        { status: 404, body: '{"error":"not_found"}', headers: { 'content-type': 'application/json' } },
      ])
  })

  test('a path that the origin could read in another way is refused', async () => {
    const a = await origin(says('a'))
    const { send } = await edge({ routes: [{ path: '/p', origin: 'a' }] }, { a: [a] })
    for (const path of [
      '/p/../q',
      '/p/%2e%2e/q',
      '/p%2Fx',
      '/p/a%2fb',
      '/p//x',
      '//p',
      '/p/./x',
      '/p/..',
      '/p/a%5cb',
      '/p/%00',
    ])
      expect([path, (await send(path)).status]).toEqual([path, 400])
    expect(a.seen).toEqual([])
    for (const path of ['/p/.hidden', '/p/a..b', '/p/a%3Bb', '/p/a?x=/../%2f//'])
      expect([path, (await send(path)).status]).toEqual([path, 200])
    expect(a.seen.map(({ url }) => url)).toEqual(['/p/.hidden', '/p/a..b', '/p/a%3Bb', '/p/a?x=/../%2f//'])
  })

  test('paths that mean something elsewhere match only as themselves', async () => {
    const paths = hostileTexts.map((text) => `/x-${text}`).filter((path) => pathMistake(path) === undefined)
    expect(paths.length).toBeGreaterThan(20)
    const wanted = await origin(says('wanted'))
    const { send } = await edge({ routes: paths.map((path) => ({ path, origin: 'wanted' })) }, { wanted: [wanted] })
    for (const path of paths.map(encodeURI)) {
      expect([path, (await send(path)).status]).toEqual([path, 200])
      expect([path, (await send(`${path}/below`)).status]).toEqual([path, 200])
      expect([path, (await send(`${path}z`)).status]).toEqual([path, 404])
    }
    for (const path of ['/x-', '/x-abc', '/evil', '/x-a', '/x-r', '/x-127.0.0.1'])
      expect([path, (await send(path)).status]).toEqual([path, 404])
  })

  test('an origin that does not answer is a 502 of the edge in JSON; its own errors pass', async () => {
    const a = await origin((_, response) => response.writeHead(502, { 'x-mine': '1' }).end('mine'))
    const gone = await startOrigin(says('gone'))
    await gone.close()
    const { send, log } = await edge(
      { routes: ['a', 'gone'].map((name) => ({ path: `/${name}`, origin: name })) },
      { a: [a], gone: [gone] },
    )
    expect(await send('/a')).toMatchObject({ status: 502, body: 'mine', headers: { 'x-mine': '1' } })
    expect(await send('/gone', { 'x-secret': 'do not log me' })).toMatchObject({
      status: 502,
      body: '{"error":"bad_gateway"}',
      headers: { 'content-type': 'application/json' },
    })
    expect(log()).not.toContain('do not log me')
  })

  test('connections to an origin are kept, by all of its locations', async () => {
    const a = await origin(says('a'))
    const { send } = await edge({ routes: ['/a', '/b', '/c'].map((path) => ({ path, origin: 'a' })) }, { a: [a] })
    for (let n = 0; n < 30; n += 1) await send(['/a', '/b', '/c'][n % 3]!)
    expect([a.seen.length, a.connections]).toEqual([30, 1])
  })
})
