/** A compiled configuration under the product that is installed here, and small origins behind it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Policy } from '../../src/policy/policy.ts'
import { availableAsProcess, commandOf, moduleOf } from '../../src/runtime/processes/binaries.ts'
import { type Address, launchOf, type Site, type System } from '../../src/systems/system.ts'
import { until } from '../until.ts'

/** Why a system cannot be tried here; undefined where it can. */
export function missing(system: System): string | undefined {
  const here = availableAsProcess(launchOf(system)!)
  return here.available ? undefined : `${here.reason} (${here.remedy})`
}

export interface TestOrigin {
  readonly address: Address
  readonly seen: IncomingMessage[]
  connections: number
  close(): Promise<void>
}

/** Answers every request by `listener` and keeps what came. */
export async function startOrigin(listener: RequestListener): Promise<TestOrigin> {
  const origin: { seen: IncomingMessage[]; connections: number } = { seen: [], connections: 0 }
  const server = createServer((incoming, response) => {
    origin.seen.push(incoming)
    incoming.resume()
    listener(incoming, response)
  })
  server.on('connection', () => {
    origin.connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(origin, {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  })
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface Edge {
  readonly address: Address
  readonly send: (path: string, headers?: Record<string, string>, method?: string) => Promise<Answer>
  readonly log: () => string
  readonly stop: () => Promise<void>
}

export async function startEdge(
  system: System,
  policy: Policy,
  origins: Readonly<Record<string, readonly Address[]>>,
  /** What readyPath must answer for the edge to be there; another where the test is about that. */
  readyStatuses: readonly number[] = [200, 204],
): Promise<Edge> {
  // As the runtime does it: open to nobody, as whom nginx works when root starts it.
  const folder = await mkdtemp(join(tmpdir(), 'edgelab test-'))
  await chmod(folder, 0o755)
  const launch = launchOf(system)!
  const module = moduleOf(launch)
  const site: Site = {
    listen: { host: '127.0.0.1', port: await freePort() },
    origins,
    configDir: join(folder, 'etc'),
    scratchDir: join(folder, 'run'),
    ...(module && { module }),
  }
  await mkdir(site.scratchDir)
  await chmod(site.scratchDir, 0o1777)
  for (const { path, text } of system.compile(policy, site).files) {
    await mkdir(dirname(join(site.configDir, path)), { recursive: true })
    await writeFile(join(site.configDir, path), text)
  }
  const env = { ...process.env, ...launch.environment?.(site) }
  const [binary] = commandOf(launch)!
  if (launch.validate) execFileSync(binary, launch.validate(site), { stdio: 'pipe', env })
  const child = spawn(binary, launch.args(site), { stdio: ['ignore', 'pipe', 'pipe'], env })
  const stopped = once(child, 'exit')
  let log = ''
  for (const output of [child.stdout, child.stderr])
    output.on('data', (text) => {
      log += String(text)
    })
  const send: Edge['send'] = (path, headers = {}, method = 'GET') => exchange(site.listen, path, headers, method)
  await untilReady(
    child,
    () => send(launch.readyPath),
    () => log,
    readyStatuses,
  )
  return {
    address: site.listen,
    send,
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM')
      await stopped
      await rm(folder, { recursive: true })
    },
  }
}

async function untilReady(
  child: ChildProcess,
  ask: () => Promise<Answer>,
  log: () => string,
  wanted: readonly number[],
): Promise<void> {
  const look = async (): Promise<number | string> => {
    if (child.exitCode !== null) throw new Error(`it ended: ${log()}`)
    return ask().then(
      ({ status }) => status,
      (error) => String(error),
    )
  }
  await until('it is ready', look, (seen) => wanted.some((status) => status === seen), 30_000)
}

async function freePort(): Promise<number> {
  const server: Server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** One request on a connection of its own; the path goes out as it is. */
export function exchange(
  { host, port }: Address,
  path: string,
  headers: Readonly<Record<string, string>>,
  method: string,
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host, port, path, headers, method, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        }),
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
