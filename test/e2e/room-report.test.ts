/** A room's report in a real browser, from file://, with the network cut. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderRoomHtml } from '../../src/views/html/workshop/room-report.tsx'
import { roomReport } from '../../src/workshop/summary/report.ts'
import { hostileText } from '../views/sample-model.ts'
import { guesser, labs, roomOf } from '../workshop/sample-room.ts'
import { lowContrast } from './contrast.ts'
import { launchBrowser, missingBrowser, openedFromFile } from './from-file.ts'

const truths = { address: 'not-at-all', connections: '30', 'crowd.proxy': 'no', 'crowd.gateway': 'yes' }
const room = roomOf(
  Array.from({ length: 24 }, (_, at) =>
    guesser(
      at === 0 ? hostileText.slice(0, 40) : `Person ${at}`,
      {
        address: ['header', 'not-at-all'][at % 2]!,
        connections: String(3 * at),
        'crowd.proxy': 'yes',
        'crowd.gateway': 'yes',
      },
      truths,
      { confidence: ((at % 3) + 1) as 1 | 2 | 3, team: at % 2 ? 'blue' : 'teal' },
    ),
  ),
)
const report = roomReport(room, labs)

describe.skipIf(missingBrowser !== '')(`a room’s report in a browser${missingBrowser}`, () => {
  let browser: Browser
  let folder = ''
  let address = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edgelab-room-report-'))
    const file = join(folder, 'room.html')
    await writeFile(
      file,
      await renderRoomHtml({ report, edgelab: '0.1.0', madeAt: '2026-11-29T13:00:00.000Z', hasNames: true }),
    )
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
      expect(await page.locator('h1').textContent()).toBe('Gateways at noon')
      expect(await page.locator('.lead').textContent()).toMatch(/^What most got wrong: “/)
      expect(await page.locator('#people tbody tr').count()).toBe(26)
      // Three questions, one of them about two roles.
      expect(await page.locator('.histogram').count()).toBe(3)
      expect(await page.locator('.bar.seen svg').first().isVisible()).toBe(true)
      expect(await lowContrast(page)).toEqual([])
    }),
  )

  test('names are inert', () =>
    opened({}, async (page) => {
      expect(await page.evaluate<boolean>(`'__pwned' in window`)).toBe(false)
      expect(await page.locator('img').count()).toBe(0)
    }))

  test('nothing sticks out of a telephone', () =>
    opened({ viewport: { width: 360, height: 740 } }, async (page) => {
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    }))

  test('the results can be saved', () =>
    opened({ acceptDownloads: true }, async (page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
      expect(download.suggestedFilename()).toBe('edgelab-workshop-w1.json')
      expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toEqual(
        JSON.parse(JSON.stringify({ formatVersion: 1, ...report })),
      )
    }))

  test('print is light and whole', () =>
    opened({ colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' })
      expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
      await page.pdf()
    }))
})
