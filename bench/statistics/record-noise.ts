/**
 * `taskset -c 1 npx tsx bench/statistics/record-noise.ts FILE [starts] [blocks]`: what slices of equal systems look like on this
 * machine. `direct` and three identical NGINX before one origin, all started afresh again and again, in blocks whose
 * order is drawn; the client has the other core. What the simulation of runs (simulate.ts) draws from.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { get } from '../../src/http/request.ts'
import type { OriginSpec } from '../../src/origin/spec.ts'
import { seededRandom } from '../../src/scenario/schedule/random.ts'
import { schedule } from '../../src/scenario/schedule/schedule.ts'
import { type Outgoing, openPool, type Pool } from '../../src/traffic/http/pool.ts'
import { openLoop } from '../../src/traffic/loops/open-loop.ts'
import { prepare } from '../../src/traffic/prepare.ts'
import { freePort } from '../origin.ts'
import { cpuUs, originCore, repository, startPinned, stop } from '../processes.ts'
import { median, print } from '../table.ts'

const [file, starts = '24', blocks = '24'] = process.argv.slice(2)
if (file === undefined) throw new Error('usage: record-noise.ts FILE [starts] [blocks]')

const systems = ['direct', 'a', 'b', 'c']
const ratePerSecond = 1000
const sliceMs = 50
const line = { client: 'web', weight: 1, skew: 'uniform' } as const

interface Sent extends Outgoing {
  readonly latencies: number[]
}

interface Running {
  readonly pool: Pool<Sent>
  readonly after: string
  /** Of the system itself; none of `direct`. */
  readonly pid: number | undefined
}

const folder = mkdtempSync(join(tmpdir(), 'edgelab-noise-'))
const random = seededRandom(20261129)
const slices: (readonly [start: number, block: number, system: number, atMs: number, p50Us: number, cpuNs: number])[] =
  []
const began = performance.now()
let seed = 0
for (let start = 0; start < Number(starts); start += 1) await measureStart(start)
const loads = loadavg().map((each) => each.toFixed(1))
const record = { systems, ratePerSecond, sliceMs, load: loads, slices }
writeFileSync(file, gzipSync(JSON.stringify(record), { level: 9 }))
rmSync(folder, { recursive: true })
print(`${slices.length} slices, load ${loads.join(' ')}`)
process.exit(0)

async function measureStart(start: number): Promise<void> {
  const origin = await startOrigin()
  const proxies = await Promise.all(systems.slice(1).map((name) => startNginx(name, origin.port)))
  const all = [{ port: origin.port, child: undefined }, ...proxies].map(({ port, child }): Running => {
    const target = { host: '127.0.0.1', port }
    const mix = [{ ...get('/products/{1..200}'), headers: [['accept', 'application/json']] as const, ...line }]
    const plan = {
      target,
      connections: 16,
      timeoutMs: 5000,
      seed: 1,
      mode: 'open',
      phases: [phase(1000, mix)],
    } as const
    return { pool: poolOf(target), after: prepare(plan).texts[0]![0]!.after, pid: child?.pid }
  })
  for (const each of all) await slice(each, 300)
  for (let block = 0; block < Number(blocks); block += 1) {
    const order = all.map((_, index) => index).sort(() => random() - 0.5)
    for (const index of order) {
      const running = all[index]!
      const before = running.pid === undefined ? 0 : cpuUs(running.pid)
      const atMs = Math.round(performance.now() - began)
      const latencies = await slice(running, sliceMs)
      const spentUs = running.pid === undefined ? 0 : cpuUs(running.pid) - before
      const cpuNs = Math.round((spentUs * 1000) / latencies.length)
      slices.push([start, block, index, atMs, Math.round(median(latencies) * 10_000) / 10, cpuNs])
    }
  }
  for (const { pool } of all) pool.close()
  await Promise.all([...proxies, origin].map(({ child }) => stop(child)))
}

function phase(forMs: number, mix: readonly object[]) {
  const rates = { fromPerSecond: ratePerSecond, toPerSecond: ratePerSecond, arrivals: 'poisson' } as const
  return { kind: 'rate', phase: 'steady', forMs, measured: true, ...rates, mix } as never
}

/** Milliseconds from the intended time, one for each request, once all are answered. */
async function slice({ pool, after }: Running, forMs: number): Promise<readonly number[]> {
  const latencies: number[] = []
  seed += 1
  const mix = [{ ...get('/products/{1..200}'), ...line }]
  const startedAt = performance.now()
  const send = ({ atMs, path }: { atMs: number; path: string }): void =>
    pool.submit({ method: 'GET', text: `GET ${path}${after}`, dueAt: startedAt + atMs, sentAt: 0, latencies })
  const arrivals = schedule([phase(forMs, mix)], seed)
  await openLoop({ arrivals, startedAt, send, spent: () => undefined }, new AbortController().signal)
  while (pool.outstanding > 0) await new Promise((resolve) => setImmediate(resolve))
  return latencies
}

function poolOf(target: { host: string; port: number }): Pool<Sent> {
  const nothing = (): void => undefined
  return openPool<Sent>(
    { target, connections: 16, timeoutMs: 5000 },
    {
      head: () => false,
      body: nothing,
      connected: nothing,
      unasked: nothing,
      spent: nothing,
      sent: nothing,
      answered: ({ latencies, dueAt }, _head, _bytes, at) => latencies.push(at - dueAt),
      failed: (_request, kind, why) => {
        throw new Error(`${kind} ${why}`)
      },
    },
  )
}

async function startOrigin() {
  const port = await freePort()
  const listen = { host: '127.0.0.1', port }
  const routes = [{ path: '/products/{id}', body: 'product' }] as const
  const spec: OriginSpec = { name: 'catalogue', instance: 1, seed: 1, listen, token: 'none', routes }
  const specs = join(folder, 'origin.json')
  writeFileSync(specs, JSON.stringify([spec]))
  const program = join(repository, 'dist/programs/origin.mjs')
  const child = startPinned(originCore, process.execPath, [program, specs])
  await answering(port)
  return { port, child }
}

async function startNginx(name: string, originPort: number) {
  const port = await freePort()
  const config = join(folder, `${name}.conf`)
  writeFileSync(config, configuration(name, port, originPort))
  const child = startPinned(originCore, 'nginx', ['-c', config, '-p', folder, '-e', join(folder, 'error.log')])
  await answering(port)
  return { port, child }
}

function configuration(name: string, port: number, originPort: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${name}-${kind};`)
    .join(' ')
  return `daemon off; master_process off; worker_processes 1; pid ${folder}/${name}.pid;
events { worker_connections 1024; }
http {
  access_log off; server_tokens off; keepalive_requests 1000000000; tcp_nodelay on; ${temporary}
  upstream origin { server 127.0.0.1:${originPort}; keepalive 32; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`
}

async function answering(port: number): Promise<void> {
  const givesUpAt = performance.now() + 15_000
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/products/1`).catch((error: Error) => error)
    if (!(response instanceof Error) && response.ok) return
    if (performance.now() > givesUpAt) throw new Error(`no answer on ${port} within 15 s: ${response}`)
    await new Promise((resume) => setTimeout(resume, 5))
  }
}
