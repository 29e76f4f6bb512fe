/**
 * An origin that freezes for a second in every five, asked 200 times a second. A request that is due while it is frozen
 * waits for what is left of that second, so that 20 % of all wait, evenly from 0 to 1 s: the share that takes longer than
 * t seconds is 0.2 × (1 − t), and one in a hundred takes longer than 0.95 s. Whoever waits with its next request until the
 * origin is awake again never sees most of this (“coordinated omission”).
 */
import { join } from 'node:path'
import { get } from '../src/http/request.ts'
import { type DriverProcess, planBase } from './driver-process.ts'
import { freePort } from './origin.ts'
import { clientCore, originCore, runPinned, startPinned, stop } from './processes.ts'
import { goal, table } from './table.ts'

const perSecond = 200
const analyticMs = { p50: Number.NaN, p90: 500, p99: 950 }
const loader = ['--import', import.meta.resolve('tsx')]

/** `seconds`: a multiple of five, so that every cycle is whole. */
export async function benchFreeze(driver: DriverProcess, seconds: number): Promise<void> {
  const port = await freePort()
  const program = join(import.meta.dirname, 'freezing-origin.ts')
  const child = startPinned(originCore, process.execPath, [...loader, program, String(port)])
  await new Promise((resolve) => child.stdout!.once('data', resolve))
  const url = `http://127.0.0.1:${port}/`
  const ours = await byDriver(driver, port, seconds)
  const rows = [
    ['analytic', '–', analyticMs.p90.toFixed(0), analyticMs.p99.toFixed(0)],
    ['driver, open loop', ...ours.map(shown)],
    ['autocannon, rate 200', ...(await byAutocannon(url, seconds, false)).map(shown)],
    ['autocannon, rate 200, uncorrected', ...(await byAutocannon(url, seconds, true)).map(shown)],
    ['wrk, closed loop', ...(await byWrk(url, seconds)).map(shown)],
  ]
  await stop(child)
  table(['200/s, 1 s frozen in every 5; ms', 'p50', 'p90', 'p99'], rows)
  const p99 = ours[2]!
  const away = Math.abs(p99 / analyticMs.p99 - 1)
  goal(
    `the driver’s p99 is ${p99.toFixed(0)} ms, ${(away * 100).toFixed(1)} % from ${analyticMs.p99} ms`,
    'at most 5 %',
    away <= 0.05,
  )
}

const shown = (ms: number): string => ms.toFixed(ms < 10 ? 2 : 0)

async function byDriver(driver: DriverProcess, port: number, seconds: number): Promise<readonly number[]> {
  const mix = [{ ...get('/'), client: 'bench', weight: 1, skew: 'uniform' }] as const
  const rate = { fromPerSecond: perSecond, toPerSecond: perSecond, arrivals: 'poisson' } as const
  const phase = { kind: 'rate', phase: 'steady', forMs: seconds * 1000, measured: true, ...rate, mix } as const
  // As many connections as a second brings requests, and more: none waits for another’s.
  const base = { ...planBase({ host: '127.0.0.1', port }), connections: 2 * perSecond }
  const { latencyAt } = await driver.run({ ...base, mode: 'open', phases: [phase] })
  return [50, 90, 99].map((percentile) => latencyAt(percentile) / 1000)
}

async function byAutocannon(url: string, seconds: number, uncorrected: boolean): Promise<readonly number[]> {
  const cli = join(import.meta.dirname, '../node_modules/autocannon/autocannon.js')
  const args = ['-c', '50', '-R', String(perSecond), '-d', String(seconds), '--json', '--no-progress']
  const flags = uncorrected ? ['--ignoreCoordinatedOmission'] : []
  const output = await runPinned(clientCore, process.execPath, [cli, ...args, ...flags, url])
  const { latency } = JSON.parse(output.slice(output.indexOf('{'))) as {
    latency: Record<'p50' | 'p90' | 'p99', number>
  }
  return [latency.p50, latency.p90, latency.p99]
}

async function byWrk(url: string, seconds: number): Promise<readonly number[]> {
  const output = await runPinned(clientCore, 'wrk', ['--latency', '-t1', '-c50', `-d${seconds}s`, url])
  return ['50', '90', '99'].map((percentile) => {
    const [, value, unit] = new RegExp(`${percentile}%\\s+([\\d.]+)(us|ms|s)`).exec(output)!
    return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's']
  })
}
