/** Terminals that can do less, and readers who want less: each is given a usable app. What they see is kept in test/golden/modes. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { saveRecord } from '../../src/measurement/store/store.ts'
import { sampleRecord } from '../comparison/record-factory.ts'
import { smallScenario } from './command.ts'
import { converse } from './conversation.ts'
import { atTheShell } from './shell.ts'
import { inWords } from './styles.ts'
import { allScenarios, edgelab, lacking, openTerminal, type TestTerminal, tmux } from './terminal.ts'

const run = 'reports/2026-11-24-0915-7f3a'
const startsSequence = '\u001b'

describe.skipIf(!tmux)(`modes${lacking}`, { timeout: 90_000 }, () => {
  let terminal: TestTerminal
  afterEach(() => terminal.close())

  /** A terminal in whose folder one run lies, always the same. */
  async function open(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    terminal = await openTerminal({ columns: 80, rows: 24 }, environment)
    const folder = join(terminal.folder, run)
    await saveRecord(folder, sampleRecord())
    // There, so that it is not made: nobody looks at it.
    await writeFile(join(folder, 'report.html'), '')
  }

  /** Through the app in screens; resolves with those of the findings that are kept. */
  async function throughTheApp(styled: boolean): Promise<string> {
    await terminal.line(edgelab)
    await terminal.until(allScenarios)
    await terminal.keys('w')
    await terminal.until(/\d+ words$/m)
    await terminal.keys('q')
    await terminal.until('q quit')
    await terminal.keys('Down', 'Down', 'Enter')
    await terminal.until(/^ Reports +1 run$/m)
    await terminal.keys('Enter')
    await terminal.until('[1 Verdict]')
    const kept: string[] = [await terminal.screen(styled)]
    for (const [key, shows] of [
      ['2', '[2 Latency]'],
      ['NPage', 'Latency by percentile'],
      ['6', '[6 Transform]'],
      ['?', 'Keys'],
    ] as const) {
      await terminal.keys(key)
      await terminal.until(shows)
      kept.push(await terminal.screen(styled))
    }
    await terminal.keys('q', 'q', 'q', 'q')
    await atTheShell(terminal, 0)
    return kept.join('\n')
  }

  /** Through the app in lines; resolves with all that was written from the list of runs on. */
  async function throughTheLines(variable: string): Promise<string> {
    await terminal.line(`${variable} ${edgelab}`)
    await converse(terminal, ['5', 'stampede', 'q', '3', '1', '1', '1', '', '2', '', '7', '', 'q', 'q', 'q'])
    await atTheShell(terminal, 0)
    const written = Buffer.from(await terminal.written(), 'latin1')
      .toString('utf8')
      .replaceAll('\r\n', '\n')
    return written.slice(written.indexOf('\nReports\n'), written.lastIndexOf('\nEdgeLab\n'))
  }

  test('16 colours, no others, for every theme', async () => {
    await open()
    await expect(inWords(await throughTheApp(true))).toMatchFileSnapshot('../golden/modes/16-colours.txt')
    for (const [, codes] of (await terminal.written()).matchAll(/\u001b\[([\d;]*)m/g)) {
      expect(codes).toMatch(/^(|[013-47]|2[2347]|[349][0-79])(;(|[013-47]|2[2347]|[349][0-79]))*$/)
    }
  })

  test('NO_COLOR: the same without any colour', async () => {
    await open({ NO_COLOR: '1' })
    const screens = await throughTheApp(true)
    await expect(screens).toMatchFileSnapshot('../golden/modes/no-color.txt')
    expect(screens).not.toContain(startsSequence)
    expect(await terminal.written()).not.toMatch(/\u001b\[[\d;]*m/)
  })

  test('LANG=C: charts and signs in ASCII, not a byte beyond it', async () => {
    await open({ LANG: 'C' })
    await expect(await throughTheApp(false)).toMatchFileSnapshot('../golden/modes/lang-c.txt')
    expect(await terminal.written()).toMatch(/^[\u0000-\u007f]*$/)
  })

  test('TERM=dumb: lines, and no escape sequence at all', async () => {
    await open()
    await expect(await throughTheLines('TERM=dumb')).toMatchFileSnapshot('../golden/modes/term-dumb.txt')
    expect(await terminal.written()).not.toContain(startsSequence)
  })

  test('a screen reader: lines, on the screen that was there', async () => {
    await open()
    await expect(await throughTheLines('INK_SCREEN_READER=true')).toMatchFileSnapshot(
      '../golden/modes/screen-reader.txt',
    )
    expect(await terminal.written()).not.toContain(startsSequence)
  })

  test('a pipe: a run line by line, then what it found', async () => {
    await open()
    await terminal.line(
      `${edgelab} run ${smallScenario} --systems direct,node-proxy --rounds 1 | tee run.txt; echo done`,
    )
    await terminal.until(/^done$/m, 60_000)
    const text = await readFile(join(terminal.folder, 'run.txt'), 'utf8')
    expect(text).not.toContain(startsSequence)
    expect(text).toMatch(/^base {2}round 1 of 1 {2}node-proxy .* p50 [\d.]+ m?s /m)
    expect(text).toMatch(/^Verdict\n─+\n/m)
    expect(text).toMatch(/^Report +.*\/report\.html$/m)
  })

  test('a pipe: the summary of a run', async () => {
    await open()
    await terminal.line(`${edgelab} report ${run} --markdown | tee summary.md`)
    await atTheShell(terminal, 0)
    const summary = await readFile(join(terminal.folder, 'summary.md'), 'utf8')
    await expect(summary).toMatchFileSnapshot('../golden/modes/pipe.md')
    expect(summary).not.toContain(startsSequence)
  })
})
