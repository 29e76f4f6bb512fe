import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { projectorView } from '../../../src/views/html/workshop/projector-view.ts'
import { type ServedProjector, serveProjector } from '../../../src/workshop/projector/serve-projector.ts'
import { type HostHere, hostHere } from '../host-here.ts'
import { guesser, labs, roomOf } from '../sample-room.ts'

let host: HostHere
let served: ServedProjector
const serve = (at = { port: 0, token: 'secret' }): Promise<ServedProjector> =>
  serveProjector(projectorView(labs), { now: () => ({ ...host, room: host.room() }), subscribe: host.subscribe }, at)

beforeEach(async () => {
  host = hostHere(roomOf([]))
  served = await serve()
})
afterEach(() => served.close())

const get = (path: string, headers = {}): Promise<Response> => fetch(new URL(path, served.address), { headers })

/** What a stream sends, event by event. */
async function* events(address = served.address): AsyncGenerator<{ readonly title: string; readonly html: string }> {
  const answer = await fetch(new URL('changes', address), { signal: AbortSignal.timeout(10_000) })
  let rest = ''
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    rest += chunk
    const whole = rest.split('\n\n')
    rest = whole.pop()!
    for (const event of whole) {
      const data = event.split('\n').find((line) => line.startsWith('data: '))
      if (data) yield JSON.parse(data.slice(6))
    }
  }
}

test('the page, its script and its style, each with a policy that allows nothing else', async () => {
  for (const [path, type] of [
    ['', 'text/html; charset=utf-8'],
    ['page.js', 'text/javascript; charset=utf-8'],
    ['page.css', 'text/css; charset=utf-8'],
  ] as const) {
    const answer = await get(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    )
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  }
})

test('without the token there is nothing, whatever is asked', async () => {
  for (const path of ['/', '/wrong/', '/wrong/page.js', '/wrong/changes', '/secret2/', '/favicon.ico']) {
    const answer = await get(path)
    expect([path, answer.status, await answer.text()]).toEqual([path, 404, ''])
  }
  for (const path of ['constructor', '__proto__', '../secret', 'other.js']) expect((await get(path)).status).toBe(404)
  expect((await fetch(served.address, { method: 'POST', body: 'x' })).status).toBe(404)
})

test('under another name than that of this machine it is not served: a page elsewhere may have made that name', async () => {
  const status = await new Promise((resolve, reject) => {
    const asked = request(served.address, { headers: { host: 'evil.example' } }, ({ statusCode }) =>
      resolve(statusCode),
    )
    asked.on('error', reject).end()
  })
  expect(status).toBe(404)
})

test('changes come by themselves, many at once as one', async () => {
  const stream = events()
  expect((await stream.next()).value).toMatchObject({
    title: 'Gateways at noon',
    html: expect.stringContaining('0 people here'),
  })
  for (let count = 1; count <= 50; count += 1) {
    host.become(roomOf(Array.from({ length: count }, (_, at) => guesser(`P${at}`, {}))))
  }
  expect((await stream.next()).value!.html).toContain('50 people here')
  await host.order({ show: { lab: 'one-hop', step: 'guess', question: 'address' } })
  expect((await stream.next()).value!.html).toContain('How does the origin learn')
  await stream.return(undefined)
})

test('what the page does not show is no change', async () => {
  const stream = events()
  await stream.next()
  const room = host.room()
  host.become({ ...room, workshop: { ...room.workshop, startedAt: '2026-11-29T12:30:00.000Z' } })
  await host.order({ show: { lab: 'one-hop', step: 'guess', question: 'crowd' } })
  // The first thing that comes is the question.
  expect((await stream.next()).value!.html).toContain('thirtieth')
  await stream.return(undefined)
})

test('closing ends open streams at once, and it can be served again at the same address', async () => {
  const stream = events()
  await stream.next()
  const { port, address } = served
  await served.close()
  expect((await stream.next()).done).toBe(true)
  served = await serve({ port, token: 'secret' })
  expect(served.address).toBe(address)
  expect((await get('')).status).toBe(200)
})
