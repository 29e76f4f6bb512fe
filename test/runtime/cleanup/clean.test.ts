/** What is removed of a run whose host is gone, from an engine that lets go of some things late or not at all. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cleanRun } from '../../../src/runtime/cleanup/clean.ts'

let folder: string
let engine: Server
/** Of each container and network, with what status the engine answers who removes it, one time after the other. */
let removals: Record<string, number[]>
/** What was removed. */
let gone: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clean-'))
  gone = []
  engine = createServer(({ method, url = '' }, answer) => {
    const [, kind = '', id = ''] = new URL(url, 'http://engine').pathname.split('/')
    if (kind === 'version') return answer.end('{"Version":"99"}')
    if (method === 'GET') {
      const ids = Object.keys(removals).filter((each) => each.startsWith(kind === 'networks' ? 'network' : 'container'))
      return answer.end(JSON.stringify(ids.map((Id) => ({ Id, Labels: {} }))))
    }
    const [status = 204, ...later] = removals[id]!
    removals[id] = later
    if (status === 204) gone.push(id)
    return answer.writeHead(status).end(status === 204 ? '' : '{"message":"not now"}')
  })
  engine.listen(join(folder, 'engine.sock'))
  await once(engine, 'listening')
  vi.stubEnv('DOCKER_HOST', `unix://${join(folder, 'engine.sock')}`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  engine.closeAllConnections()
  engine.close()
  await once(engine, 'close')
  await rm(folder, { recursive: true, force: true })
})

const host = '1:1'

test('a network that a busy engine still holds in use is removed a moment later', async () => {
  removals = { 'container-1': [204], 'network-front': [403, 403, 204], 'network-back': [204] }
  expect(await cleanRun('clean-test', host)).toBe(3)
  expect(gone).toEqual(['container-1', 'network-front', 'network-back'])
})

test('what the engine does not let go of keeps nothing else from being removed, and is told', async () => {
  removals = { 'container-1': [500], 'container-2': [204], 'network-front': [204] }
  await expect(cleanRun('clean-test', host)).rejects.toThrow('not now')
  expect(gone).toEqual(['container-2', 'network-front'])
})

test('what somebody else has removed meanwhile is not counted as a failure', async () => {
  removals = { 'container-1': [404], 'network-front': [404] }
  expect(await cleanRun('clean-test', host)).toBe(2)
  expect(gone).toEqual([])
})
