/**
 * `npm run bench [-- --short] [capacity] [steady] [freeze] [pacing] [memory] [app] [statistics] [import] [workshop] [room]
 * [aa]`: what the driver can do, beside the clients it is an alternative to; how soon the app can be used, and whether
 * watching a run changes it; how fast logs are imported; what a workshop costs its host, and what it bears. Everything
 * alternates in short rounds within one run, because machines have moods.
 */
import { existsSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { benchAppOverhead } from './app-overhead.ts'
import { benchCapacity } from './capacity.ts'
import { startDriver } from './driver-process.ts'
import { benchFirstScreen } from './first-screen.ts'
import { benchFreeze } from './freeze.ts'
import { benchImport } from './import.ts'
import { benchMemory } from './memory.ts'
import { startOrigin } from './origin.ts'
import { benchPacing } from './pacing.ts'
import { driverProgram, onPath } from './processes.ts'
import { benchRoom } from './room/bench-room.ts'
import { benchEqualSystems } from './statistics/aa.ts'
import { benchStatistics } from './statistics/statistics.ts'
import { benchSteady } from './steady.ts'
import { goalsMissed, print } from './table.ts'
import { benchWorkshop } from './workshop/workshop.ts'

const parts = [
  'capacity',
  'steady',
  'freeze',
  'pacing',
  'memory',
  'app',
  'statistics',
  'import',
  'workshop',
  'room',
  'aa',
]
const words = process.argv.slice(2)
const unknown = words.filter((word) => word !== '--short' && !parts.includes(word))
const short = words.includes('--short')
const wanted = (part: string): boolean => words.every((word) => word === '--short') || words.includes(part)

const ofDriver = ['capacity', 'steady', 'freeze', 'pacing', 'memory'].some(wanted)
const programs = [
  ...(ofDriver ? ['nginx', 'wrk', 'taskset', 'bash'] : []),
  ...(wanted('app') ? ['script'] : []),
  ...(words.includes('aa') ? ['nginx'] : []),
  ...(wanted('import') ? ['time', 'taskset', 'wc'] : []),
  ...(wanted('workshop') ? ['taskset'] : []),
]

const isReal = ofDriver || ['app', 'import', 'workshop', 'room'].some(wanted) || words.includes('aa')
const missing = [
  ...programs.filter((program) => !onPath(program)).map((program) => `${program} is not on PATH`),
  ...(isReal && availableParallelism() < 2 ? ['two cores are needed'] : []),
  ...(!isReal || existsSync(driverProgram) ? [] : ['dist/programs/driver.mjs is missing: npm run build']),
]
if (unknown.length > 0) {
  print(
    `Not a part of the benchmark: ${unknown.join(', ')}. Its parts: ${parts.join(', ')}; --short makes them shorter.`,
  )
  process.exitCode = 2
} else if (missing.length > 0) {
  print(`The benchmark cannot run: ${missing.join('; ')}.`)
  process.exitCode = 3
} else {
  await bench()
}

async function bench(): Promise<void> {
  const [load] = loadavg() as [number]
  print(
    `Load of the machine before the start: ${load.toFixed(1)}${load > 0.5 ? ' — too busy for pacing to mean much' : ''}`,
  )
  if (ofDriver) await benchDriver()
  if (wanted('app')) {
    print('\nApp: first screen')
    await benchFirstScreen(short ? 5 : 15)
    print('\nApp: a run that is watched, against one that is not')
    await benchAppOverhead(short ? 2 : 8, short ? 2 : 6)
  }
  if (wanted('statistics')) {
    print('\nStatistics: runs of three systems on the noise of real slices, 60 s each')
    benchStatistics(short ? 40 : 200)
  }
  if (wanted('import')) {
    print('\nImport: a log on one core, beside wc -l')
    await benchImport((short ? 0.1 : 1) * 1e9, short ? 2 : 3)
  }
  if (wanted('workshop')) {
    print('\nWorkshop: participants who are simulated, one host')
    await benchWorkshop(short ? 10 : 60, short ? 2 : 5)
  }
  if (wanted('room')) {
    print('\nRoom: a workshop of real processes, through the first predictions of lab 1')
    await benchRoom(short ? 6 : 20, 10_000)
  }
  // Ten minutes, and nothing else may run meanwhile: only where it is asked for.
  if (words.includes('aa')) {
    print('\nA/A: NGINX against itself, real runs')
    await benchEqualSystems(short ? 3 : 10)
  }
  if (goalsMissed() > 0) process.exitCode = 1
}

async function benchDriver(): Promise<void> {
  const origin = await startOrigin()
  const driver = await startDriver()
  const rounds = short ? 3 : 7
  const seconds = short ? 1 : 2
  if (wanted('capacity')) {
    print(`\nCapacity: closed loop, 50 connections, ${rounds} alternating rounds of ${seconds} s`)
    await benchCapacity(origin, driver, rounds, seconds)
  }
  if (wanted('steady')) {
    print('\nSteady: NGINX with its own keepalive_requests of 1,000, closed loop, 10 connections')
    const closing = await startOrigin(1000)
    await benchSteady(closing, driver, short ? 6 : 15)
    await closing.stop()
  }
  if (wanted('freeze')) {
    print('\nFreeze: an origin that does nothing for a second in every five')
    await benchFreeze(driver, short ? 20 : 60)
  }
  if (wanted('pacing')) {
    print(`\nPacing: open loop, Poisson arrivals, medians of ${rounds} rounds of ${seconds} s`)
    await benchPacing(origin, driver, rounds, seconds)
  }
  await driver.stop()
  if (wanted('memory')) {
    print('\nMemory')
    await benchMemory(origin, short ? 5 : 10, short ? 30 : 300)
  }
  await origin.stop()
}
