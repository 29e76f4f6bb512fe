/** Every screen at three sizes, as kept in test/golden/tui; then what its keys do. */
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { compareRuns } from '../../../../src/comparison/runs/compare-runs.ts'
import { EdgeLabError } from '../../../../src/errors.ts'
import { CompareScreen } from '../../../../src/views/tui/screens/compare/compare.tsx'
import { DoctorScreen } from '../../../../src/views/tui/screens/doctor/doctor.tsx'
import { ErrorScreen } from '../../../../src/views/tui/screens/error/error.tsx'
import { GlossaryScreen } from '../../../../src/views/tui/screens/glossary/glossary.tsx'
import { HomeScreen } from '../../../../src/views/tui/screens/home/home.tsx'
import { ComparisonScreen } from '../../../../src/views/tui/screens/reports/comparison.tsx'
import { ReportsScreen } from '../../../../src/views/tui/screens/reports/reports.tsx'
import { Frame } from '../../../../src/views/tui/widgets/frame.tsx'
import { sampleRecord } from '../../../comparison/record-factory.ts'
import { brokenEntry, hostileText, sampleEntries } from '../../sample-model.ts'
import { expectGolden, sizes } from '../golden.ts'
import { type OpenedApp, openOn, type Setting } from '../harness.tsx'
import { now, sampleServices } from '../sample-services.ts'

const broken = new EdgeLabError(
  'startFailed',
  { name: 'nginx', why: 'it ended at once' },
  { logTail: `nginx: [emerg] unknown directive "limit_reqs"\n${hostileText}` },
)

const screens: Readonly<Record<string, { readonly node: ReactNode; readonly shows: string }>> = {
  home: { node: <HomeScreen />, shows: '3 of 5' },
  compare: { node: <CompareScreen />, shows: '[ ] caching' },
  reports: { node: <ReportsScreen />, shows: 'damaged' },
  doctor: { node: <DoctorScreen />, shows: 'Docker does not answer' },
  glossary: { node: <GlossaryScreen />, shows: 'API gateway' },
  error: { node: <ErrorScreen error={broken} />, shows: 'A part of the lab did not start' },
}

let app: OpenedApp
const open = (node: ReactNode, setting: Setting = {}): OpenedApp => {
  app = openOn(({ name }) => (name === 'home' ? node : null), { services: sampleServices, ...setting })
  return app
}
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now }))
afterEach(async () => {
  await app.close()
  vi.useRealTimers()
})

describe.each(Object.entries(screens))('%s', (name, { node, shows }) => {
  test.each(sizes)('at %i×%i', async (columns, rows) => {
    open(node, { columns, rows })
    await app.shows(shows)
    expectGolden(app, `${name}-${columns}x${rows}`)
  })

  test('in ASCII', async () => {
    open(node, { unicode: false })
    await app.shows(shows)
    expect(app.text()).toMatch(/^[\n -~]*$/)
  })

  test('its help names every key, and its footer only keys of the help', async () => {
    open(node)
    await app.shows(shows)
    const footer = app.rows().at(-1)!.trim()
    expect(footer.split(/ {2,}/).length).toBeGreaterThanOrEqual(3)
    expect(footer.split(/ {2,}/).length).toBeLessThanOrEqual(7)
    await app.press('?')
    await app.shows('Keys · ')
    for (const part of footer.split(/ {2,}/)) {
      for (const key of part.slice(0, part.indexOf(' ')).match(/[↑↓⏎]|[^↑↓⏎/]+|\//gu) ?? []) {
        expect(app.text(), key).toMatch(new RegExp(`^ .*${key === '?' || key === '/' ? `\\${key}` : key}.* {2,}`, 'm'))
      }
    }
  })

  test('smaller and larger in the middle leave a frame of exactly the height', async () => {
    open(node)
    await app.shows(shows)
    for (const [columns, rows] of [
      [60, 16],
      [141, 45],
      [40, 10],
      [80, 24],
    ] as const) {
      await app.resize(columns, rows)
      expect(app.rows()).toHaveLength(rows)
      if (columns >= 60) expect(app.rows().at(-1)).toMatch(/\? keys {2}q quit$/)
    }
    expectGolden(app, `${name}-80x24`)
  })

  test('what others wrote steers nothing', async () => {
    open(node, { color: true })
    await app.shows(shows)
    await app.press('down', 'down')
    expect(app.written()).not.toMatch(/\u001b\[2J|\u001b\]0|\u001b\]8|\u202e/)
  })
})

test('home is drawn before anything is known, and what becomes known moves nothing', async () => {
  const answer = Promise.withResolvers<void>()
  const never = { surroundings: sampleServices.surroundings!, runs: sampleServices.runs!, labs: sampleServices.labs! }
  const late = Object.fromEntries(
    Object.entries(never).map(([name, ask]) => [name, () => answer.promise.then(() => ask() as Promise<never>)]),
  )
  open(<HomeScreen />, { services: { ...sampleServices, ...late } })
  await app.shows('What runs here')
  const before = app.rows()
  expect(before[0]).toMatch(/^ EdgeLab +…$/)
  answer.resolve()
  await app.shows('3 of 5')
  const places = (rows: readonly string[]): readonly number[] =>
    ['❯ ', 'Compare systems', 'Open a report', 'What runs here', 'Glossary', 'Quit'].map((label) =>
      rows.findIndex((row) => row.includes(label)),
    )
  expect(places(app.rows())).toEqual(places(before))
})

/** Home, over which every other screen is only its name. */
const openHome = (setting: Setting = {}): void => {
  app = openOn(
    ({ name }) =>
      name === 'home' ? (
        <HomeScreen />
      ) : (
        <Frame title={`other screen: ${name}`} bindings={[]}>
          {null}
        </Frame>
      ),
    { services: sampleServices, ...setting },
  )
}

test('home leads to the lab where the learner is, and to every other screen', async () => {
  openHome()
  await app.shows('3 of 5')
  const led: string[] = []
  for (const keys of [['return'], ['down'], ['down'], ['down'], ['down'], ['l'], ['w']]) {
    await app.press(...keys, ...(keys[0] === 'down' ? ['return'] : []))
    led.push(app.opened.at(-1)!.name)
    await app.press('q')
  }
  expect(led).toEqual(['lab', 'compare', 'reports', 'doctor', 'glossary', 'labs', 'glossary'])
  expect(app.opened[1]).toEqual({ name: 'lab', id: 'saying-no' })
})

test('home asks again what runs here when another screen was left', async () => {
  let isStarted = false
  const surroundings = async () => ({
    ...(await sampleServices.surroundings!()),
    reason: isStarted ? 'Docker answers' : 'Docker is not running',
  })
  openHome({ services: { ...sampleServices, surroundings } })
  await app.shows('Docker is not running')
  await app.press('w')
  await app.shows('other screen: glossary')
  isStarted = true
  await app.press('q')
  await app.shows('Docker answers')
})

test('compare: marks, systems that cannot run, how exactly, how sure, and the run begins', async () => {
  const remembered = vi.fn(async () => undefined)
  open(<CompareScreen />, { services: { ...sampleServices, rememberChoice: remembered } })
  await app.shows('[ ] caching')
  await app.press('space', 'down', 'space', 'return')
  await app.shows('step 2 of 3')
  await app.press('down', 'space')
  expect(app.text()).toContain('nginx cannot run here; what would change that stands below the list.')
  expect(app.text()).toContain('apt-get install')
  await app.press('e')
  await app.shows('impossible: XML needs code in the proxy')
  await app.press('e', 'down', 'down', 'space', 'return')
  await app.shows('step 3 of 3')
  expect(app.text()).toContain('Systems: direct and node-gateway.')
  await app.shows('❯ Default')
  await app.press('down')
  await app.shows(/❯ For the record +about \d+ (min|s): as the default, since nothing/)
  await app.press('return')
  const choice = { scenarios: ['caching', 'rate-limit'], systems: ['direct', 'node-gateway'], effort: 'publish' }
  expect(app.opened.at(-1)).toEqual({ name: 'live', choice })
  expect(remembered).toHaveBeenCalledWith(choice)
})

test('compare: a file that is no scenario is a line with its reason, and cannot be chosen', async () => {
  const scenarios = async () => [...sampleEntries, brokenEntry]
  open(<CompareScreen />, { services: { ...sampleServices, scenarios } })
  await app.shows('mine')
  expect(app.rows()[0]).toMatch(/0 of 2 scenarios$/)
  await app.press('G')
  await app.shows('scenarios/mine.yaml: line 3, title: should have at most 60 characters')
  await app.press('space', 'return')
  expect(app.rows()[0]).toMatch(/step 1 of 3.*0 of 2 scenarios$/)
})

test('compare proposes the last choice', async () => {
  const last = async () => ({
    scenarios: ['rate-limit'],
    systems: ['direct', 'nginx'] as const,
    effort: 'publish' as const,
  })
  open(<CompareScreen />, { services: { ...sampleServices, lastChoice: last } })
  await app.shows('[x] rate-limit')
  await app.press('return')
  await app.shows('1 of 5 systems')
  await app.press('return', 'return')
  expect(app.opened.at(-1)).toEqual({
    name: 'live',
    choice: { scenarios: ['rate-limit'], systems: ['direct'], effort: 'publish' },
  })
})

test('compare: what was remembered and is gone is not proposed, and the rest does not wait for the engine', async () => {
  const answer = Promise.withResolvers<void>()
  const lastChoice = async () => ({
    scenarios: ['gone', 'caching'],
    systems: ['direct'] as const,
    effort: 'quick' as const,
  })
  const surroundings = () => answer.promise.then(sampleServices.surroundings!)
  open(<CompareScreen />, { services: { ...sampleServices, lastChoice, surroundings } })
  await app.shows('[x] caching')
  expect(app.rows()[0]).toMatch(/1 of 2 scenarios$/)
  answer.resolve()
  await app.press('return')
  await app.shows('1 of 5 systems')
  await app.press('return', 'return')
  expect(app.opened.at(-1)).toEqual({
    name: 'live',
    choice: { scenarios: ['caching'], systems: ['direct'], effort: 'quick' },
  })
})

test('compare: the pointed scenario is meant where only scenarios that are gone were remembered', async () => {
  const lastChoice = async () => ({ scenarios: ['gone'], systems: ['direct'] as const, effort: 'quick' as const })
  open(<CompareScreen />, { services: { ...sampleServices, lastChoice } })
  await app.shows('[ ] caching')
  await app.press('return')
  await app.shows('1 of 5 systems')
  await app.press('return')
  await app.shows('Scenarios: caching.')
})

test('compare: at 60 columns Enter stays in the footer, and what is chosen stands in full', async () => {
  open(<CompareScreen />, { columns: 60, rows: 16 })
  await app.shows('[ ] caching')
  await app.press('return', 'down')
  await app.shows('⏎ how sure')
  await app.press('return')
  await app.shows('❯ Default')
  expect(app.text()).toContain('For the record')
  await app.press('escape')
  await app.shows('step 2 of 3')
})

test('reports: delete asks, n keeps, y deletes; a damaged one says what is wrong', async () => {
  const deleteRun = vi.fn(async () => undefined)
  const openRun = async (): Promise<never> => {
    throw new EdgeLabError('unreadableRecord', { path: 'reports/x', why: 'it is cut' })
  }
  open(<ReportsScreen />, { services: { ...sampleServices, deleteRun, openRun } })
  await app.shows('damaged')
  await app.press('d')
  await app.shows('Delete reports/2026-11-24-0915-7f3a')
  await app.press('n')
  expect(deleteRun).not.toHaveBeenCalled()
  await app.press('d', 'y')
  expect(deleteRun).toHaveBeenCalledWith('reports/2026-11-24-0915-7f3a')
  await app.press('G')
  await app.shows('it is not JSON, or cut')
  await app.press('return')
  expect(app.opened.at(-1)?.name).toBe('error')
  await app.lacks('Reading')
})

test('reports are narrowed by words', async () => {
  open(<ReportsScreen />)
  await app.shows('damaged')
  await app.press('/partial', 'return')
  await app.shows('22 hours ago')
  expect(app.text()).not.toContain('damaged')
  await app.press('escape')
  await app.shows('damaged')
})

test('glossary: a word is found by another word for it', async () => {
  open(<GlossaryScreen />)
  await app.press('/herd', 'return')
  await app.shows('❯ stampede')
  expect(app.text()).toContain('thundering herd')
})

test('what runs here is copied by OSC 52, and the status names the file', async () => {
  open(<DoctorScreen />)
  await app.shows('Docker does not answer')
  await app.press('y')
  await app.shows('What runs here copied; it is in copied.txt too')
  const [, base64] = /\u001b\]52;c;([A-Za-z0-9+/=]+)\u0007/.exec(app.written()) ?? []
  expect(Buffer.from(base64!, 'base64').toString()).toContain('apt-get install')
  await app.press('r')
  expect(app.text()).not.toContain('copied')
})

test('reports: c on two runs compares them; c on the marked one takes the mark away', async () => {
  const [entry] = await sampleServices.runs!()
  const other = { ...entry!, folder: 'reports/2026-11-25-1010-02bc' }
  const compareRuns = vi.fn(async () => {
    throw new EdgeLabError('runsDiffer', { what: 'overhead: connections is 32 in the first, 64 in the second' })
  })
  open(<ReportsScreen />, { services: { ...sampleServices, runs: async () => [entry!, other], compareRuns } })
  await app.shows('2 runs')
  await app.press('c')
  await app.shows('2026-11-24-0915-7f3a is marked')
  await app.press('c')
  await app.lacks('is marked')
  await app.press('c', 'down', 'c')
  await vi.waitFor(() => expect(compareRuns).toHaveBeenCalledWith(entry!.folder, other.folder))
  await vi.waitFor(() => expect(app.opened.at(-1)?.name).toBe('error'))
})

test('a comparison shows what changed, scrolls, and copies Markdown', async () => {
  const record = sampleRecord()
  open(<ComparisonScreen comparison={compareRuns(record, record)} />)
  await app.shows('No detectable change')
  await app.press('y')
  await app.shows('The comparison')
})
