/** How long it takes from a command typed to a screen that can be used. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from './processes.ts'
import { goal, median, print, table } from './table.ts'
import { startOnTerminal, terminalSize } from './terminal.ts'

interface Start {
  readonly firstMs: number
  /** CPU time of launcher and app until then. */
  readonly cpuMs: number
  readonly completeMs: number
}

const wantedMs = 700
const entries = ['course', 'Compare systems', 'Open a report', 'What runs here', 'Glossary', 'Quit', '? keys']
/** The whole frame: its title, every entry of the menu, and the footer, which is its last line. */
const hasFrame = (screen: string): boolean =>
  screen.includes(' EdgeLab') && entries.every((each) => screen.includes(each))
/** A place that still waits for what belongs there: `Open a report          …`. */
const isComplete = (screen: string): boolean => hasFrame(screen) && !/ {2}…$/m.test(screen)

export async function benchFirstScreen(starts: number): Promise<void> {
  const { columns, rows } = terminalSize
  print(
    `From the moment in which a shell becomes “node src/edgelab.mjs” on a terminal of ${columns}×${rows}, launcher included, to
the bytes with which the home screen's whole frame is drawn, and to those after which no place of it waits any more.
Built; no runs and no progress; ${starts} starts after one that is not counted.`,
  )
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-bench-'))
  const measured: Start[] = []
  await start(folder)
  while (measured.length < starts) measured.push(await start(folder))
  await rm(folder, { recursive: true })
  const row = (what: string, of: keyof Start): readonly string[] => {
    const all = measured.map((each) => each[of])
    return [what, ...[median(all), Math.min(...all), Math.max(...all)].map((ms) => ms.toFixed(0))]
  }
  table(
    ['ms', 'median', 'least', 'most'],
    [row('first screen', 'firstMs'), row('CPU time until then', 'cpuMs'), row('home complete', 'completeMs')],
  )
  const first = median(measured.map(({ firstMs }) => firstMs))
  goal(`first screen after ${first.toFixed(0)} ms`, `below ${wantedMs}`, first < wantedMs)
}

async function start(folder: string): Promise<Start> {
  const command = `node ${join(repository, 'src/edgelab.mjs')}`
  const terminal = startOnTerminal(command, folder, { EDGELAB_HOME: join(folder, 'home') })
  const firstMs = await terminal.until(hasFrame)
  const cpuMs = terminal.cpuMs()
  const completeMs = await terminal.until(isComplete)
  terminal.type('q')
  await terminal.ended
  return { firstMs, cpuMs, completeMs }
}
