/**
 * A run thirty times as long must not need more memory: neither the driver, which sends as much as it can meanwhile, nor
 * the host, which hears of it four times a second and keeps a record.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { closedLoop, startDriver } from './driver-process.ts'
import type { FastOrigin } from './origin.ts'
import { endsWithBenchmark, repository } from './processes.ts'
import { goal, table } from './table.ts'

/** Collects and tells when it is asked: what a heap takes between two collections is its breathing, and no growth. */
const telling = ['--expose-gc', '--import', join(import.meta.dirname, 'gc-on-signal.mjs')]

export async function benchMemory(origin: FastOrigin, fromS: number, toS: number): Promise<void> {
  // Half a minute on the way, to see where it goes.
  const atS = [fromS, Math.round((fromS + toS) / 3), Math.round(((fromS + toS) * 2) / 3), toS]
  const [driver, host] = [await ofDriver(origin, atS), await ofHost(atS)]
  table(
    ['memory after collecting, MB, at', ...atS.map((s) => `${s} s`)],
    [
      ['driver, closed loop', ...driver.map((mb) => mb.toFixed(1))],
      ['host, a run in rounds', ...host.map((mb) => mb.toFixed(1))],
    ],
  )
  for (const [who, mb] of [['driver', driver] as const, ['host', host] as const]) {
    const grown = mb.at(-1)! / mb[0]! - 1
    goal(`${who}: ${(grown * 100).toFixed(1)} % more after ${toS} s`, 'at most 10 %', grown <= 0.1)
  }
}

async function ofDriver({ target }: FastOrigin, atS: readonly number[]): Promise<readonly number[]> {
  const driver = await startDriver(...telling)
  const run = driver.run(closedLoop(target, (atS.at(-1)! + 2) * 1000))
  const seen = await samples(driver.child, atS)
  await run
  await driver.stop()
  return seen
}

/** `direct` alone, in one round of that length. */
async function ofHost(atS: readonly number[]): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-bench-'))
  const file = join(folder, 'long.yaml')
  await writeFile(file, scenarioOf(atS.at(-1)! + 2))
  const args = [
    ...telling,
    join(repository, 'dist/cli.js'),
    'run',
    file,
    '--systems',
    'direct',
    '--runtime',
    'processes',
  ]
  const child = endsWithBenchmark(
    spawn(process.execPath, [...args, '--rounds', '1', '--json', '--out', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`edgelab run ended with ${code} before it measured`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('"round-started"')) resolve()
    })
  })
  const seen = await samples(child, atS)
  await ended
  await rm(folder, { recursive: true })
  return seen
}

/** MB at these seconds from now. */
async function samples(child: ChildProcess, atS: readonly number[]): Promise<readonly number[]> {
  const began = performance.now()
  const seen: number[] = []
  child.stdout!.setEncoding('utf8')
  for (const at of atS) {
    await delay(Math.max(0, at * 1000 - (performance.now() - began)))
    const told = new Promise<number>((resolve) => {
      const hear = (text: string): void => {
        const bytes = /rss (\d+)/.exec(text)?.[1]
        if (bytes === undefined) return
        child.stdout!.off('data', hear)
        resolve(Number(bytes) / 1024 / 1024)
      }
      child.stdout!.on('data', hear)
    })
    child.kill('SIGUSR2')
    seen.push(await told)
  }
  return seen
}

function scenarioOf(seconds: number): string {
  return `formatVersion: 1
id: long
title: A long round
question: Does memory grow?
measure: rounds
policy:
  routes: [{ path: /products, origin: catalogue }]
origins:
  catalogue: { routes: [{ path: "/products/{id}", body: product }] }
clients:
  web: { accept: application/json }
traffic:
  - { phase: steady, for: ${seconds}s, rate: 500/s, mix: [{ get: "/products/{1..200}", client: web }] }
rounds: { quick: 1, full: 1 }
`
}
