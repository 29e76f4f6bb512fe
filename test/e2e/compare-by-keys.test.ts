/** Comparing in the app, by keys alone: from the first screen to every tab of what a real run found, and back. */
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadRecord, saveRecord } from '../../src/measurement/store/store.ts'
import { sampleRecord } from '../comparison/record-factory.ts'
import { expectWholeFrame, resized, rowsOf, sizes } from './frame.ts'
import { atTheShell } from './shell.ts'
import { allScenarios, edgelab, lacking, openTerminal, type Size, type TestTerminal, tmux } from './terminal.ts'

const [small, usual, wide] = sizes as [Size, Size, Size]

/** By title: what its page begins with. */
const tabs: readonly (readonly [title: string, answer: RegExp])[] = [
  ['Verdict', /^ A look, not evidence: /],
  ['Latency', /^ (Costs are compared in slices; this scenario, measured in|The ratios? of )/],
  ['CPU', /^ (Costs are compared in slices; this scenario, measured in|The comparison is withheld)/],
  ['Rate limit', /^ node-proxy limited nobody: greedy got all/],
  ['Transform', /^ node-gateway gave every client its form/],
  ['Effort', /^ At most, for one scenario: .* lines of/],
  ['Proof', /^ Every probe of what the systems claim passed/],
  ['Config', /^ What the one policy became for each system/],
  ['Raw', /^ Everything here is computed from/],
]

/** The row that a page begins with, after the doubt that stands before it where the machine was busy. */
function answerOn(screen: string): string | undefined {
  const page = rowsOf(screen).slice(3)
  const end = page.indexOf('')
  const doubted = / flagged \(|in the course of the run/.test(page.slice(0, end).join(''))
  return doubted && !page[0]!.startsWith(' A look') ? page[end + 1] : page[0]
}

describe.skipIf(!tmux)(`comparing by keys${lacking}`, () => {
  let terminal: TestTerminal
  let programs = ''
  const keys = (...names: readonly string[]): Promise<void> => terminal.keys(...names)
  const runs = (): Promise<string[]> => readdir(join(terminal.folder, 'reports'))

  beforeAll(async () => {
    programs = await mkdtemp(join(tmpdir(), 'programs-'))
    // A browser that notes what it is asked to open.
    await writeFile(join(programs, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${programs}/opened'\n`)
    await chmod(join(programs, 'xdg-open'), 0o755)
    terminal = await openTerminal(usual, { PATH: `${programs}:${process.env['PATH']}` })
    await saveRecord(join(terminal.folder, 'reports', 'old'), sampleRecord())
    await terminal.line(edgelab)
    await terminal.until(allScenarios)
  })
  afterAll(async () => {
    await terminal.close()
    await rm(programs, { recursive: true, force: true })
  })

  // One way through the app: after a step that failed the others would only say that they stand elsewhere.
  let lost = false
  beforeEach(({ skip }) => skip(lost, 'a step before it failed'))
  afterEach(({ task }) => {
    lost ||= task.result?.state === 'fail'
  })

  test('the first screen leads to scenarios, systems and how sure', async () => {
    expectWholeFrame(await terminal.screen(), usual)
    await keys('Down', 'Enter')
    await terminal.until('[ ] rate-limit')
    for (const scenario of ['rate-limit', 'transform']) {
      const chosen = `❯ [ ] ${scenario} `
      for (let page = await terminal.screen(); !page.includes(chosen); page = await terminal.changed(page))
        await keys('j')
      await keys('Space')
      await terminal.until(chosen.replace('[ ]', '[x]'))
    }
    expectWholeFrame(await terminal.until(/2 of \d+ scenarios/), usual)
    await keys('Enter')
    await terminal.until(/\[x\] node-gateway +ready +\d+ exact/)
    // All, none, then the first and the last two.
    await keys('a', 'a', 'g', 'Space', 'G', 'k', 'Space', 'e')
    await terminal.until('node-proxy · how exactly')
    await terminal.until(/^ +impossible: /m)
    await keys('e', 'j', 'Space')
    await terminal.until('3 of 12 systems')
    await keys('Enter')
    await terminal.until('Scenarios: rate-limit and transform.')
    await keys('k')
    expect(await terminal.until('❯ A look')).toContain('Systems: direct, node-proxy and node-gateway.')
  })

  test('the run is shown while it happens; a resize leaves one whole frame, the same from wherever it comes', async () => {
    await keys('Enter')
    for (const size of [wide, small, usual]) await resized(terminal, size)
    await terminal.until(/│.*●/, 60_000)
    await keys('f')
    let first = await terminal.until('frozen')
    // Between two rounds nobody is measured: it goes on for a moment.
    for (let tries = 0; tries < 10 && !/→ measuring$/m.test(first); tries += 1) {
      await keys('f')
      await terminal.until(/→ measuring$/m, 60_000)
      await keys('f')
      first = await terminal.until('frozen')
    }
    expectWholeFrame(first, usual)
    expect(first).toMatch(/→ measuring$/m)
    const seen = new Map([[usual, first]])
    for (const size of [small, wide, usual, wide, small, usual]) {
      const screen = await resized(terminal, size)
      expect(screen).toBe(seen.get(size) ?? screen)
      seen.set(size, screen)
    }
    await keys('f', 'Tab', '?')
    const help = await terminal.until('Keys · ')
    expect(help).toMatch(/^ f +freeze the screen; the run goes on$/m)
    expect(help).toMatch(/^ q Esc +stop; what is finished is kept$/m)
    await keys('q')
    await terminal.until('Tab chart')
    for (const size of [small, wide, usual]) await resized(terminal, size)
  }, 120_000)

  test('it ends in the findings: each tab says its answer first and evidence below it, at every size', async () => {
    await terminal.until('[1 Verdict]', 120_000)
    for (const size of sizes) {
      await resized(terminal, size)
      for (const [at, [title, answer]] of tabs.entries()) {
        await keys(String(at + 1))
        const screen = await terminal.until(`[${at + 1} ${title}]`)
        expectWholeFrame(screen, size)
        expect(answerOn(screen)).toMatch(answer)
        if (!screen.includes('▼')) continue
        await keys('G')
        const end = await terminal.until(/▲ +\d+–(\d+) of \1$/m)
        expectWholeFrame(end, size)
        expect(rowsOf(end)[2]).toContain(`[${at + 1} ${title}]`)
      }
    }
    await resized(terminal, usual)
    await keys('1')
    const verdict = await terminal.until('[1 Verdict]')
    expect(verdict).toMatch(/^ Largely, yes: three of the four features tried are built into reverse proxies/m)
    // The same as in every run of these scenarios, although no nginx took part.
    expect(verdict).toMatch(/a reverse proxy\s+such\s+as\s+nginx\s+is\s+enough/)
  }, 180_000)

  /** The page on which a table has a line of this system: of a doubtful run, more stands before it. */
  async function tableOn(system: string): Promise<string> {
    const line = new RegExp(`^ ${system} +\\d`, 'm')
    let page = await terminal.still(() => undefined)
    while (!line.test(page)) {
      expect(page, `the end is reached without ${system}`).not.toMatch(/▲ +\d+–(\d+) of \1$/m)
      await keys('NPage')
      page = await terminal.changed(page)
    }
    return page
  }

  test('two systems are pinned everywhere, and let go', async () => {
    await keys('p', 'j', 'Space', 'j', 'Space', 'p')
    await terminal.until(/only node-proxy, node-gateway|only node-gateway, node-proxy/)
    await keys('2')
    await terminal.until('[2 Latency]')
    expect(await tableOn('node-gateway')).not.toMatch(/^ direct +\d/m)
    await keys('p', 'x')
    await terminal.still((screen) => expect(screen).not.toContain('only node-'))
    await keys('1')
    await terminal.until('[1 Verdict]')
    await keys('2')
    await terminal.until('[2 Latency]')
    await tableOn('direct')
  })

  test('the scenario that was measured in slices says what a look is worth', async () => {
    await keys('s')
    const page = await terminal.until('transform (2 of 2)')
    expect(answerOn(page)).toMatch(/^ This is a quick look: it shows figures and claims no difference\./)
    await terminal.until(/^ Offered: /m)
  })

  test('y puts the request shown into the clipboard, o opens the report', async () => {
    await keys('5')
    for (let page = await terminal.until('[5 Transform]'); !page.includes('y curl'); ) {
      expect(page, 'the end is reached without a request').not.toMatch(/▲ +\d+–(\d+) of \1$/m)
      await keys('NPage')
      page = await terminal.changed(page)
    }
    await keys('y')
    await terminal.until('The request copied')
    expect(await terminal.clipboard()).toMatch(/^curl -i .*"\$EDGE"'\/catalogue\/products/)
    await keys('o')
    await terminal.until(/Opened .*\/reports\//)
    const opened = await readFile(join(programs, 'opened'), 'utf8')
    expect(opened).toMatch(/^file:\/\/.*\/report\.html$/)
    expect(await readFile(new URL(opened), 'utf8')).toContain('<h1')
  })

  test('the record is that of a whole run', async () => {
    const id = (await runs()).find((name) => name !== 'old')!
    const record = await loadRecord(join(terminal.folder, 'reports', id))
    expect(record.partial).toBe(false)
    expect(record.scenarios.map(({ scenario }) => scenario.id)).toEqual(['rate-limit', 'transform'])
    const [limited, transformed] = record.scenarios.map(({ rounds }) => rounds)
    const chosen = ['direct', 'node-gateway', 'node-proxy']
    expect(limited!.map(({ label }) => label).sort()).toEqual(chosen)
    // Measured in slices, for as many starts as there is time for, each of every system.
    expect(record.scenarios[1]!.slices!.effort).toBe('quick')
    expect(transformed!.length).toBeGreaterThan(0)
    for (const [start, own] of Map.groupBy(transformed!, ({ index }) => index)) {
      expect(own.map(({ label }) => label).sort(), `start ${start + 1}`).toEqual(chosen)
    }
  })

  test('reports: the new run comes first; what is saved looks the same as after its run; deleting asks', async () => {
    await keys('1')
    const fresh = await terminal.until('[1 Verdict]')
    await keys('q')
    await terminal.until(/Open a report +rate-limit, transform · /)
    await keys('Down', 'Enter')
    await terminal.until(/^ Reports +2 runs$/m)
    await keys('Enter')
    expect(await terminal.until('[1 Verdict]')).toBe(fresh)
    await keys('q', 'G', 'd')
    await terminal.until('Delete reports/old with its report? It cannot be undone.')
    await keys('n')
    await terminal.until('c compare')
    expect(await runs()).toContain('old')
    await keys('d', 'y')
    await terminal.until(/^ Reports +1 run$/m)
    expect(await runs()).not.toContain('old')
    await keys('q')
  })

  test('what runs here, and the glossary', async () => {
    await terminal.until('❯ Open a report')
    await keys('Down', 'Enter')
    expectWholeFrame(await terminal.until(/Node +.*24\./), usual)
    await keys('q', 'w')
    await terminal.until(/\d+ words$/m)
    await keys('/')
    await terminal.until('/_')
    await terminal.keys('h', 'e', 'r', 'd', 'Enter')
    expect(await terminal.until('❯ stampede')).toContain('thundering herd')
    await keys('Escape')
    await terminal.until(/\d+ words$/m)
    await keys('q')
    await terminal.until('q quit')
  })

  test('left by q: the terminal is as before, and says where the report is', async () => {
    await keys('q')
    await terminal.until(/^Report: .*report\.html$/m)
    await atTheShell(terminal, 0)
  })
})
