/** The projector page in a real browser, served as the host serves it. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { projectorView } from '../../src/views/html/workshop/projector-view.ts'
import { type ServedProjector, serveProjector } from '../../src/workshop/projector/serve-projector.ts'
import { hostileText } from '../views/sample-model.ts'
import { type HostHere, hostHere } from '../workshop/host-here.ts'
import { guesser, labs, roomOf } from '../workshop/sample-room.ts'
import { lowContrast } from './contrast.ts'
import { type Looking, missingBrowser, openWindows, type Windows } from './windows.ts'

const truths = { address: 'not-at-all', connections: '30', 'crowd.proxy': 'no', 'crowd.gateway': 'yes' }
/** Twenty people whose guesses differ; every name means harm. */
const room = roomOf(
  Array.from({ length: 20 }, (_, at) =>
    guesser(
      `${hostileText.slice(0, 30)}${at}`,
      {
        address: ['header', 'not-at-all', 'corrected'][at % 3]!,
        connections: String(1 + 7 * at),
        'crowd.proxy': at % 2 ? 'yes' : 'no',
        'crowd.gateway': 'yes',
      },
      truths,
      { team: at % 2 ? 'blue' : 'orange' },
    ),
  ),
)
const size = { width: 1280, height: 800 }

describe.skipIf(missingBrowser !== '')(`the projector page in a browser${missingBrowser}`, () => {
  let windows: Windows
  let host: HostHere
  let served: ServedProjector
  const serve = (at = { port: 0, token: 'secret' }): Promise<ServedProjector> =>
    serveProjector(projectorView(labs), { now: () => ({ ...host, room: host.room() }), subscribe: host.subscribe }, at)

  beforeAll(async () => {
    windows = await openWindows({ offline: false })
  })
  afterAll(() => windows?.close())
  beforeEach(async () => {
    host = hostHere(room)
    served = await serve()
  })
  afterEach(() => served.close())

  /** Fails afterwards if the page asked anybody but the host, or complained about anything but `expected`. */
  async function opened(how: Looking, look: (page: Page) => Promise<void>, expected = /^$/): Promise<void> {
    const { complaints, requests } = await windows.look(served.address, { viewport: size, ...how }, async (page) => {
      await look(page)
      expect(await page.evaluate<boolean>(`'__pwned' in window`)).toBe(false)
    })
    expect(complaints.filter((text) => !expected.test(text))).toEqual([])
    expect(requests.filter((url) => !url.startsWith(served.address) && !url.startsWith('data:'))).toEqual([])
  }

  const show = (question: string) => host.order({ show: { lab: 'one-hop', step: 'guess', question } })
  /** Of what can be seen, in pixels. */
  const smallest = (page: Page): Promise<number> =>
    page.evaluate<number>(`Math.min(...[...document.querySelectorAll('body *')]
      .filter((each) => each.checkVisibility() && !each.closest('.unseen') && [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
      .map((each) => Number.parseFloat(getComputedStyle(each).fontSize)))`)
  const overflow = (page: Page): Promise<readonly number[]> =>
    page.evaluate<number[]>(
      '[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]',
    )

  const shown = [null, 'address', 'connections', 'crowd'] as const
  const cases = (['light', 'dark'] as const).flatMap((colorScheme) =>
    shown.flatMap((question) => [false, true].map((isRevealed) => ({ colorScheme, question, isRevealed }))),
  )
  test.each(cases)(
    '$colorScheme, $question, revealed $isRevealed: from the back row, on one screen',
    ({ colorScheme, question, isRevealed }) =>
      opened({ colorScheme }, async (page) => {
        if (question) await show(question)
        await host.order({ reveal: isRevealed })
        const expected = question ? 'have predicted' : 'Join from your own machine'
        await page.getByText(expected).waitFor()
        if (question && isRevealed) await page.getByText('came out so').first().waitFor()
        expect(await smallest(page)).toBeGreaterThanOrEqual(32)
        expect(await overflow(page)).toEqual([0, 0])
        expect(await page.getByText('7QF2-M9XK-ABCD-EFGH').isVisible()).toBe(true)
        expect(await page.getByText('maple-otter-42').isVisible()).toBe(true)
        expect(await lowContrast(page)).toEqual([])
      }),
  )

  test('what happens in the room is shown without a reload, results only once they are revealed', () =>
    opened({}, async (page) => {
      host.become(roomOf([]))
      await page.getByText('0 people here').waitFor()
      host.become(room)
      await page.getByText('20 people here').waitFor()
      await show('address')
      await page.getByText('20 of 20 have predicted').waitFor()
      expect(await page.locator('.seen').count()).toBe(0)
      await host.order({ reveal: true })
      await page.getByText('came out so').first().waitFor()
      expect(await page.locator('.bar.seen').allTextContents()).toEqual([
        '0 came out so',
        '20 came out so',
        '0 came out so',
      ])
      const widths = await page.evaluate<number[]>(
        "[...document.querySelectorAll('.bar.given rect')].map((each) => each.getBoundingClientRect().width)",
      )
      // 7, 7 and 6 of 20: bars are as long as their numbers say.
      expect(widths[0]! / widths[2]!).toBeCloseTo(7 / 6, 1)
    }))

  test('a key changes the theme', () =>
    opened({ colorScheme: 'light' }, async (page) => {
      const paper = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
      const light = await paper()
      await page.keyboard.press('d')
      expect(await paper()).not.toBe(light)
      await page.keyboard.press('d')
      expect(await paper()).toBe(light)
    }))

  test('when the host is restarted the page keeps what it shows, says so, and goes on', () =>
    opened(
      {},
      async (page) => {
        await show('address')
        await page.getByText('20 of 20 have predicted').waitFor()
        const { port } = served
        await served.close()
        await page.getByText('The host does not answer').waitFor()
        expect(await page.getByText('20 of 20 have predicted').isVisible()).toBe(true)
        await show('connections')
        served = await serve({ port, token: 'secret' })
        await page.getByRole('heading', { name: 'How many connections' }).waitFor()
        expect(await page.getByText('The host does not answer').isVisible()).toBe(false)
      },
      /ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE)/,
    ))

  test('without its script it shows what was so when it was asked for', async () => {
    await show('address')
    await windows.look(served.address, { viewport: size, hasScript: false }, async (page) => {
      expect(await page.getByText('20 of 20 have predicted').isVisible()).toBe(true)
    })
  })

  test('hostile titles, messages and names are inert', () =>
    opened({}, async (page) => {
      const spoilt = { ...room, workshop: { ...room.workshop, title: hostileText } }
      host.become(spoilt)
      await host.order({ say: hostileText.slice(0, 200) })
      await page.getByText('<img src=x onerror=').first().waitFor()
      expect(await page.locator('img, #content script, iframe').count()).toBe(0)
    }))
})
