/** Closed loop, 50 connections: our driver with all its counting against wrk, autocannon and undici, in turns. */

import { join } from 'node:path'
import { closedLoop, type DriverProcess } from './driver-process.ts'
import { type FastOrigin, requestsServed } from './origin.ts'
import { clientCore, cpuUs, runPinned } from './processes.ts'
import { goal, median, print, table } from './table.ts'

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
  const results: Round[] = []
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? clients : clients.toReversed()
    const entries: [Client, Caused][] = []
    for (const client of order) entries.push([client, await caused(origin, measure[client])])
    results.push(Object.fromEntries(entries) as Round)
  }
  print(
    'Each ratio is of two clients in the same round, and the goals take the median of such ratios. Where the machine',
  )
  print('changes its speed, medians of two clients come from different rounds: dividing those says little.')
  printRounds(results, 'Requests a second', 'perSecond', ['autocannon', 'wrk'])
  printRounds(results, 'CPU of the client, µs a request', 'cpuUsPerRequest', ['wrk'])
  printRounds(results, 'CPU of NGINX, µs a request', 'originUsPerRequest', ['wrk'])
  printRounds(results, 'Half of the answers within, µs', 'p50Us', [])
  const rate = median(ratiosOf(results, 'perSecond', 'autocannon'))
  goal(`${rate.toFixed(2)} × autocannon’s rate`, 'at least 1.4', rate >= 1.4)
  const ofWrk = median(ratiosOf(results, 'perSecond', 'wrk'))
  goal(`${ofWrk.toFixed(2)} × wrk’s rate`, 'at least 0.6', ofWrk >= 0.6)
  const cost = median(ratiosOf(results, 'originUsPerRequest', 'wrk'))
  goal(`${cost.toFixed(2)} × the CPU per request that wrk causes in NGINX`, '0.9 to 1.1', cost >= 0.9 && cost <= 1.1)
  const cpu = median(ratiosOf(results, 'cpuUsPerRequest', 'wrk'))
  goal(`${cpu.toFixed(2)} × wrk’s CPU per request`, 'at most 2', cpu <= 2)
}

type Round = Readonly<Record<Client, Caused>>

/** The driver’s figure by another client’s in the same round, of every round. */
function ratiosOf(rounds: readonly Round[], figure: keyof Caused, other: Client): readonly number[] {
  return rounds.map((round) => figureOf(round, 'driver', figure) / figureOf(round, other, figure))
}

/** NaN where the client does not tell. */
function figureOf(round: Round, client: Client, figure: keyof Caused): number {
  return round[client][figure] ?? Number.NaN
}

/** One figure of all clients, round by round, beside it the driver’s ratio to each of `others`; the medians last. */
function printRounds(rounds: readonly Round[], title: string, figure: keyof Caused, others: readonly Client[]): void {
  const perClient = clients.map((client) => rounds.map((round) => figureOf(round, client, figure)))
  const ratios = others.map((other) => ratiosOf(rounds, figure, other))
  const cells = (of: (column: readonly number[]) => number): readonly string[] => [
    ...perClient.map((column) => shown(of(column))),
    ...ratios.map((column) => of(column).toFixed(2)),
  ]
  print(`\n${title}`)
  table(
    ['round', ...clients, ...others.map((other) => `driver ÷ ${other}`)],
    [...rounds.map((_, at) => [String(at + 1), ...cells((column) => column[at]!)]), ['median', ...cells(median)]],
  )
}

function shown(value: number): string {
  if (Number.isNaN(value)) return '–'
  return value < 100 ? value.toFixed(2) : Math.round(value).toLocaleString('en')
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
