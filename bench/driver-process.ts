/** The bundled driver, as runs use it, on the clients' core. */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { get } from '../src/http/request.ts'
import { connectDriver } from '../src/traffic/driver-client.ts'
import { driverEnvironment, driverFiles } from '../src/traffic/launch.ts'
import { percentileUs, sumHistograms } from '../src/traffic/measure/histogram.ts'
import type { ClosedPlan, DriverPlan, Frame, Target } from '../src/traffic/plan.ts'
import { freePort } from './origin.ts'
import { clientCore, cpuUs, driverProgram, startPinned, stop } from './processes.ts'

export interface Measured {
  readonly answered: number
  readonly failed: number
  readonly durationMs: number
  readonly cpuUs: number
  readonly busyMs: number
  readonly latencyP50Us: number
  readonly serviceP50Us: number
  readonly latenessP50Us: number
  readonly latenessP99Us: number
  /** A percentile (0–100) of the response, from the intended time, microseconds. */
  latencyAt(percentile: number): number
  /** Median from send to answer of each whole second, microseconds. */
  readonly p50UsBySecond: readonly number[]
}

export interface DriverProcess {
  readonly pid: number
  readonly child: ChildProcess
  run(plan: DriverPlan): Promise<Measured>
  stop(): Promise<void>
}

export async function startDriver(...nodeOptions: readonly string[]): Promise<DriverProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-bench-'))
  const listen = { host: '127.0.0.1', port: await freePort() }
  const token = randomBytes(24).toString('hex')
  for (const { path, text } of driverFiles({ listen, token })) await writeFile(join(folder, path), text)
  const args = [...nodeOptions, driverProgram, join(folder, 'driver.json')]
  const child = startPinned(clientCore, process.execPath, args, driverEnvironment)
  await new Promise((resolve) => child.stdout!.once('data', resolve))
  const client = connectDriver(`http://${listen.host}:${listen.port}`, token)
  const pid = child.pid!
  return {
    pid,
    child,
    run: async (plan) => {
      const frames: Frame[] = []
      const before = cpuUs(pid)
      const { durationMs } = await client.run(plan, (frame) => frames.push(frame), new AbortController().signal)
      return measured(frames, durationMs, cpuUs(pid) - before)
    },
    stop: async () => {
      await stop(child)
      await rm(folder, { recursive: true })
    },
  }
}

/** One request again and again, as often as it is answered. */
export function closedLoop(target: Target, durationMs: number, connections = 50): ClosedPlan {
  const mix = [{ ...get('/'), client: 'bench', weight: 1, skew: 'uniform' }] as const
  const phase = { kind: 'closed', phase: 'closed', forMs: durationMs, measured: true, mix } as const
  return { ...planBase(target), connections, mode: 'closed', phases: [phase] }
}

export function planBase(target: Target) {
  return { target, connections: 50, timeoutMs: 5000, seed: 7 }
}

function measured(frames: readonly Frame[], durationMs: number, cpu: number): Measured {
  const series = frames.flatMap((frame) => frame.series)
  const latency = sumHistograms(series.map((each) => each.latency))
  const service = sumHistograms(series.map((each) => each.service))
  const lateness = sumHistograms(frames.map((frame) => frame.lateness))
  return {
    answered: frames.reduce((sum, frame) => sum + frame.answered, 0),
    failed: frames.flatMap((frame) => Object.values(frame.failures)).reduce((sum, count) => sum + count, 0),
    durationMs,
    cpuUs: cpu,
    busyMs: frames.reduce((sum, frame) => sum + frame.busyMs, 0),
    latencyP50Us: percentileUs(latency, 50),
    serviceP50Us: percentileUs(service, 50),
    latenessP50Us: percentileUs(lateness, 50),
    latenessP99Us: percentileUs(lateness, 99),
    latencyAt: (percentile) => percentileUs(latency, percentile),
    p50UsBySecond: [...Map.groupBy(frames, ({ atMs }) => Math.floor(Math.max(0, atMs - 125) / 1000)).values()].map(
      (own) => percentileUs(sumHistograms(own.flatMap((frame) => frame.series.map((each) => each.service))), 50),
    ),
  }
}
