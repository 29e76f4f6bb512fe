/** Starts one of our edges as a child process before real origins, and asks it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, Server } from 'node:http'
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOrigin } from '../../../src/origin/server.ts'
import { type OriginCounts, originControl } from '../../../src/origin/spec.ts'
import type { Policy } from '../../../src/policy/policy.ts'
import { programPath } from '../../../src/runtime/processes/binaries.ts'
import type { OriginRoute } from '../../../src/scenario/scenario.ts'
import type { EdgeConfig } from '../../../src/systems/node-core/config.ts'
import type { System } from '../../../src/systems/system.ts'
import { launchOf, readyPath } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { until } from '../../until.ts'

export interface Answer {
  readonly status: number
  /** Names in lower case, the values of a repeated header joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface EdgeLab {
  readonly port: number
  /** Whether the process still runs. */
  alive(): boolean
  /** A request target as it is, without any normalising. */
  get(target: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>
  counts(origin?: string): Promise<readonly OriginCounts[]>
  /** Requests over all instances of all origins. */
  hits(): Promise<number>
  fail(failing: boolean): Promise<void>
  close(): Promise<void>
}

/** Routes of a generated origin, or a listener of the test's own where the generated one cannot do it: HTTP, or bytes. */
export type TestOrigin =
  | { readonly instances: number; readonly routes: readonly OriginRoute[] }
  | RequestListener
  | { readonly raw: (socket: Socket) => void }

interface Started {
  readonly name: string
  readonly server: TcpServer
  /** Whether it can be asked what reached it. */
  readonly counted: boolean
}

const token = 'test-token'
const host = '127.0.0.1'

/** `changes`: settings of edge.json that differ from what the policy compiles to. */
export async function openEdge(
  system: System,
  policy: Partial<Policy>,
  origins: Readonly<Record<string, TestOrigin>>,
  changes: Partial<EdgeConfig> = {},
): Promise<EdgeLab> {
  const servers = Object.entries(origins).flatMap<Started>(([name, origin]) =>
    typeof origin === 'function'
      ? [{ name, server: createServer(origin), counted: false }]
      : 'raw' in origin
        ? [{ name, server: createTcpServer(origin.raw), counted: false }]
        : Array.from({ length: origin.instances }, (_, n) => ({
            name,
            counted: true,
            server: createOrigin({
              name,
              instance: n + 1,
              seed: 7,
              listen: { host, port: 0 },
              token,
              routes: origin.routes,
            }),
          })),
  )
  await Promise.all(servers.map(({ server }) => listening(server)))
  const configDir = await mkdtemp(join(tmpdir(), 'edge-'))
  const port = await freePort()
  const addresses = (name: string) =>
    servers.filter((one) => one.name === name).map(({ server }) => ({ host, port: portOf(server) }))
  const site = {
    listen: { host, port },
    origins: Object.fromEntries(Object.keys(origins).map((name) => [name, addresses(name)])),
    configDir,
    scratchDir: configDir,
  }
  for (const { path, text } of system.compile({ ...emptyPolicy, ...policy }, site).files)
    await writeFile(join(configDir, path), JSON.stringify({ ...JSON.parse(text), ...changes }))
  // As built (node build.mjs): from its sources each start would take a second of a core.
  const child = spawn(process.execPath, [programPath(system.id), ...(launchOf(system)?.args(site) ?? [])], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await ready(child, port)

  const control = async (method: string, path: string, body?: string): Promise<readonly string[]> =>
    Promise.all(
      servers
        .filter(({ counted }) => counted)
        .map(async ({ server }) => {
          const answer = await fetch(`http://${host}:${portOf(server)}${path}`, {
            method,
            headers: { authorization: `Bearer ${token}` },
            ...(body === undefined ? {} : { body }),
          })
          if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
          return answer.text()
        }),
    )
  const counts = async (origin?: string): Promise<readonly OriginCounts[]> =>
    (await control('GET', originControl.counts))
      .map((text) => JSON.parse(text) as OriginCounts)
      .filter(({ name }) => origin === undefined || name === origin)
  return {
    port,
    alive: () => child.exitCode === null && child.signalCode === null,
    get: (target, headers = {}, method = 'GET') => ask(port, target, headers, method),
    counts,
    hits: async () => (await counts()).reduce((sum, { requests }) => sum + requests, 0),
    fail: async (failing) => void (await control('POST', originControl.behaviour, JSON.stringify({ failing }))),
    async close() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      for (const { server } of servers) {
        server.close()
        if (server instanceof Server) server.closeAllConnections()
      }
      await rm(configDir, { recursive: true })
    },
  }
}

async function listening(server: TcpServer): Promise<void> {
  server.listen(0, host)
  await once(server, 'listening')
}

export function portOf(server: TcpServer): number {
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  await listening(server)
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  const look = async (): Promise<number | string> => {
    if (child.exitCode !== null) throw new Error(`the edge ended with ${child.exitCode}`)
    return ask(port, readyPath, {}, 'GET').then(
      ({ status }) => status,
      (error) => String(error),
    )
  }
  await until('the edge is ready', look, (seen) => seen === 204, 50_000)
}

/** Over a socket of its own, so that the request line and the headers leave as the test wrote them. */
function ask(port: number, target: string, headers: Readonly<Record<string, string>>, method: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const lines = Object.entries({ host: 'edge.test', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    const socket = connect(port, host, () =>
      socket.write(`${method} ${target} HTTP/1.1\r\nconnection: close\r\n${lines.join('')}\r\n`),
    )
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${method} ${target}`)))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      try {
        resolve(parsed(Buffer.concat(chunks)))
      } catch (error) {
        reject(error)
      }
    })
  })
}

function parsed(bytes: Buffer): Answer {
  const end = bytes.indexOf('\r\n\r\n')
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase()
    const value = line.slice(line.indexOf(':') + 1).trim()
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value
  }
  const status = Number(first.split(' ')[1])
  if (!status) throw new Error(`not an HTTP answer: ${first || 'nothing'}`)
  const rest = bytes.subarray(end + 4)
  const body = headers['transfer-encoding'] === 'chunked' ? unchunked(rest) : rest
  return { status, headers, body: body.toString('utf8') }
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString(), 16)
    if (!size) break
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
  return Buffer.concat(parts)
}
