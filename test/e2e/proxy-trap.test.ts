/** The user's proxy settings reach nothing that EdgeLab asks of its own programs, whatever they say and however. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { embeddedOnly } from './learner.ts'

/** Whoever connects is in the trap. */
let trap: Server
let caught: string[]
let folder: string
let trapped: NodeJS.ProcessEnv

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proxy-trap-'))
  await mkdir(join(folder, 'home'))
  caught = []
  trap = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (data) => {
      caught.push(data.toString('latin1').split('\r\n')[0]!)
      socket.end('HTTP/1.1 502 Trapped\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    })
  }).listen(0, '127.0.0.1')
  await once(trap, 'listening')
  const proxy = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()])
  trapped = {
    ...(await embeddedOnly(join(folder, 'bin'))),
    ...Object.fromEntries(names.map((name) => [name, proxy])),
    HOME: folder,
    EDGELAB_HOME: join(folder, 'home'),
    DOCKER_HOST: 'unix:///nonexistent.sock',
  }
})
afterAll(async () => {
  trap.close()
  await rm(folder, { recursive: true, force: true })
})

/** What a program of Node's wrote, with the trap in its environment. */
async function node(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...args], {
    env: { ...trapped, ...environment },
    timeout: 25_000,
  })
  return stdout
}

/** Only with one of them does Node look at the proxies at all; NO_PROXY names loopback in neither. */
const switches: readonly NodeJS.ProcessEnv[] = [
  { NODE_USE_ENV_PROXY: '1', NO_PROXY: 'localhost' },
  { NODE_OPTIONS: '--use-env-proxy' },
]

test('the trap catches what is not explicit about having no proxy', async () => {
  await node(['-e', 'http.get("http://127.0.0.1:65000/caught").on("error", () => undefined)'], switches[0]!)
  expect(caught.splice(0)).toHaveLength(1)
})

test.each(switches)('a run: %j', async (environment) => {
  const what = ['run', 'test/e2e/small.yaml', '--systems', 'direct,node-proxy', '--rounds', '1']
  const output = await node(
    ['src/edgelab.mjs', ...what, '--out', join(folder, Object.keys(environment)[0]!)],
    environment,
  )
  expect(output).toMatch(/node-proxy/)
  expect(caught).toEqual([])
})

test('a task of a lab', async () => {
  const verdicts = await node(['--import', 'tsx', 'test/labs/task-behind-proxy.ts'], switches[0]!)
  expect(verdicts).toBe('valid right\naddress right\nanswers right\n')
  expect(caught).toEqual([])
})

test('doctor names what it keeps away', async () => {
  // Without an engine something is missing here, which is not the point.
  const said = await node(['src/edgelab.mjs', 'doctor'], switches[0]!).catch(({ stdout }: { stdout: string }) => stdout)
  expect(said.replace(/\s+/g, ' ')).toContain('ALL_PROXY, HTTPS_PROXY, HTTP_PROXY, NODE_USE_ENV_PROXY, NO_PROXY')
})
