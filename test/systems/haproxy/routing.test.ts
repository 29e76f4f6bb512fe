/** Routes against the HAProxy that is installed here. */
import { expect, test } from 'vitest'
import { pathMistake } from '../../../src/policy/paths/path-form.ts'
import { haproxy } from '../../../src/systems/haproxy/index.ts'
import { says, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'

withSystem(haproxy, ({ origin, edge }) => {
  test('routes keep to segment borders and to case, the longest wins, and nothing else is answered but by the edge', async () => {
    const [a, b] = [await origin(says('a')), await origin(says('b'))]
    const { send } = await edge(
      {
        routes: [
          { path: '/p/q', origin: 'b' },
          { path: '/p', origin: 'a' },
          { path: '/slash/', origin: 'a' },
          { path: '/café', origin: 'a' },
        ],
      },
      { a: [a], b: [b] },
    )
    const paths = ['/p', '/p?x=1', '/p/', '/%70/1', '/p/q', '/p/q/', '/p/qq', '/slash/', '/slash/x', '/caf%C3%A9/x']
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
    const ambiguous = [
      '/p/../q',
      '/p/%2e%2e/q',
      '/p/..%2fq',
      '/p//x',
      '//p',
      '/p/./x',
      '/p/..',
      '/p/.',
      '/p/a%5cb',
      '/p/%00',
      '/p%00',
      '/p/%zz',
    ]
    for (const path of ambiguous) expect([path, (await send(path)).status]).toEqual([path, 400])
    expect(a.seen).toEqual([])
    const plain = ['/p/.hidden', '/p/a..b', '/p/a%3Bb', '/p/a+b', '/p/a?x=/../%2f//']
    for (const path of plain) expect([path, (await send(path)).status]).toEqual([path, 200])
    expect(a.seen.map(({ url }) => url)).toEqual(plain)
  })

  test('paths that mean something to HAProxy match only as themselves', async () => {
    const a = await origin(says('a'))
    const written = hostileTexts.map((text) => `/${text}`).filter((path) => pathMistake(path) === undefined)
    expect(written.length).toBeGreaterThan(10)
    const { send } = await edge({ routes: written.map((path) => ({ path, origin: 'a' })) }, { a: [a] })
    for (const path of written) {
      const sent = `/${encodeURIComponent(path.slice(1))}`
      expect([path, (await send(sent)).status, (await send(`${sent}x`)).status]).toEqual([path, 200, 404])
    }
  })

  test('the origin learns who asks from the edge alone, and nothing of a connection is passed on', async () => {
    const a = await origin(says('a'))
    const { send } = await edge({ routes: [{ path: '/', origin: 'a' }] }, { a: [a] })
    await send('/', { host: 'shop.example', connection: 'close, x-forwarded-for', 'x-consumer': 'forged' })
    const { headers } = a.seen.at(-1)!
    expect(headers).toMatchObject({ host: 'shop.example', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' })
    expect(headers).not.toHaveProperty('x-consumer')
    expect(headers.connection ?? '').not.toContain('forwarded')
    expect((await send('/')).headers).not.toHaveProperty('keep-alive')
  })

  test('without an origin the edge says so in JSON', async () => {
    const gone = await origin(says('a'))
    const { send } = await edge({ routes: [{ path: '/', origin: 'a' }] }, { a: [gone] })
    await gone.close()
    expect(await send('/')).toMatchObject({
      status: 503,
      body: '{"error":"bad_gateway"}',
      headers: { 'content-type': 'application/json' },
    })
  })
})
