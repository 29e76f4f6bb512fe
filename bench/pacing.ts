/** Open loop: how late requests leave, and how much of the median response is the driver's own. */
import { get } from '../src/http/request.ts'
import { type DriverProcess, type Measured, planBase } from './driver-process.ts'
import type { FastOrigin } from './origin.ts'
import { goal, median, table } from './table.ts'

const rates = [500, 2000, 5000]

type Figure = 'latenessP50Us' | 'latenessP99Us' | 'latencyP50Us' | 'serviceP50Us' | 'busyMs' | 'durationMs'

export async function benchPacing(origin: FastOrigin, driver: DriverProcess, rounds: number, seconds: number) {
  const results = new Map<number, Measured[]>(rates.map((rate) => [rate, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const rate of rates) results.get(rate)!.push(await driver.run(planOf(origin, rate, seconds)))
  }
  const of = (rate: number, figure: Figure): number => median(results.get(rate)!.map((each) => each[figure]))
  const rows = rates.map((rate) => [
    rate.toLocaleString('en'),
    of(rate, 'latenessP50Us').toFixed(0),
    of(rate, 'latenessP99Us').toFixed(0),
    of(rate, 'latencyP50Us').toFixed(0),
    of(rate, 'serviceP50Us').toFixed(0),
    `${((of(rate, 'busyMs') / of(rate, 'durationMs')) * 100).toFixed(1)} %`,
  ])
  table(['requests/s', 'late p50 µs', 'late p99 µs', 'response p50 µs', 'service p50 µs', 'busy'], rows)
  for (const rate of rates) {
    const late = of(rate, 'latenessP50Us')
    goal(`${rate}/s: median lateness ${late.toFixed(0)} µs`, 'at most 20', late <= 20)
    const added = median(results.get(rate)!.map((each) => each.latencyP50Us / each.serviceP50Us - 1))
    goal(`${rate}/s: median response ${(added * 100).toFixed(1)} % above service`, 'at most 10 %', added <= 0.1)
  }
}

function planOf({ target }: FastOrigin, rate: number, seconds: number) {
  const mix = [{ ...get('/items/{1..200}'), client: 'bench', weight: 1, skew: 'uniform' }] as const
  const rates = { fromPerSecond: rate, toPerSecond: rate, arrivals: 'poisson' } as const
  const phase = { kind: 'rate', phase: 'steady', forMs: seconds * 1000, measured: true, ...rates, mix } as const
  return { ...planBase(target), mode: 'open', phases: [phase] } as const
}
