/** A lab's report in a real browser. */
import { expect, test } from 'vitest'
import { renderLabHtml } from '../../src/views/html/lab/render.tsx'
import { fixtureProgress, fixtureReport } from '../views/lab-fixture.ts'
import { describeReport, type ReportPage } from './report-page.ts'

const report: ReportPage = {
  title: 'a lab’s report',
  render: () => renderLabHtml(fixtureReport),
  async complete(page, { hasScript }) {
    expect(await page.locator('h1').textContent()).toBe('Who pays when somebody hammers with wrong keys?')
    expect(await page.locator('.lead').isVisible()).toBe(true)
    expect(await page.locator('#answer tbody tr').count()).toBe(3)
    expect(await page.locator('main > section').count()).toBe(9)
    expect(await page.locator('.plot canvas').count()).toBe(hasScript ? 1 : 0)
    expect(await page.locator('.plot img').isVisible()).toBe(!hasScript)
    expect(await page.locator('#step-fix > figure pre').isVisible()).toBe(true)
    // A solution is folded away until it is asked for.
    expect(await page.locator('#step-fix > details pre').isVisible()).toBe(false)
    await page.locator('#step-fix > details > summary').last().click()
    expect(await page.locator('#step-fix > details pre').isVisible()).toBe(true)
  },
  saves: 'edgelab-lab-saying-no.json',
  saved: (data) => expect(data).toHaveProperty('progress', fixtureProgress),
  async printed(page) {
    expect(await page.locator('#step-fix .probe dl').first().isVisible()).toBe(true)
    expect(await page.locator('#step-welcome p').nth(1).isVisible()).toBe(true)
  },
}

describeReport(report, (opened) => {
  test('a captured body is inert', () =>
    opened({}, async (page) => {
      expect(await page.evaluate<boolean>(`'__pwned' in window`)).toBe(false)
      expect(await page.locator('img:not(.plot img)').count()).toBe(0)
    }))
})
