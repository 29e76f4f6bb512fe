/** Closed loop, 50 connections: our driver with all its counting against wrk, autocannon and undici, in turns. */

import { join } from 'node:path'
import { closedLoop, type DriverProcess } from './driver-process.ts'
import { type FastOrigin, requestsServed } from './origin.ts'
import { clientCore, cpuUs, runPinned } from './processes.ts'
import { goal, median, table } from './table.ts'

export interface Capacity {
  readonly perSecond: number
  readonly cpuUsPerRequest: number
  readonly p50Us: number | null
}

/** With what it cost NGINX meanwhile. */
interface Caused extends Capacity {
  readonly originUsPerRequest: number
}

const clients = ['driver', 'wrk', 'autocannon', 'undici'] as const
type Client = (typeof clients)[number]

export async function benchCapacity(origin: FastOrigin, driver: DriverProcess, rounds: number, seconds: number) {
  const measure: Record<Client, () => Promise<Capacity>> = {
    driver: () => byDriver(origin, driver, seconds),
    wrk: () => byWrk(origin.url, seconds),
    autocannon: () => byProcess('autocannon', origin.url, seconds),
    undici: () => byProcess('undici', origin.url, seconds),
  }
  await byDriver(origin, driver, 1)
  const results: Record<Client, Caused>[] = []
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? clients : clients.toReversed()
    const entries: [Client, Caused][] = []
    for (const client of order) entries.push([client, await caused(origin, measure[client])])
    results.push(Object.fromEntries(entries) as Record<Client, Caused>)
  }
  const of = (client: Client, figure: keyof Caused): number =>
    median(results.map((each) => each[client][figure] ?? Number.NaN))
  const rows = clients.map((client) => [
    client,
    Math.round(of(client, 'perSecond')).toLocaleString('en'),
    of(client, 'cpuUsPerRequest').toFixed(2),
    of(client, 'originUsPerRequest').toFixed(2),
    Number.isNaN(of(client, 'p50Us')) ? '–' : of(client, 'p50Us').toFixed(0),
  ])
  table(['client', 'requests/s', 'CPU µs/request', 'NGINX µs/request', 'p50 µs'], rows)
  // Ratios within a round: what else the machine did weighs on both.
  const rate = median(results.map((each) => each.driver.perSecond / each.autocannon.perSecond))
  const cpu = median(results.map((each) => each.driver.cpuUsPerRequest / each.wrk.cpuUsPerRequest))
  goal(`${rate.toFixed(2)} × autocannon’s rate`, 'at least 1.4', rate >= 1.4)
  const ofWrk = median(results.map((each) => each.driver.perSecond / each.wrk.perSecond))
  goal(`${ofWrk.toFixed(2)} × wrk’s rate`, 'at least 0.6', ofWrk >= 0.6)
  const cost = median(results.map((each) => each.driver.originUsPerRequest / each.wrk.originUsPerRequest))
  goal(`${cost.toFixed(2)} × the CPU per request that wrk causes in NGINX`, '0.9 to 1.1', cost >= 0.9 && cost <= 1.1)
  goal(`${cpu.toFixed(2)} × wrk’s CPU per request`, 'at most 2', cpu <= 2)
}

/** autocannon and undici warm up first, at a rate like the one that counts: NGINX’s account is divided by all of it. */
async function caused(origin: FastOrigin, load: () => Promise<Capacity>): Promise<Caused> {
  const before = cpuUs(origin.pid)
  const served = await requestsServed(origin)
  const capacity = await load()
  return { ...capacity, originUsPerRequest: (cpuUs(origin.pid) - before) / ((await requestsServed(origin)) - served) }
}

async function byDriver({ target }: FastOrigin, driver: DriverProcess, seconds: number): Promise<Capacity> {
  const {
    answered,
    failed,
    durationMs,
    cpuUs: used,
    serviceP50Us,
  } = await driver.run(closedLoop(target, seconds * 1000))
  if (failed > 0) throw new Error(`${failed} requests of the driver failed`)
  return { perSecond: (answered / durationMs) * 1000, cpuUsPerRequest: used / answered, p50Us: serviceP50Us }
}

/** bash tells what its children have used, user and system. */
async function byWrk(url: string, seconds: number): Promise<Capacity> {
  const script = 'wrk --latency -t1 -c50 -d"$1" "$2" && times'
  const output = await runPinned(clientCore, 'bash', ['-c', script, 'wrk', `${seconds}s`, url])
  const [, requests, took] = /(\d+) requests in ([\d.]+)s/.exec(output)!
  const [, p50, unit] = /50%\s+([\d.]+)(us|ms)/.exec(output)!
  const used = output.trim().split('\n').at(-1)!
  const cpuSeconds = [...used.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
    0,
  )
  return {
    perSecond: Number(requests) / Number(took),
    cpuUsPerRequest: (cpuSeconds * 1e6) / Number(requests),
    p50Us: Number(p50) * (unit === 'ms' ? 1000 : 1),
  }
}

async function byProcess(client: 'autocannon' | 'undici', url: string, seconds: number): Promise<Capacity> {
  const program = join(import.meta.dirname, 'capacity-client.ts')
  const args = ['--import', import.meta.resolve('tsx'), program, client, url, String(seconds)]
  return JSON.parse(await runPinned(clientCore, process.execPath, args)) as Capacity
}
