/** NGINX against itself on the real thing: how often, how widely and how soon two that are equal are called different. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { familyOf } from '../../src/measurement/slices/family.ts'
import { loadRecord } from '../../src/measurement/store/store.ts'
import { holm } from '../../src/statistics/holm.ts'
import { halfWidthOf, type Interval } from '../../src/statistics/interval.ts'
import { judge, leastClaim, type Metric } from '../../src/statistics/judge.ts'
import { significance } from '../../src/statistics/sequential/look.ts'
import { endsWithBenchmark, repository } from '../processes.ts'
import { goal, median, print, table } from '../table.ts'

interface Run {
  readonly intervals: Readonly<Record<Metric, Interval>>
  readonly isClaimed: boolean
  /** From the first slice to the last, starts included. */
  readonly seconds: number
  readonly load: number
}

export async function benchEqualSystems(runs: number): Promise<void> {
  const measured: Run[] = []
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-aa-'))
  for (let run = 0; run < runs; run += 1) measured.push(await measureOnce(join(folder, String(run)), run + 1))
  await rm(folder, { recursive: true })
  table(
    ['run', 'p50', '±', 'CPU', '±', 'starts', 'seconds', 'load', 'claimed'],
    measured.map(({ intervals: { p50, cpu }, isClaimed, seconds, load }, run) => [
      String(run + 1),
      `×${p50.ratio.toFixed(3)}`,
      percent(halfWidthOf(p50)),
      `×${cpu.ratio.toFixed(3)}`,
      percent(halfWidthOf(cpu)),
      String(p50.starts),
      seconds.toFixed(0),
      load.toFixed(1),
      isClaimed ? 'yes' : 'no',
    ]),
  )
  const claimed = measured.filter(({ isClaimed }) => isClaimed).length
  const halfWidth = (metric: Metric): number => median(measured.map(({ intervals }) => halfWidthOf(intervals[metric])))
  const longest = Math.max(...measured.map(({ seconds }) => seconds))
  goal(`${claimed} of ${runs} runs call equals different`, 'at most one in ten', claimed <= runs / 10)
  goal(`median half-width of the p50 ratio ${percent(halfWidth('p50'))}`, 'at most 5 %', halfWidth('p50') <= 0.05)
  goal(`median half-width of the CPU ratio ${percent(halfWidth('cpu'))}`, 'at most 3 %', halfWidth('cpu') <= 0.03)
  goal(`the longest measured for ${longest.toFixed(0)} s`, 'at most 60 s', longest <= 60)
}

async function measureOnce(folder: string, seed: number): Promise<Run> {
  const options = [
    '--systems',
    'nginx,nginx',
    '--runtime',
    'processes',
    '--seed',
    String(seed),
    '--out',
    folder,
    '--json',
  ]
  const [load] = loadavg() as [number]
  await edgelab(['run', 'overhead', ...options])
  const { scenarios } = await loadRecord(folder)
  const [record] = scenarios
  if (!record?.slices) throw new Error('the run has no slices')
  const judged = judge(familyOf(record), record.slices.looks).filter(({ comparison }) => comparison.isDuplicate)
  const of = (metric: Metric) => judged.find(({ comparison }) => comparison.metric === metric)!
  const both = [of('p50'), of('cpu')]
  // As if they were two systems: Holm over both figures, and no duplicate but the two percent.
  const adjusted = holm(both.map(({ adjustedP }) => adjustedP))
  const isClear = ({ low, high }: Interval): boolean => low > 1 + leastClaim || high < 1 / (1 + leastClaim)
  const ends = record.slices.slices.map(({ atMs, durationMs }) => atMs + durationMs)
  const run = {
    intervals: { p50: of('p50').interval, cpu: of('cpu').interval },
    isClaimed: both.some(({ interval }, at) => adjusted[at]! < significance && isClear(interval)),
    seconds: Math.max(...ends) / 1000,
    load,
  }
  print(`run ${seed}: ${run.seconds.toFixed(0)} s, ${record.slices.stopped}`)
  return run
}

async function edgelab(words: readonly string[]): Promise<void> {
  const program = join(repository, 'src/edgelab.mjs')
  const child = endsWithBenchmark(
    spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'ignore', 'inherit'] }),
  )
  const code = await new Promise((resolve) => child.once('exit', resolve))
  // 1: an expectation was broken; the record is there.
  if (code !== 0 && code !== 1) throw new Error(`edgelab ended with ${code}`)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
