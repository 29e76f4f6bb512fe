/** What the scripts do that no other NGINX does, on the njs that is installed here. */
import { once } from 'node:events'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import type { Policy } from '../../../src/policy/policy.ts'
import { moduleOf } from '../../../src/runtime/processes/binaries.ts'
import { nginxNjs } from '../../../src/systems/nginx-njs/index.ts'
import { dictionaryDirective } from '../../../src/systems/nginx-njs/rate-limit.ts'
import { launchOf, readyPath, type System } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { says, times, withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'
import { startEdge } from '../running-edge.ts'
import { large } from '../transform/documents.ts'

const compact = 'application/vnd.edgelab.compact+json'
const routes = [{ path: '/', origin: 'a' }]
const apiKey = [{ path: '/', header: 'x-api-key', consumers: [{ name: 'ann', key: 'ka' }] }]
const transform = [
  {
    path: '/',
    representations: [
      { accept: 'application/xml', as: 'xml' },
      { accept: compact, as: 'compact-json' },
    ],
  },
] as const

withSystem(nginxNjs, ({ origin, edge }) => {
  test('no member that every object has is a key, and two keys are none', async () => {
    const a = await origin(says('a'))
    const { send } = await edge({ routes, apiKey }, { a: [a] })
    for (const key of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length'])
      expect([key, (await send('/', { 'x-api-key': key })).status]).toEqual([key, 401])
    expect((await send('/', { 'x-api-key': ['ka', 'ka'] as never })).status).toBe(401)
    expect((await send('/', { 'x-api-key': 'ka' })).status).toBe(200)
    expect(a.seen.length).toBe(1)
  })

  test('hostile keys and names are nothing but themselves', async () => {
    const a = await origin(says('a'))
    const consumers = hostileTexts.map((text) => ({ name: text, key: `key ${text}` }))
    const { send } = await edge({ routes, apiKey: [{ ...apiKey[0]!, consumers }] }, { a: [a] })
    for (const { name, key } of consumers) {
      expect([key, (await send('/', { 'x-api-key': key })).status]).toEqual([key, 200])
      expect(a.seen.at(-1)?.headers['x-consumer']).toBe(name)
    }
  })

  test('a script that fails lets nobody in', async () => {
    const a = await origin(says('a'))
    const failing = withFile('js/edge/keys.js', 'function holder(r) {', 'function holder(r) { missing();')
    const running = await startEdge(failing, { ...emptyPolicy, routes, apiKey }, { a: [a.address] })
    const answer = await running.send('/', { 'x-api-key': 'ka' }).finally(running.stop)
    expect(answer.status).toBe(401)
    expect(a.seen).toEqual([])
  })

  test('the answers tell what is left in the bucket, and when a token will be there', async ({ skip }) => {
    const lacks = moduleOf(launchOf(nginxNjs)!)?.lacks ?? []
    if (lacks.includes(dictionaryDirective)) skip('this version of njs has no shared dictionaries')
    const a = await origin(says('a'))
    const rateLimit = [{ path: '/', ratePerSecond: 0.3, burst: 3, per: 'address' }] as const
    const { send } = await edge({ routes, rateLimit }, { a: [a] })
    const answers = []
    for (const _ of times(5, String)) answers.push(await send('/'))
    expect(answers.map(({ status, headers }) => [status, headers['ratelimit-remaining']])).toEqual([
      [200, '2'],
      [200, '1'],
      [200, '0'],
      [429, '0'],
      [429, '0'],
    ])
    // A token takes 3.3 s; refusals do not put it off.
    for (const { headers } of answers.slice(3))
      expect(headers).toMatchObject({ 'ratelimit-limit': '3', 'retry-after': expect.stringMatching(/^[34]$/) })
  })

  test('ready is only what works: a module that throws, or lacks what is called, is not', async () => {
    const policy: Policy = { ...emptyPolicy, routes, transform }
    const { address } = await origin(says('a'))
    for (const broken of [
      withFile('js/edge/xml.js', 'function fromJson(bytes) {', 'function fromJson(bytes) { missing();'),
      withFile('js/edge/transform.js', 'export default { header, body };', 'export default { header };'),
    ]) {
      const { send, stop } = await startEdge(broken, policy, { a: [address] }, [500])
      expect((await send(readyPath).finally(stop)).status).toBe(500)
    }
  })

  test('what is too large for the script is a 502, with or without its length, and passes where nothing is made of it', async () => {
    const body = JSON.stringify('x'.repeat(3 * 1024 * 1024))
    const a = await origin((incoming, response) => {
      response.setHeader('content-type', 'application/json')
      if (incoming.url === '/announced') response.setHeader('content-length', Buffer.byteLength(body))
      response.write(body)
      response.end()
    })
    const { send } = await edge({ routes, transform }, { a: [a] })
    for (const path of ['/announced', '/chunked']) {
      expect([path, (await send(path, { accept: compact })).status]).toEqual([path, 502])
      expect((await send(path)).body.length).toBe(body.length)
    }
  })

  test('characters that arrive in two pieces stay whole', async () => {
    const a = await origin(async (_, response) => {
      response.setHeader('content-type', 'application/json')
      const bytes = Buffer.from(large.slice(0, large.indexOf('"tags"')).replace(/,\s*$/, '}]}'))
      for (const byte of bytes) {
        response.write(Buffer.of(byte))
        await new Promise(setImmediate)
      }
      response.end()
    })
    const { send } = await edge({ routes, transform }, { a: [a] })
    expect((await send('/', { accept: compact })).body).toBe(
      '{"products":[{"id":0,"name":"Kettle <0> & “more”, 10\\" – ½"}]}',
    )
  })

  test('clients that go away while a document is made of another leave the worker alive', async () => {
    const a = await origin((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(large)
    })
    const { send, log, address } = await edge({ routes, transform }, { a: [a] })
    for (const _ of times(20, String)) {
      const leaving = request({ ...address, headers: { accept: 'application/xml' }, agent: false })
      leaving.on('error', () => undefined)
      leaving.end()
      await once(leaving, 'socket')
      await new Promise(setImmediate)
      leaving.destroy()
    }
    expect((await send('/', { accept: 'application/xml' })).status).toBe(200)
    expect(log()).not.toContain('exited on signal')
  })
})

/** The system with one line of a script replaced. */
function withFile(path: string, line: string, instead: string): System {
  return {
    ...nginxNjs,
    compile: (policy, site) => {
      const native = nginxNjs.compile(policy, site)
      const files = native.files.map((file) =>
        file.path === path ? { ...file, text: file.text.replace(line, instead) } : file,
      )
      return { ...native, files }
    },
  }
}
