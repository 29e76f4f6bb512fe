/** A lab's report in a real browser, from file://, with the network cut. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderLabHtml } from '../../src/views/html/lab/render.tsx'
import { fixtureProgress, fixtureReport } from '../views/lab-fixture.ts'
import { lowContrast } from './contrast.ts'
import { launchBrowser, missingBrowser, openedFromFile } from './from-file.ts'

describe.skipIf(missingBrowser !== '')(`a lab’s report in a browser${missingBrowser}`, () => {
  let browser: Browser
  let folder = ''
  let address = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edgelab-lab-report-'))
    const file = join(folder, 'report.html')
    await writeFile(file, await renderLabHtml(fixtureReport))
    address = pathToFileURL(file).href
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })
  const opened = (options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> =>
    openedFromFile({ browser, address }, options, look)

  const cases = (['light', 'dark'] as const).flatMap((colorScheme) =>
    [true, false].map((javaScriptEnabled) => ({ colorScheme, javaScriptEnabled })),
  )

  test.each(cases)('is complete: $colorScheme, script $javaScriptEnabled', (options) =>
    opened(options, async (page) => {
      expect(await page.locator('h1').textContent()).toBe('Who pays when somebody hammers with wrong keys?')
      expect(await page.locator('.lead').isVisible()).toBe(true)
      expect(await page.locator('#answer tbody tr').count()).toBe(3)
      expect(await page.locator('main > section').count()).toBe(9)
      expect(await page.locator('.plot canvas').count()).toBe(options.javaScriptEnabled ? 1 : 0)
      expect(await page.locator('.plot img').isVisible()).toBe(!options.javaScriptEnabled)
      expect(await page.locator('#step-fix > figure pre').isVisible()).toBe(true)
      // A solution is folded away until it is asked for.
      expect(await page.locator('#step-fix > details pre').isVisible()).toBe(false)
      await page.locator('#step-fix > details > summary').last().click()
      expect(await page.locator('#step-fix > details pre').isVisible()).toBe(true)
      expect(await lowContrast(page)).toEqual([])
    }),
  )

  test('a captured body is inert', () =>
    opened({}, async (page) => {
      expect(await page.evaluate<boolean>(`'__pwned' in window`)).toBe(false)
      expect(await page.locator('img:not(.plot img)').count()).toBe(0)
    }))

  test('nothing sticks out of a telephone', () =>
    opened({ viewport: { width: 360, height: 740 } }, async (page) => {
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    }))

  test('what was answered and seen can be saved', () =>
    opened({ acceptDownloads: true }, async (page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
      expect(download.suggestedFilename()).toBe('edgelab-lab-saying-no.json')
      expect(JSON.parse(await readFile(await download.path(), 'utf8')).progress).toEqual(fixtureProgress)
    }))

  test('print is light and unfolds everything', () =>
    opened({ colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' })
      expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
      expect(await page.locator('#step-fix .probe dl').first().isVisible()).toBe(true)
      expect(await page.locator('#step-welcome p').nth(1).isVisible()).toBe(true)
      await page.pdf()
    }))
})
