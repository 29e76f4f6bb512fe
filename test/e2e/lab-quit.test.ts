/** Whichever way a lab is left, in the middle of any step: it goes on at that step, nothing given is lost, nothing stays. */
import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pidsWhere } from '../runtime/aftermath.ts'
import { embeddedOnly, type Learner, learnerAt, patienceMs } from './learner.ts'
import { edgelab, lacking, openTerminal, type TestTerminal, tmux } from './terminal.ts'

type Way = 'q' | 'Ctrl-C' | 'kill -9' | 'closed window'

const ways: readonly Way[] = ['q', 'Ctrl-C', 'kill -9', 'closed window']
const lab = resolve('test/labs/fixture-lab/07-fixture')

describe.skipIf(!tmux || process.platform !== 'linux')(`leaving a lab${lacking}`, () => {
  let folder = ''
  let environment: Readonly<Record<string, string>> = {}
  let terminal: TestTerminal | null = null
  let learner: Learner

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lab-quit-'))
    for (const name of ['tmp', 'home']) await mkdir(join(folder, name))
    const only = await embeddedOnly(join(folder, 'bin'))
    // Everything that comes of this lab has this HOME, and makes its folders in this TMPDIR.
    environment = { ...only, HOME: folder, TMPDIR: join(folder, 'tmp'), EDGELAB_HOME: join(folder, 'home') }
  })
  afterAll(async () => {
    await terminal?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const ours = (): readonly number[] => pidsWhere('environ', (variables) => variables.includes(`HOME=${folder}`))
  const systems = (): readonly number[] => ours().filter((pid) => textOf(pid, 'environ').includes('\0EDGELAB_RUN='))
  const app = (): number => ours().find((pid) => textOf(pid, 'cmdline').includes('/dist/cli.js'))!
  const somethingRuns = (): Promise<void> =>
    expect.poll(() => systems().length, { timeout: patienceMs, interval: 20 }).toBeGreaterThan(0)

  async function enter(step: number, title: string): Promise<TestTerminal> {
    terminal ??= await openTerminal({ columns: 80, rows: 24 }, environment)
    learner = learnerAt(terminal)
    await terminal.line(`${edgelab} lab ${lab}`)
    await learner.arrives(step, title)
    return terminal
  }

  /** Afterwards nothing runs and nothing lies about, and the terminal is as it was. */
  async function leave(way: Way): Promise<void> {
    const shell = await terminal!.shell()
    if (way === 'q') await terminal!.keys('q')
    else if (way === 'Ctrl-C') await terminal!.keys('C-c')
    else if (way === 'kill -9') process.kill(app(), 'SIGKILL')
    else {
      await terminal!.close()
      terminal = null
    }
    await expect.poll(() => ours().filter((pid) => pid !== shell), { timeout: patienceMs, interval: 50 }).toEqual([])
    expect(await readdir(join(folder, 'tmp'))).toEqual([])
    if (terminal) expect(await terminal.state()).toEqual({ alternate: false, cursor: true })
    if (terminal && way !== 'kill -9') expect(await terminal.screen()).toContain('What it had started is stopped.')
  }

  test('in the middle of each step', { timeout: 300_000 }, async () => {
    await answersStay()
    for (const way of ways) await runIsStopped(way)
    await halfWrittenStays()
    for (const way of ways) await taskIsStopped(way)
    await filesStay()
    expect(await readdir(join(folder, 'home/labs'))).toEqual(['fixture'])
    expect((await readdir(join(folder, 'home/labs/fixture'))).sort()).toEqual(['before', 'files', 'progress.json'])
  })

  /** read, predict */
  async function answersStay(): Promise<void> {
    let here = await enter(1, 'Before you begin')
    await leave('closed window')
    here = await enter(1, 'Before you begin')
    await here.keys('n')
    await learner.arrives(2, 'Your guess')
    await learner.choose('Only the edge’s', 'Right')
    await leave('kill -9')
    here = await enter(2, 'Your guess')
    expect(await here.screen()).toMatch(
      /node-proxy +○ The client’s +● Only the edge’s\n +node-gateway ❯ ○ The client’s/,
    )
    await learner.choose('The client’s', 'Right')
    // In the middle of a number.
    await here.keys('2')
    await here.until('❯ 2▏')
    await leave('Ctrl-C')
    here = await enter(2, 'Your guess')
    await learner.find(/ 2 requests\n/)
    await learner.choose('fairly', 'Right')
    expect(await learner.commit()).toContain('Your answers are locked.')
    await here.keys('n')
    await learner.arrives(3, 'One request')
    await leave('q')
  }

  async function runIsStopped(way: Way): Promise<void> {
    const here = await enter(3, 'One request')
    expect(await here.screen()).toContain('Run it first.')
    await here.keys('r')
    await somethingRuns()
    await here.until('the run is under way')
    await leave(way)
  }

  /** observe, explain */
  async function halfWrittenStays(): Promise<void> {
    let here = await enter(3, 'One request')
    await here.keys('r')
    await here.until('Next: What was there', patienceMs)
    await here.keys('n')
    await learner.arrives(4, 'What was there')
    await learner.choose('Yes')
    await leave('kill -9')
    here = await enter(4, 'What was there')
    await learner.find('● Yes')
    await learner.commit()
    await here.keys('n')
    await learner.arrives(5, 'Why')
    await here.keys('Enter')
    await here.until('letters write')
    await here.keys('-l', 'Nobody tel')
    await here.until('❯ Nobody tel▏')
    const progress = join(folder, 'home/labs/fixture/progress.json')
    await expect.poll(() => readFileSync(progress, 'utf8'), { timeout: 5000 }).toContain('"Nobody tel"')
    await leave('kill -9')
    here = await enter(5, 'Why')
    await learner.find('Nobody tel')
    expect(await learner.commit()).toContain('n next')
    await here.keys('n')
    await learner.arrives(6, 'Some traffic')
    await here.keys('r')
    await here.until('Next: Tell the origin', patienceMs)
    await here.keys('n')
    await learner.arrives(7, 'Tell the origin')
    await learner.judged()
    await here.keys('h')
    await learner.find('Hint 1')
    await leave('q')
  }

  /** Its systems stand, or are just being started. */
  async function taskIsStopped(way: Way): Promise<void> {
    await enter(7, 'Tell the origin')
    if (way === 'Ctrl-C' || way === 'kill -9') await learner.judged()
    await somethingRuns()
    await leave(way)
  }

  /** task, quiz */
  async function filesStay(): Promise<void> {
    let here = await enter(7, 'Tell the origin')
    await learner.find('Hint 1  Nothing in the file speaks of the client’s address.')
    await cp(join(lab, 'solution'), join(folder, 'home/labs/fixture/files'), { recursive: true })
    await here.until('Next: Recall', patienceMs)
    await leave('closed window')
    here = await enter(7, 'Tell the origin')
    await here.until('Next: Recall')
    await here.keys('n')
    await learner.arrives(8, 'Recall')
    await learner.choose('The proxy')
    await leave('q')
    here = await enter(8, 'Recall')
    expect(await here.screen()).toContain('● The proxy')
    await here.keys('Enter')
    await here.until('This was the last step: the lab is finished.')
    await leave('Ctrl-C')
  }
})

function textOf(pid: number, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
