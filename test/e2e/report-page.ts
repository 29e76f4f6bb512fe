/** What holds of every page that EdgeLab writes for a browser, in a real one: from file://, with the network cut. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lowContrast } from './contrast.ts'
import { type Looking, missingBrowser, openWindows, type Windows } from './windows.ts'

/** Opens the page anew; fails afterwards if it asked for anything or complained about anything. */
export type Opened = (how: Looking, look: (page: Page) => Promise<void>) => Promise<void>

export interface ReportPage {
  /** What is looked at: `the report`. */
  readonly title: string
  /** The whole page. */
  render(): Promise<string>
  /** That all of it can be seen, whether its script runs or not. */
  complete(page: Page, how: { readonly colorScheme: 'light' | 'dark'; readonly hasScript: boolean }): Promise<void>
  /** The name of the file that its button saves, and what must be in it. */
  readonly saves: string
  saved(data: unknown): void
  /** What is printed, beyond being light; the page had the dark theme. */
  printed?(page: Page): Promise<void>
}

// Run in the browser, as text: this project does not have a browser's types.
/** The colour that everything else lies on. */
export const paper = 'getComputedStyle(document.body).backgroundColor'

/** Tests of one page, then `more`, which hold of this one alone. */
export function describeReport(report: ReportPage, more: (opened: Opened) => void): void {
  describe.skipIf(missingBrowser !== '')(`${report.title} in a browser${missingBrowser}`, () => {
    let windows: Windows
    let folder = ''
    let address = ''
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'report-page-'))
      const file = join(folder, 'report.html')
      address = pathToFileURL(file).href
      // Side by side: a browser takes a while to start.
      const written = async () => writeFile(file, await report.render())
      ;[windows] = await Promise.all([openWindows({ offline: true }), written()])
    })
    afterAll(async () => {
      await windows?.close()
      await rm(folder, { recursive: true, force: true })
    })
    const opened: Opened = async (how, look) => {
      const { complaints, requests } = await windows.look(address, how, look)
      expect(complaints).toEqual([])
      const others = requests.filter((url) => url !== address && !/^(data|blob):/.test(url))
      expect(others).toEqual([])
    }

    const cases = (['light', 'dark'] as const).flatMap((colorScheme) =>
      [true, false].map((hasScript) => ({ colorScheme, hasScript })),
    )
    test.each(cases)('is complete: $colorScheme, script $hasScript', ({ colorScheme, hasScript }) =>
      opened({ colorScheme, hasScript }, async (page) => {
        await report.complete(page, { colorScheme, hasScript })
        expect(await lowContrast(page)).toEqual([])
      }),
    )

    test('nothing sticks out of a telephone', () =>
      opened({ viewport: { width: 360, height: 740 } }, async (page) => {
        expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      }))

    test('what it shows can be saved', () =>
      opened({}, async (page) => {
        const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
        expect(download.suggestedFilename()).toBe(report.saves)
        report.saved(JSON.parse(await readFile(await download.path(), 'utf8')))
      }))

    test('print is light and whole', () =>
      opened({ colorScheme: 'dark' }, async (page) => {
        await page.emulateMedia({ media: 'print' })
        expect(await page.evaluate<string>(paper)).toBe('rgb(255, 255, 255)')
        await report.printed?.(page)
        await page.pdf()
      }))

    more(opened)
  })
}
