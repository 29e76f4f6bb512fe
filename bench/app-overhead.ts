/** Whether a run that is watched in the app measures something else than one that writes JSON lines into a file. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detectable, differencesOf, ratioInterval, roundsNeeded } from '../src/comparison/costs/rounds-statistics.ts'
import { cpuPerRequest, latencyOf, medianOver, percentileMs, roundsOf, seriesOf } from '../src/comparison/rounds.ts'
import type { RunRecord } from '../src/measurement/run-record.ts'
import { loadRecord } from '../src/measurement/store/store.ts'
import { endsWithBenchmark, repository } from './processes.ts'
import { goal, print, table } from './table.ts'
import { startOnTerminal } from './terminal.ts'

const scenario = 'overhead'
const systems = ['direct', 'node-proxy'] as const
const edgelab = join(repository, 'src/edgelab.mjs')

/** Where only a larger difference would be seen, that none was seen says nothing. */
const tooNoisy = 0.2

interface Figure {
  readonly name: string
  readonly label: (typeof systems)[number]
  readonly of: (run: RunRecord) => number
}

const figures: readonly Figure[] = [
  ...systems.map((label): Figure => ({ name: `p50 of ${label}`, label, of: (run) => p50Ms(run, label) })),
  { name: 'CPU per request of node-proxy', label: 'node-proxy', of: (run) => cpuUs(run, 'node-proxy', 'system') },
  { name: 'CPU per request of its origins', label: 'node-proxy', of: (run) => cpuUs(run, 'node-proxy', 'origins') },
]

export async function benchAppOverhead(pairs: number, rounds: number): Promise<void> {
  print(
    `Scenario ${scenario}, ${rounds} rounds, in processes, same seed: with the app's live screen drawn on a terminal, and with --json
into a file, in turns, ${pairs} of each. A figure is the median of a run's rounds; ratios are taken within a pair.`,
  )
  const measured: (readonly [app: RunRecord, json: RunRecord])[] = []
  while (measured.length < pairs) {
    // Every second pair the other way round: what comes second may meet a warmer machine.
    const appFirst = measured.length % 2 === 0
    const one = await measure(appFirst ? inApp : asJson, rounds)
    const other = await measure(appFirst ? asJson : inApp, rounds)
    measured.push(appFirst ? [one, other] : [other, one])
  }
  const found = figures.map(({ name, of }) => {
    const interval = ratioInterval(measured.map(([app, json]) => [of(app), of(json)]))
    return { name, interval, seenFrom: detectable(interval, 0) }
  })
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  table(
    ['app ÷ --json', 'ratio', 'interval', 'covers 1', 'a difference would show from'],
    found.map(({ name, interval, seenFrom }) => [
      name,
      interval.ratio.toFixed(3),
      `${interval.low.toFixed(3)} – ${interval.high.toFixed(3)}`,
      interval.low <= 1 && interval.high >= 1 ? 'yes' : 'no',
      interval.kind === 'range' ? 'too few pairs' : percent(seenFrom),
    ]),
  )
  const needed = roundsNeeded(found.length)
  if (pairs < needed) return print(`A claim about ${found.length} figures at once takes ${needed} pairs.`)
  const judged = differencesOf(
    found.map(({ interval }) => interval),
    0,
  )
  // As in reports: a 95 % bootstrap interval, and nothing below two percent is called a difference.
  for (const [at, { name, seenFrom }] of found.entries()) {
    const { difference } = judged[at]!
    goal(
      `difference in ${name}: ${difference}; one of ${percent(seenFrom)} would have been seen`,
      `none; one of ${percent(tooNoisy)} is seen`,
      difference === 'none' && seenFrom <= tooNoisy,
    )
  }
}

/** In a folder of its own, whose one run is read. */
async function measure(run: (folder: string, rounds: number) => Promise<void>, rounds: number): Promise<RunRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-bench-'))
  await run(folder, rounds)
  const record = await loadRecord(recordIn(folder)!)
  await rm(folder, { recursive: true })
  return record
}

function recordIn(folder: string): string | undefined {
  const reports = join(folder, 'reports')
  const runs = existsSync(reports) ? readdirSync(reports) : []
  return runs.map((run) => join(reports, run, 'run.json')).find(existsSync)
}

/** No engine: in both ways the run is carried by processes. */
const environment = (folder: string) => ({
  EDGELAB_HOME: join(folder, 'home'),
  DOCKER_HOST: `unix://${join(folder, 'none.sock')}`,
})

async function asJson(folder: string, rounds: number): Promise<void> {
  const output = openSync(join(folder, 'events.jsonl'), 'w')
  const args = ['run', scenario, '--systems', systems.join(), '--rounds', String(rounds), '--json']
  const env = { ...process.env, ...environment(folder) }
  const child = endsWithBenchmark(
    spawn(process.execPath, [edgelab, ...args], { cwd: folder, env, stdio: ['ignore', output, 'inherit'] }),
  )
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  closeSync(output)
}

/** By keys, as a user does it: Compare proposes the last choice. */
async function inApp(folder: string, rounds: number): Promise<void> {
  const env = environment(folder)
  await mkdir(env.EDGELAB_HOME)
  const choice = { scenarios: [scenario], systems, rounds }
  await writeFile(join(env.EDGELAB_HOME, 'app.json'), JSON.stringify({ choice }))
  const terminal = startOnTerminal(`node ${edgelab}`, folder, env)
  const step = async (shows: RegExp, keys: string): Promise<void> => {
    await terminal.until((screen) => shows.test(screen))
    terminal.type(keys)
  }
  await step(/❯ Start the course/, '\x1b[B')
  await step(/❯ Compare systems/, '\r')
  await step(/ 1 of [1-9].*\[x\] overhead/s, '\r')
  await step(/ 2 of [1-9].*\[x\] direct.*\[x\] node-proxy/s, '\r')
  await step(/❯ Your own: /, '\r')
  await terminal.until(() => recordIn(folder) !== undefined)
  terminal.type('\x03')
  await terminal.ended
}

function p50Ms(run: RunRecord, label: string): number {
  const [measured] = run.scenarios
  return medianOver(roundsOf(measured!, label), (round) => percentileMs(latencyOf(seriesOf(measured!, [round])), 50))
}

function cpuUs(run: RunRecord, label: string, of: 'system' | 'origins'): number {
  return medianOver(roundsOf(run.scenarios[0]!, label), cpuPerRequest(of))
}
