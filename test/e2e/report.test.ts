/** The report in a real browser, from file://, with the network cut. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderHtml } from '../../src/views/html/render.tsx'
import { sampleModel } from '../views/sample-model.ts'
import { lowContrast } from './contrast.ts'
import { launchBrowser, missingBrowser, openedFromFile } from './from-file.ts'

// Run in the browser, as text: this project does not have a browser's types.
const paper = 'getComputedStyle(document.body).backgroundColor'
const chartColors = `(() => {
  const canvas = document.querySelector('.plot canvas')
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  const seen = new Set()
  for (let at = 0; at < data.length; at += 4) seen.add(data[at] + ',' + data[at + 1] + ',' + data[at + 2])
  return [...seen]
})()`

describe.skipIf(missingBrowser !== '')(`the report in a browser${missingBrowser}`, () => {
  let browser: Browser
  let folder = ''
  let address = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edgelab-report-'))
    const file = join(folder, 'report.html')
    await writeFile(file, await renderHtml(sampleModel))
    address = pathToFileURL(file).href
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const opened = (options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> =>
    openedFromFile({ browser, address }, options, look)

  const schemes = ['light', 'dark'] as const
  const scripts = [true, false]
  const cases = schemes.flatMap((colorScheme) =>
    scripts.map((javaScriptEnabled) => ({ colorScheme, javaScriptEnabled })),
  )

  test.each(cases)('is complete: $colorScheme, script $javaScriptEnabled', (options) =>
    opened(options, async (page) => {
      expect(await page.locator('h1').textContent()).toContain('Is an API gateway just a reverse proxy')
      expect(await page.locator('.lead').isVisible()).toBe(true)
      expect(await page.locator('#answer table tbody tr').count()).toBe(3)
      expect(await page.locator('figure table').count()).toBe(4)
      expect(await page.locator('.intervals svg').isVisible()).toBe(true)
      const canvases = page.locator('.plot canvas')
      const pictures = page.locator('.plot img')
      expect(await pictures.count()).toBe(3)
      expect(await canvases.count()).toBe(options.javaScriptEnabled ? 3 : 0)
      expect(await pictures.first().isVisible()).toBe(!options.javaScriptEnabled)
      expect(await page.locator('#theme').isVisible()).toBe(options.javaScriptEnabled)
      const background = await page.evaluate<string>(paper)
      expect(background).toBe(options.colorScheme === 'dark' ? 'rgb(20, 23, 26)' : 'rgb(255, 255, 255)')
      expect(await lowContrast(page)).toEqual([])
    }),
  )

  test('charts are drawn: series, not only axes', () =>
    opened({ colorScheme: 'light' }, async (page) => {
      const colors = await page.evaluate<string[]>(chartColors)
      for (const series of ['0,103,177', '194,80,10', '164,71,138']) expect(colors).toContain(series)
    }))

  test('a captured body is inert', () =>
    opened({}, async (page) => {
      expect(await page.evaluate<boolean>(`'__pwned' in window`)).toBe(false)
      expect(await page.locator('.answer').nth(1).textContent()).toContain(
        '</script><script>window.__pwned = 1</script>',
      )
      expect(await page.locator('img:not(.plot img)').count()).toBe(0)
    }))

  test('nothing sticks out of a telephone', () =>
    opened({ viewport: { width: 360, height: 740 } }, async (page) => {
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect(wide).toBeLessThanOrEqual(0)
    }))

  test('the keyboard reaches the skip link first and the theme switch, which changes page and charts', () =>
    opened({ colorScheme: 'light' }, async (page) => {
      const focused = (): Promise<string> =>
        page.evaluate<string>('document.activeElement.id || document.activeElement.className')
      const picture = (): Promise<string> => page.evaluate<string>(`document.querySelector('.plot canvas').toDataURL()`)
      await page.keyboard.press('Tab')
      expect(await focused()).toBe('skip')
      for (let presses = 0; presses < 20 && (await focused()) !== 'theme'; presses += 1)
        await page.keyboard.press('Tab')
      expect(await focused()).toBe('theme')
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')
      expect(outline).toBe('solid')
      const before = await picture()
      expect(await page.locator('#theme').textContent()).toBe('Dark theme')
      await page.keyboard.press('Enter')
      expect(await page.locator('#theme').textContent()).toBe('Light theme')
      expect(await page.evaluate<string>(paper)).toBe('rgb(20, 23, 26)')
      const after = await picture()
      expect(after).not.toBe(before)
      expect(await lowContrast(page)).toEqual([])
    }))

  test('the record inside can be saved', () =>
    opened({ acceptDownloads: true }, async (page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
      expect(download.suggestedFilename()).toBe('edgelab-2026-11-24-0915-7f3a.json')
      const saved = JSON.parse(await readFile(await download.path(), 'utf8'))
      expect(saved).toEqual(JSON.parse(JSON.stringify(sampleModel.record)))
    }))

  test('print is light, unfolds everything and shows the pictures', () =>
    opened({ colorScheme: 'dark' }, async (page) => {
      expect(await page.locator('#configurations details table').first().isVisible()).toBe(false)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.plot img').first().isVisible()).toBe(true)
      expect(await page.locator('.plot canvas').first().isVisible()).toBe(false)
      expect(await page.evaluate<string>(paper)).toBe('rgb(255, 255, 255)')
      expect(await page.locator('#configurations details table').first().isVisible()).toBe(true)
      await page.pdf()
    }))
})
