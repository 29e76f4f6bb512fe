/** Somebody who leaves a lab in the middle, one way or another, and comes back; whatever runs for them can be told. */
import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { pidsWhere } from '../runtime/aftermath.ts'
import { until } from '../until.ts'
import { embeddedOnly, type Learner, learnerAt, patienceMs } from './learner.ts'
import { edgelab, openTerminal, type TestTerminal } from './terminal.ts'

export type Way = 'q' | 'Ctrl-C' | 'kill -9' | 'closed window'

export interface Leaver {
  /** What EdgeLab keeps for them. */
  readonly home: string
  /** At the terminal that `enter` returned last. */
  readonly learner: Learner
  /** Opens the lab; it must go on at this step. */
  enter(step: number, title: string): Promise<TestTerminal>
  /** Waits until a part of a run, or of a task, is there. */
  somethingRuns(): Promise<void>
  /** Afterwards nothing runs and nothing lies about, and the terminal is as it was. */
  leave(way: Way): Promise<void>
  /** Closes what is open, whatever runs there, and removes everything. */
  close(): Promise<void>
}

/** In a home that begins empty, or as a copy of `begun`. */
export async function leaverOf(lab: string, begun?: string): Promise<Leaver> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-quit-'))
  const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')] as const
  for (const path of [home, temporary]) await mkdir(path)
  if (begun) await cp(begun, home, { recursive: true })
  const only = await embeddedOnly(join(folder, 'bin'))
  // Everything that comes of this lab has this HOME, and makes its folders in this TMPDIR.
  const environment = { ...only, HOME: folder, TMPDIR: temporary, EDGELAB_HOME: home }
  let terminal: TestTerminal | null = null
  let learner: Learner | null = null

  const ours = (): readonly number[] => pidsWhere('environ', (variables) => variables.includes(`HOME=${folder}`))
  const systems = (): readonly number[] => ours().filter((pid) => textOf(pid, 'environ').includes('\0EDGELAB_RUN='))
  const app = (): number => ours().find((pid) => textOf(pid, 'cmdline').includes('/dist/cli.js'))!

  return {
    home,
    get learner() {
      return learner!
    },
    async enter(step, title) {
      terminal ??= await openTerminal({ columns: 80, rows: 24 }, environment)
      learner = learnerAt(terminal)
      // What an earlier one said is wiped away.
      await terminal.line(`printf '\\033[2J\\033[H'; ${edgelab} lab ${lab}`)
      await learner.arrives(step, title)
      return terminal
    },
    somethingRuns: async () => void (await until('something runs', systems, ({ length }) => length > 0, patienceMs)),
    async leave(way) {
      const here = terminal!
      const shell = await here.shell()
      if (way === 'q') await here.keys('q')
      else if (way === 'Ctrl-C') await here.keys('C-c')
      else if (way === 'kill -9') process.kill(app(), 'SIGKILL')
      else {
        await here.close()
        terminal = null
      }
      const others = (): readonly number[] => ours().filter((pid) => pid !== shell)
      await until('nothing of it runs', others, (pids) => pids.length === 0, patienceMs)
      expect(await readdir(temporary)).toEqual([])
      if (!terminal) return
      // What was written last may still be on its way to the screen.
      await until('the terminal is as it was', here.state, ({ alternate, cursor }) => !alternate && cursor)
      if (way !== 'kill -9') await here.until('What it had started is stopped.')
    },
    async close() {
      await terminal?.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

function textOf(pid: number, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
