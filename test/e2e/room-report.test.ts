/** A room's report in a real browser. */
import { expect, test } from 'vitest'
import { renderRoomHtml } from '../../src/views/html/workshop/room-report.tsx'
import { roomReport } from '../../src/workshop/summary/report.ts'
import { hostileText } from '../views/sample-model.ts'
import { guesser, labs, roomOf } from '../workshop/sample-room.ts'
import { describeReport, type ReportPage } from './report-page.ts'

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
const results = roomReport(room, labs)

const report: ReportPage = {
  title: 'a room’s report',
  render: () =>
    renderRoomHtml({ report: results, edgelab: '0.1.0', madeAt: '2026-11-29T13:00:00.000Z', hasNames: true }),
  async complete(page) {
    expect(await page.locator('h1').textContent()).toBe('Gateways at noon')
    expect(await page.locator('.lead').textContent()).toMatch(/^What most got wrong: “/)
    expect(await page.locator('#people tbody tr').count()).toBe(26)
    // Three questions, one of them about two roles.
    expect(await page.locator('.histogram').count()).toBe(3)
    expect(await page.locator('.bar.seen svg').first().isVisible()).toBe(true)
  },
  saves: 'edgelab-workshop-w1.json',
  saved: (data) => expect(data).toEqual(JSON.parse(JSON.stringify({ formatVersion: 1, ...results }))),
}

describeReport(report, (opened) => {
  test('names are inert', () =>
    opened({}, async (page) => {
      expect(await page.evaluate<boolean>(`'__pwned' in window`)).toBe(false)
      expect(await page.locator('img').count()).toBe(0)
    }))
})
