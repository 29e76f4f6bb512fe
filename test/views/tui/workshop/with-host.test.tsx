/** The facilitator's screen and the projector page on a real host, to which real requests come over HTTPS. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { labNamed } from '../../../../src/labs/file/library.ts'
import { projectorView } from '../../../../src/views/html/workshop/projector-view.ts'
import { Facilitator } from '../../../../src/views/tui/workshop/facilitator.tsx'
import type { Host } from '../../../../src/workshop/room/room.ts'
import { ask, type HomeForHosts, homeForHosts, joinedAs, openStream, type Stream } from '../../../workshop/host/here.ts'
import { stepReport } from '../../../workshop/people.ts'
import { type OpenedApp, openOn } from '../harness.tsx'

let home: HomeForHosts
let host: Host
let app: OpenedApp
const streams: Stream[] = []

const lab = await labNamed('one-hop')
const step = lab.steps.find(({ type }) => type === 'predict')!
const question = step.type === 'predict' ? step.questions[0]! : undefined

const start = (): Promise<Host> => home.start({ projector: async () => projectorView([lab]) })

beforeEach(async () => {
  home = await homeForHosts()
  host = await start()
})
afterEach(async () => {
  await app.close()
  for (const stream of streams.splice(0)) stream.end()
  await home.remove()
})
const open = (): OpenedApp => {
  app = openOn(<Facilitator host={host} labs={[lab]} clock={Date.now} />)
  return app
}
const page = async (): Promise<string> => (await fetch(host.page)).text()

test('people join, report, lose their connection; orders reach them; the page shows what is chosen', async () => {
  open()
  await app.shows(host.joinLines[0]!.split(' ')[1]!)
  const { token } = await joinedAs(host, { name: 'Ada' })
  const stream = await openStream(host, token)
  streams.push(stream)
  const answers = { [question!.id]: question!.input.kind === 'choice' ? question!.input.options[0]!.id : '1' }
  await ask(host, '/v1/reports', { token, body: { reports: [stepReport({ step: step.id, answers, done: true })] } })
  await app.shows('1 of 1 here')
  await app.shows(/Ada .*✓/)

  await app.press('p')
  await app.shows('PAUSED at lab 1 step 1')
  await expect.poll(() => stream.seen.at(-1)?.pauseAt).toEqual({ lab: lab.id, step: lab.steps[0]!.id })
  await app.press('r', 'm', 'Coffee', 'return')
  await expect.poll(() => stream.seen.at(-1)?.message?.text).toBe('Coffee')

  expect(await page()).toContain(host.passcode)
  await app.press('2', 'down', 'return')
  await app.shows('results hidden')
  expect(await page()).toContain('1 of 1 have predicted')
  expect(await page()).not.toContain('Ada')

  await ask(host, '/v1/join', { body: { passcode: 'guessed' } })
  await app.press('4')
  await app.shows(/1 × /)

  stream.end()
  await app.shows('0 of 1 here')
})

test('a host that goes on shows the same question at the same address', async () => {
  open()
  await app.press('2', 'down', 'return')
  await app.shows('results hidden')
  const address = host.page
  const before = await page()
  await host.close()
  host = await start()
  expect(host.page).toBe(address)
  expect(await page()).toBe(before)
})
