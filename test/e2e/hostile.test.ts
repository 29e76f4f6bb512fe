/** A run whose captured text means harm, shown in a real terminal: its title, its screen and its links stay as they are. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import { saveRecord } from '../../src/measurement/store/store.ts'
import { sampleRecord } from '../comparison/record-factory.ts'
import { until } from '../until.ts'
import { converse } from './conversation.ts'
import { expectWholeFrame } from './frame.ts'
import { atTheShell } from './shell.ts'
import { allScenarios, edgelab, lacking, openTerminal, type TestTerminal, tmux } from './terminal.ts'

/** Sets the title, links, clears, moves the cursor, each also as a single C1 character. */
const evil =
  '\u001b]0;pwned\u0007\u001b]8;;http://pwned\u001b\\link\u001b]8;;\u001b\\\u001b[2J\u001b[H\u009d0;pwned\u009c\u009b2J\u009bH'

/** Fields that others write: answers, programs, native files. */
const others = ['body', 'received', 'expected', 'claim', 'logTail', 'reason', 'remedy', 'version', 'how', 'text']

function spoilt<Value>(value: Value): Value {
  const text = JSON.stringify(value, (key, each: unknown) => {
    if (typeof each === 'string' && others.includes(key)) return evil + each
    if (key !== 'headers' || each === null || typeof each !== 'object') return each
    return Array.isArray(each) ? [...each, ['x-evil', evil]] : { ...each, 'x-evil': evil }
  })
  return JSON.parse(text)
}

function hostileRecord(): RunRecord {
  const record = sampleRecord()
  const scenarios = record.scenarios.map((each) => ({
    ...each,
    subjects: spoilt(each.subjects),
    rounds: spoilt(each.rounds),
  }))
  return { ...record, scenarios, command: record.command + evil, runtimeReason: evil }
}

const run = 'reports/hostile'
const size = { columns: 80, rows: 24 }

describe.skipIf(!tmux)(`hostile text in a real terminal${lacking}`, () => {
  let terminal: TestTerminal
  beforeEach(async () => {
    terminal = await openTerminal(size)
    await saveRecord(join(terminal.folder, run), hostileRecord())
    await writeFile(join(terminal.folder, run, 'report.html'), '')
    // A folder whose name and whose record are no better.
    const damaged = join(terminal.folder, 'reports', `${evil.replaceAll('/', '')}`)
    await mkdir(damaged)
    await writeFile(join(damaged, 'run.json'), evil)
    await terminal.line(String.raw`printf '\033]2;untouched\007'`)
    await until('the title is set', terminal.title, (title) => title === 'untouched')
  })
  afterEach(() => terminal.close())

  /** Nothing of it reached the terminal, and it was there to be read. */
  async function expectHarmless(): Promise<void> {
    expect(await terminal.title()).toBe('untouched')
    const written = Buffer.from(await terminal.written(), 'latin1').toString('utf8')
    expect(written).toContain(String.raw`\x1b]0;pwned\x07`)
    expect(written).not.toMatch(/\u001b\]0;|\u001b\]8;|\u001b\[2J|[\u0080-\u009f]/)
  }

  test('in the app: every tab from its first line to its last', async () => {
    await terminal.line(edgelab)
    await terminal.until(allScenarios)
    await terminal.keys('Down', 'Down', 'Enter')
    expectWholeFrame(await terminal.until('damaged'), size)
    await terminal.keys('Enter')
    let page = await terminal.until('[1 Verdict]')
    for (const tab of ['2', '3', '4', '5', '6', '7', '8', '9', '0']) {
      await terminal.keys(tab)
      page = await terminal.changed(page)
      while (page.includes('▼')) {
        expectWholeFrame(page, size)
        await terminal.keys('NPage')
        page = await terminal.changed(page)
      }
    }
    await expectHarmless()
  }, 90_000)

  test('in lines: every section', async () => {
    await terminal.line(`TERM=dumb ${edgelab}`)
    const sections = Array.from({ length: 14 }, (_, at) => [String(at + 1), '']).flat()
    const probes = ['15', '1', '', '2', '', 'q']
    const configurations = ['16', '', '17', '1', '', '2', '', 'q']
    await converse(terminal, [
      '3',
      '1',
      '1',
      ...sections,
      ...probes,
      ...configurations,
      'q',
      'q',
      '2',
      '1',
      'n',
      'q',
      'q',
    ])
    await atTheShell(terminal, 0)
    await expectHarmless()
  }, 60_000)

  test('as Markdown', async () => {
    await terminal.line(`${edgelab} report ${run} --markdown`)
    await atTheShell(terminal, 0)
    await expectHarmless()
  })
})
