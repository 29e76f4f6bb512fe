/** The report of a run in a real browser. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { renderHtml } from '../../src/views/html/render.tsx'
import { sampleModel } from '../views/sample-model.ts'
import { lowContrast } from './contrast.ts'
import { describeReport, paper, type ReportPage } from './report-page.ts'

const chartColors = `(() => {
  const canvas = document.querySelector('.plot canvas')
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  const seen = new Set()
  for (let at = 0; at < data.length; at += 4) seen.add(data[at] + ',' + data[at + 1] + ',' + data[at + 2])
  return [...seen]
})()`

const unfolded = (page: Page): Promise<boolean> => page.locator('#configurations details table').first().isVisible()

const report: ReportPage = {
  title: 'the report',
  render: () => renderHtml(sampleModel),
  async complete(page, { colorScheme, hasScript }) {
    expect(await page.locator('h1').textContent()).toContain('Is an API gateway just a reverse proxy')
    expect(await page.locator('.lead').isVisible()).toBe(true)
    expect(await page.locator('#answer table tbody tr').count()).toBe(3)
    expect(await page.locator('figure table').count()).toBe(4)
    expect(await page.locator('.intervals svg').isVisible()).toBe(true)
    const pictures = page.locator('.plot img')
    expect(await pictures.count()).toBe(3)
    expect(await page.locator('.plot canvas').count()).toBe(hasScript ? 3 : 0)
    expect(await pictures.first().isVisible()).toBe(!hasScript)
    expect(await page.locator('#theme').isVisible()).toBe(hasScript)
    expect(await unfolded(page)).toBe(false)
    const background = await page.evaluate<string>(paper)
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 26)' : 'rgb(255, 255, 255)')
  },
  saves: 'edgelab-2026-11-24-0915-7f3a.json',
  saved: (data) => expect(data).toEqual(JSON.parse(JSON.stringify(sampleModel.record))),
  async printed(page) {
    expect(await page.locator('.plot img').first().isVisible()).toBe(true)
    expect(await page.locator('.plot canvas').first().isVisible()).toBe(false)
    expect(await unfolded(page)).toBe(true)
  },
}

describeReport(report, (opened) => {
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
})
