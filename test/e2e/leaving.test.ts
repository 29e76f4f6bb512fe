/** Ways out of a run and of the app: what is measured is kept, the terminal is given back, nothing is left running. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadRecord } from '../../src/measurement/store/store.ts'
import { leftOnThisMachine, nothing } from '../runtime/aftermath.ts'
import { expectWholeFrame } from './frame.ts'
import { atTheShell } from './shell.ts'
import { allScenarios, edgelab, lacking, openTerminal, type TestTerminal, tmux } from './terminal.ts'

const size = { columns: 80, rows: 24 }

describe.skipIf(!tmux || process.platform !== 'linux')(`leaving${lacking}`, () => {
  let terminal: TestTerminal
  beforeEach(async () => {
    terminal = await openTerminal(size)
  })
  afterEach(() => terminal.close())

  /** From the shell into the slices of a run that takes minutes; resolves with its id. */
  async function intoARun(): Promise<string> {
    await terminal.line(edgelab)
    await terminal.until(allScenarios)
    await terminal.keys('Down', 'Enter')
    await terminal.until('❯ [ ] overhead')
    await terminal.keys('Enter')
    await terminal.until('[x] node-gateway')
    await terminal.keys('a', 'a', 'g', 'Space', 'G', 'k', 'Space', 'Enter')
    await terminal.until('Systems: direct and node-proxy.')
    await terminal.keys('Down')
    await terminal.until('❯ For the record')
    await terminal.keys('Enter')
    // The slices of the first block are finished.
    await terminal.until(/ start 1 of \d+, block (?!1 )\d+ of \d+ /, 60_000)
    const [id] = await readdir(join(terminal.folder, 'reports'))
    expect(leftOnThisMachine(id!).processes.length).toBeGreaterThan(0)
    return id!
  }

  const recordOf = (id: string) => loadRecord(join(terminal.folder, 'reports', id))

  test('q in a run stops it: what is measured is a valid record, marked partial, and its findings open', async () => {
    const id = await intoARun()
    await terminal.keys('q')
    const findings = await terminal.until('partial run', 30_000)
    expectWholeFrame(findings, size)
    expect(findings).toContain('Stopped; what is finished is kept.')
    await expect.poll(() => leftOnThisMachine(id), { timeout: 15_000 }).toEqual(nothing)
    const record = await recordOf(id)
    expect(record.partial).toBe(true)
    const { slices, rounds } = record.scenarios[0]!
    // Of each system, and of the duplicate, those of the first block at least, in the first start.
    for (const label of ['direct', 'node-proxy', 'node-proxy-2']) {
      expect(slices!.slices.filter((slice) => slice.label === label).length, label).toBeGreaterThanOrEqual(1)
    }
    expect(rounds.map(({ index }) => index)).toEqual([0, 0, 0])
    // The next comparison proposes the same.
    await terminal.keys('q')
    await terminal.until(/Open a report +overhead · /)
    await terminal.keys('Enter')
    await terminal.until('❯ [x] overhead')
    await terminal.keys('Enter')
    await terminal.until('2 of 12 systems')
    await terminal.keys('Enter')
    await terminal.until('❯ For the record')
    // Stopped before the first round, a run leaves nothing.
    await terminal.keys('Enter')
    await terminal.until('q stop')
    await terminal.keys('q')
    await terminal.until('Stopped before anything was measured.')
    expect(await readdir(join(terminal.folder, 'reports'))).toEqual([id])
    await terminal.keys('G', 'Enter')
    expect(await atTheShell(terminal, 0)).toContain('Report: ')
  }, 90_000)

  test('Ctrl-C in a run gives the screen back first, then stops, keeps what is measured and says where', async () => {
    const id = await intoARun()
    await terminal.keys('C-c')
    const screen = await atTheShell(terminal, 130)
    expect(screen).toMatch(/^Stopping the run\. Ctrl-C does not wait for it\.\nReport: .*report\.html$/m)
    expect((await recordOf(id)).partial).toBe(true)
    // Its guardian, which has been told that nothing is left to do, may take a moment longer to end.
    expect(leftOnThisMachine(id)).toMatchObject({ folders: [], processes: [] })
    await expect.poll(() => leftOnThisMachine(id), { timeout: 15_000 }).toEqual(nothing)
  }, 90_000)

  test('a second Ctrl-C does not wait; what ran is gone all the same', async () => {
    const id = await intoARun()
    await terminal.keys('C-c', 'C-c')
    await atTheShell(terminal, 130)
    await expect.poll(() => leftOnThisMachine(id), { timeout: 15_000 }).toEqual(nothing)
  }, 90_000)

  test('a closed terminal ends the run, and leaves nothing; what is measured is kept', async () => {
    const id = await intoARun()
    await terminal.hangUp()
    await expect.poll(() => leftOnThisMachine(id), { timeout: 15_000 }).toEqual(nothing)
    await expect.poll(async () => (await recordOf(id)).partial, { timeout: 15_000 }).toBe(true)
  }, 90_000)

  test('SIGTERM gives the terminal back', async () => {
    await terminal.line(edgelab)
    await terminal.until(allScenarios)
    const shell = await terminal.shell()
    const [launcher] = (await readFile(`/proc/${shell}/task/${shell}/children`, 'utf8')).trim().split(' ')
    process.kill(Number(launcher), 'SIGTERM')
    await atTheShell(terminal, 130)
  })

  test('Ctrl-C on the first screen', async () => {
    await terminal.line(edgelab)
    await terminal.until(allScenarios)
    await terminal.keys('C-c')
    await atTheShell(terminal, 130)
  })
})
