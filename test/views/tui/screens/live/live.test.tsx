import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { EdgeLabError } from '../../../../../src/errors.ts'
import type { Emit } from '../../../../../src/experiment/events.ts'
import type { FinishedRun, Services } from '../../../../../src/views/services.ts'
import { useNavigation } from '../../../../../src/views/tui/navigation.tsx'
import { LiveScreen } from '../../../../../src/views/tui/screens/live/live.tsx'
import { Frame } from '../../../../../src/views/tui/widgets/frame.tsx'
import { Row } from '../../../../../src/views/tui/widgets/lines.tsx'
import { frame, frameOf, halfARun, restOfTheRun, runStarted, scenarioStarted, series } from '../../../live-events.ts'
import { halfOfSlices } from '../../../live-slices-events.ts'
import { sampleModel } from '../../../sample-model.ts'
import { type OpenedApp, openOn, type Setting } from '../../harness.tsx'

const choice = { scenarios: ['caching'], systems: ['nginx', 'nginx-lua'], effort: 'quick' } as const
const finished: FinishedRun = { model: sampleModel, folder: 'reports/r', report: 'reports/r/report.html' }

/** A run that the test drives: it emits what it is told to, and ends when it is told to. */
function drivenRun() {
  const end = Promise.withResolvers<FinishedRun>()
  const observer = Promise.withResolvers<Parameters<Services['measure']>[1]>()
  const measure: Services['measure'] = (_, given) => {
    observer.resolve(given)
    return end.promise
  }
  return {
    measure,
    end,
    onlooker: observer.promise,
    async emit(...events: readonly Parameters<Emit>[0][]) {
      const { emit } = await observer.promise
      for (const event of events) emit(event)
    },
  }
}

let app: OpenedApp
let run: ReturnType<typeof drivenRun>
const open = (setting: Setting = {}): OpenedApp => {
  run = drivenRun()
  app = openOn(
    (route) => (route.name === 'live' ? <LiveScreen choice={route.choice} /> : <Other name={route.name} />),
    {
      first: { name: 'live', choice },
      ...setting,
      services: { measure: run.measure },
    },
  )
  return app
}
afterEach(async () => {
  vi.useRealTimers()
  run.end.resolve(finished)
  await app.close()
})

/** Every other screen: `x` opens the run over it. */
function Other({ name }: { readonly name: string }): ReactNode {
  const { go } = useNavigation()
  return (
    <Frame
      title={`other screen: ${name}`}
      bindings={[{ keys: ['x'], label: 'run', act: () => go({ name: 'live', choice }) }]}
    >
      <Row line="" />
    </Frame>
  )
}

test.each([
  [60, 16],
  [80, 24],
  [140, 45],
])('twelve systems and a duplicate in slices at %i×%i', async (columns, rows) => {
  open({ columns, rows })
  await run.emit(...halfOfSlices)
  await app.shows('→ measuring')
  const frames = [app.text()]
  await app.press('down', 'down', 'return')
  frames.push(app.text())
  await expect(`${frames.join('\n\n')}\n`).toMatchFileSnapshot(
    `../../../../golden/views/tui/live-slices-${columns}x${rows}.txt`,
  )
})

test.each([
  [60, 16],
  [80, 24],
  [140, 45],
])('the table and the system at work at %i×%i', async (columns, rows) => {
  open({ columns, rows })
  await run.emit(...halfARun)
  await app.shows('→ measuring')
  const frames = [app.text()]
  await app.press('down', 'down', 'return')
  frames.push(app.text())
  await expect(`${frames.join('\n\n')}\n`).toMatchFileSnapshot(
    `../../../../golden/views/tui/live-${columns}x${rows}.txt`,
  )
})

test('in ASCII', async () => {
  open({ unicode: false })
  await run.emit(...halfARun)
  await app.shows('-> measuring')
  expect(app.text()).toMatch(/^[\n -~]*$/)
})

test('before the first event it says what it waits for, with the latest note', async () => {
  open()
  ;(await run.onlooker).note('pulling an image \u001b[2J')
  await app.shows('pulling an image \\x1b[2J')
  expect(app.rows()[0]).toMatch(/^ Getting ready/)
})

test('proof comes before the rounds, and a failed probe says what was expected and received', async () => {
  open()
  const proof = halfARun.slice(
    0,
    halfARun.findIndex(({ type }) => type === 'round-started'),
  )
  await run.emit(...proof)
  await app.shows('✗ 1/2')
  expect(app.rows()[0]).toMatch(/proof/)
  await app.press('down', 'down', 'return')
  await app.shows('expected  2 requests at the origin')
  expect(app.text()).toContain('received  1 request at the origin')
  await app.press('down')
  await app.shows('Error: listen EADDRINUSE')
})

test('more systems than there is room for: the table says that there are more', async () => {
  open({ columns: 60, rows: 16 })
  const systems = Array.from({ length: 14 }, (_, at) => `nginx-${at}`) as never
  await run.emit({ ...runStarted, systems } as typeof runStarted, scenarioStarted)
  await app.shows(/▼ 1–6 of 15/)
  await app.press(...Array.from({ length: 14 }, () => 'down'))
  await app.shows(/❯ nginx-13/)
  expect(app.rows()).toHaveLength(16)
  expect(app.rows().at(-1)).toContain('? keys')
})

test('details of another system begin at their top', async () => {
  open({ columns: 60, rows: 16 })
  await run.emit(...halfARun)
  await app.press('down', 'down', 'pageDown', 'pageDown')
  expect(app.text()).not.toContain('nginx-lua  → measuring ·')
  await app.press('up')
  await app.shows('nginx  ✓ done ·')
  await app.press('down')
  await app.shows('nginx-lua  → measuring ·')
})

test('a frozen screen stays when the run ends; the findings come when it is let go', async () => {
  open()
  await run.emit(...halfARun)
  await app.shows('→ measuring')
  await app.press('f')
  await run.emit(...restOfTheRun)
  run.end.resolve(finished)
  await app.shows('frozen · the run is over')
  expect(app.text()).toContain('→ measuring')
  await app.press('f')
  await app.shows('other screen: findings')
})

test('the end leads to the findings, in place of the run', async () => {
  open()
  await run.emit(...halfARun, ...restOfTheRun)
  await app.shows('writing the report')
  run.end.resolve(finished)
  await app.shows('other screen: findings')
  expect(app.opened.at(-1)).toMatchObject({ name: 'findings', run: finished })
})

test('q stops and keeps what is measured: it waits for the partial record', async () => {
  open()
  await run.emit(...halfARun)
  await app.press('q')
  await app.shows('stopping; what is finished is kept')
  expect((await run.onlooker).signal.aborted).toBe(true)
  const partial = { ...finished, model: { ...sampleModel, record: { ...sampleModel.record, partial: true } } }
  run.end.resolve(partial)
  await app.shows('other screen: findings')
  await app.shows('Stopped; what is finished is kept.')
})

test('a second q does not wait, and the end that comes later opens nothing', async () => {
  open({ first: { name: 'home' } })
  await app.press('x')
  await run.emit(...halfARun)
  await app.press('q', 'q')
  await app.shows('other screen: home')
  run.end.resolve(finished)
  await app.press('down')
  expect(app.opened.at(-1)?.name).not.toBe('findings')
  expect(app.text()).toContain('other screen: home')
})

test('stopped before anything was measured: back, and said so', async () => {
  open({ first: { name: 'home' } })
  await app.press('x', 'q')
  run.end.reject(new EdgeLabError('interrupted'))
  await app.shows('Stopped before anything was measured.')
  expect(app.text()).toContain('other screen: home')
})

test('what goes wrong is an error screen of its own', async () => {
  open()
  run.end.reject(new EdgeLabError('nothingRuns', { why: 'no engine answers' }))
  await app.shows('other screen: error')
})

test('leaving the app waits for the run to be stopped', async () => {
  open()
  await run.emit(...halfARun)
  await app.press('ctrl+c')
  expect((await run.onlooker).signal.aborted).toBe(true)
  expect(app.written()).toContain('Stopping the run. Ctrl-C does not wait for it.')
  run.end.resolve(finished)
  expect(await app.exit).toEqual({ why: 'interrupted' })
  expect(app.written()).toContain('Report: reports/r/report.html')
})

test('leaving the app before anything was measured says so', async () => {
  open()
  await app.press('ctrl+c')
  run.end.reject(new EdgeLabError('interrupted'))
  await app.exit
  expect(app.written()).toContain('Nothing was measured.')
})

test('f freezes what is shown while the run goes on, and f again shows where it is', async () => {
  open()
  await run.emit(...halfARun)
  await app.shows('→ measuring')
  await app.press('f')
  await app.shows('frozen')
  const before = app.text()
  await run.emit(frameOf('nginx-lua', 1, frame(1250, [series(1, 5000)])))
  await app.press('down', 'up')
  expect(app.text()).toBe(before)
  await app.press('f')
  await app.shows(/nginx-lua +✗ 1\/2 +5.400/)
})

test('however many events come, nothing is drawn between two ticks', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  open()
  await run.emit(...halfARun)
  vi.advanceTimersByTime(250)
  await app.shows('→ measuring')
  const before = app.written()
  for (let n = 0; n < 40; n += 1) await run.emit(frameOf('nginx-lua', 1, frame(1250 + n, [series(1, 5)])))
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(app.written()).toBe(before)
  vi.advanceTimersByTime(250)
  await app.shows(/nginx-lua +✗ 1\/2 +600/)
})

test('hostile text in a probe and a log changes nothing on the screen', async () => {
  open()
  await run.emit(...halfARun)
  await app.shows('→ measuring')
  await app.press('down', 'down', 'return')
  await app.shows('received  1 request at the origin')
  await app.press('down')
  await app.shows('\\x1b[2J')
  expect(app.rows()[0]).toMatch(/^ caching/)
  expect(app.written()).not.toContain('\u001b]0;')
  expect(app.written()).not.toContain('\u202e')
})

test('a resize in the middle of a round leaves one whole frame', async () => {
  open()
  await run.emit(...halfARun)
  await app.shows('→ measuring')
  for (const [columns, rows] of [
    [60, 16],
    [140, 45],
    [80, 24],
  ] as const) {
    await app.resize(columns, rows)
    expect(app.rows().filter((row) => row.startsWith(' caching'))).toHaveLength(1)
    expect(app.rows().filter((row) => row.includes('→ measuring')).length).toBeGreaterThanOrEqual(1)
    expect(app.rows().at(-1)).toContain('q stop')
  }
})
