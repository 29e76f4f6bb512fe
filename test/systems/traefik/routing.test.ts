/** Routes against the Traefik that is installed here. */
import { expect, test } from 'vitest'
import { pathMistake } from '../../../src/policy/paths/path-form.ts'
import { traefik } from '../../../src/systems/traefik/index.ts'
import { says, times, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'
import { startOrigin } from '../running-edge.ts'

withSystem(traefik, ({ origin, edge }) => {
  test('routes keep to segment borders and to case, the longest wins, and nothing else is answered but by the edge', async () => {
    const [a, b] = [await origin(says('a')), await origin(says('b'))]
    const { send, log } = await edge(
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
    for (const path of ['/', '/pq', '/p%2Fx', '/p.', '/P', '/slash', '/q', '/p/../q', '/SLASH/'])
      expect([path, (await send(path)).status]).toEqual([path, 404])
    // A router with a mistake would be dropped, with no more than a line in the log.
    expect(log()).toBe('')
  })

  test('paths reach the origin cleaned; what it could read in another way is refused', async () => {
    const a = await origin(says('a'))
    const { send } = await edge({ routes: [{ path: '/p', origin: 'a' }] }, { a: [a] })
    for (const path of ['/p/%2Fx', '/p/a%2fb', '/p/..%2fq', '/p/a%5cb', '/p/%00'])
      expect([path, (await send(path)).status]).toEqual([path, 400])
    expect(a.seen).toEqual([])
    const cleaned = { '/p/%2e%2e/p/x': '/p/x', '//p': '/p', '/p/./x': '/p/x', '/%70/x': '/p/x' }
    const kept = ['/p/.hidden', '/p/a..b', '/p/a%3Bb', '/p/a;b', '/p/50%25', '/p/a%3Fb%23', '/p/a?x=/../%2f//']
    for (const path of [...Object.keys(cleaned), ...kept])
      expect([path, (await send(path)).status]).toEqual([path, 200])
    expect(a.seen.map(({ url }) => url)).toEqual([...Object.values(cleaned), ...kept])
  })

  test('paths that mean something elsewhere match only as themselves, however they are encoded', async () => {
    const paths = hostileTexts.map((text) => `/x-${text}`).filter((path) => pathMistake(path) === undefined)
    expect(paths.length).toBeGreaterThan(20)
    const wanted = await origin(says('wanted'))
    const { send, log } = await edge(
      { routes: paths.map((path) => ({ path, origin: 'wanted' })) },
      { wanted: [wanted] },
    )
    expect(log()).toBe('')
    for (const path of paths) {
      const whole = `/${encodeURIComponent(path.slice(1))}`
      for (const sent of [encodeURI(path), whole]) {
        expect([sent, (await send(sent)).status]).toEqual([sent, 200])
        expect([sent, (await send(`${sent}/below`)).status]).toEqual([sent, 200])
        expect([sent, (await send(`${sent}z`)).status]).toEqual([sent, 404])
      }
    }
    for (const path of ['/x-', '/x-abc', '/evil', '/x-a', '/x-r', '/x-127.0.0.1'])
      expect([path, (await send(path)).status]).toEqual([path, 404])
  })

  test('an origin that does not answer is a 502 of the edge; its own errors pass', async () => {
    const a = await origin((_, response) => response.writeHead(502, { 'x-mine': '1' }).end('mine'))
    const gone = await startOrigin(says('gone'))
    await gone.close()
    const { send } = await edge(
      { routes: ['a', 'gone'].map((name) => ({ path: `/${name}`, origin: name })) },
      { a: [a], gone: [gone] },
    )
    expect(await send('/a')).toMatchObject({ status: 502, body: 'mine', headers: { 'x-mine': '1' } })
    expect((await send('/gone')).status).toBe(502)
  })

  test('as many connections to an origin are kept as were needed', async () => {
    const a = await origin((_, response) => setTimeout(() => response.end('{}'), 200))
    const { send } = await edge({ routes: ['/a', '/b'].map((path) => ({ path, origin: 'a' })) }, { a: [a] })
    for (const path of ['/a', '/b', '/a']) await Promise.all(times(20, () => send(path)))
    expect([a.seen.length, a.connections]).toEqual([60, 20])
  })
})
