/** A workshop of 200 simulated participants with one host: what it costs the host, and how long a report takes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { workshopNamed } from '../../src/workshop/host/state/workshop-folder.ts'
import { tellHost } from '../../src/workshop/host/tell-host.ts'
import { cpuUs, originCore, repository, startPinned, stop } from '../processes.ts'
import { goal, median, print, table } from '../table.ts'
import { joinAs, type Participant } from './participant.ts'

const people = 200
/** Each reports a step in so many seconds, on average: faster than anybody reads. */
const secondsPerStep = 10

/** `seconds` at a workshop's pace, then `bursts` releases of a step at which everybody waits. */
export async function benchWorkshop(seconds: number, bursts: number): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'edgelab-bench-'))
  process.env['EDGELAB_HOME'] = home
  const host = startPinned(originCore, process.execPath, [
    join(repository, 'dist/cli.js'),
    ...['host', '--listen', '127.0.0.1', '--lab', '1', '--passcode', 'benchmark'],
  ])
  try {
    const lines = createInterface({ input: host.stdout! })
    const [address] = await lineWith(lines, /edgelab join (\S+)/)
    await measure(host.pid!, address!, seconds, bursts)
  } finally {
    await stop(host)
    await rm(home, { recursive: true, force: true })
  }
}

/** Several lines may come at once: each is looked at. */
function lineWith(lines: NodeJS.EventEmitter, pattern: RegExp): Promise<readonly string[]> {
  return new Promise((resolve) => {
    lines.on('line', (line: string) => {
      const found = pattern.exec(line)
      if (found) resolve(found.slice(1))
    })
  })
}

interface Phase {
  readonly name: string
  /** Milliseconds. */
  readonly reports: readonly number[]
  /** Of one core. */
  readonly cpu: number
  /** How long it was ready to run and had no core, in milliseconds: what a busy machine adds to every report. */
  readonly waited: number
  readonly memory: number
}

async function measure(pid: number, address: string, seconds: number, bursts: number): Promise<void> {
  const alone = await memoryOf(pid)
  let heard: (index: number, version: number) => void = () => {}
  const joinTimes: number[] = []
  const participants = await Promise.all(
    Array.from({ length: people }, async (_, index) => {
      // As people come into a room: within ten seconds.
      await pause((index * 10_000) / people)
      const begun = performance.now()
      const joined = await joinAs(index, address, 'benchmark', ({ version }) => heard(index, version))
      joinTimes.push(performance.now() - begun)
      return joined
    }),
  )
  const pace = await phase(pid, 'a workshop’s pace', () => atPace(participants, seconds))
  const workshop = await workshopNamed()
  const released = await phase(pid, `a step released, ${bursts} times`, async () => {
    const reports: number[] = []
    for (let burst = 0; burst < bursts; burst += 1) {
      // Each is paused and released: two changes of the orders.
      const released = 2 * (burst + 1)
      const waiting = new Map<number, Promise<number>>()
      const everybody = new Promise<void>((resolve) => {
        heard = (index, version) => {
          // The same orders come again with every heartbeat.
          if (version !== released || waiting.has(index)) return
          waiting.set(index, participants[index]!.report(`step-${burst}`))
          if (waiting.size === people) resolve()
        }
      })
      await tellHost(workshop, { pauseAt: { lab: 'one-hop', step: 'guess' } })
      await tellHost(workshop, { pauseAt: null })
      await everybody
      reports.push(...(await Promise.all(waiting.values())))
      await pause(500)
    }
    return reports
  })
  for (const each of participants) each.close()
  report(alone, joinTimes, [pace, released])
}

async function atPace(participants: readonly Participant[], seconds: number): Promise<readonly number[]> {
  const endsAt = performance.now() + seconds * 1000
  const each = participants.map(async (participant) => {
    const reports: number[] = []
    for (let step = 0; ; step += 1) {
      const waitMs = -Math.log(1 - Math.random()) * secondsPerStep * 1000
      if (performance.now() + waitMs > endsAt) return reports
      await pause(waitMs)
      reports.push(await participant.report(`step-${step % 14}`))
    }
  })
  const reports = (await Promise.all(each)).flat()
  await pause(Math.max(0, endsAt - performance.now()))
  return reports
}

async function phase(pid: number, name: string, doing: () => Promise<readonly number[]>): Promise<Phase> {
  const [begunUs, begunAt, waitedBefore] = [cpuUs(pid), performance.now(), await waitedMs(pid)]
  const reports = await doing()
  const cpu = (cpuUs(pid) - begunUs) / 1000 / (performance.now() - begunAt)
  return { name, reports, cpu, waited: (await waitedMs(pid)) - waitedBefore, memory: await memoryOf(pid) }
}

/** Of the main thread, in the run queue (kernel documentation, scheduler/sched-stats). */
async function waitedMs(pid: number): Promise<number> {
  const [, waitedNs] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ')
  return Number(waitedNs) / 1e6
}

/** Resident, in MB. */
async function memoryOf(pid: number): Promise<number> {
  const [, kB] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kB) / 1024
}

function report(alone: number, joinTimes: readonly number[], phases: readonly [Phase, Phase]): void {
  const ms = (value: number): string => `${value.toFixed(1)} ms`
  table(
    [`${people} participants`, 'reports', 'p50', 'p99', 'longest', 'CPU of a core', 'waited for one', 'memory'],
    phases.map(({ name, reports, cpu, waited, memory }) => [
      name,
      String(reports.length),
      ...[median(reports), quantile(reports, 0.99), Math.max(...reports)].map(ms),
      `${(cpu * 100).toFixed(1)} %`,
      `${(waited / 1000).toFixed(1)} s`,
      `${memory.toFixed(0)} MB`,
    ]),
  )
  print(`The host alone: ${alone.toFixed(0)} MB. Joining, with its stream: p50 ${ms(median(joinTimes))}.`)
  const [pace, released] = phases
  const memory = Math.max(pace.memory, released.memory)
  goal(`${(pace.cpu * 100).toFixed(1)} % of a core at a workshop’s pace`, '10 % at most', pace.cpu <= 0.1)
  goal(
    `p99 of ${ms(quantile(released.reports, 0.99))} when a step is released`,
    '1 s at most',
    quantile(released.reports, 0.99) <= 1000,
  )
  goal(`${memory.toFixed(0)} MB`, '256 MB at most', memory <= 256)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}
