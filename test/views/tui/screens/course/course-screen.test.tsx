import { afterEach, expect, test } from 'vitest'
import { freshStep } from '../../../../../src/labs/progress/progress.ts'
import type { LabEntry, Services } from '../../../../../src/views/services.ts'
import { CourseScreen } from '../../../../../src/views/tui/screens/course/course-screen.tsx'
import { fixtureLab, fixtureProgress } from '../../../lab-fixture.ts'
import { type OpenedApp, openOn, type Setting } from '../../harness.tsx'

let app: OpenedApp
afterEach(() => app.close())

const steps = Object.fromEntries(fixtureLab.steps.map(({ id }) => [id, { ...freshStep, done: true }]))
const labs = (): LabEntry[] => [
  { lab: { ...fixtureLab, number: 1, id: 'one-hop', title: 'One hop' }, progress: { ...fixtureProgress, steps } },
  { lab: { ...fixtureLab, number: 2, id: 'remember', title: 'Remember' }, progress: { ...fixtureProgress, at: 'ask' } },
  { lab: fixtureLab, progress: null },
]

async function open(services: Partial<Services> = {}, setting: Setting = {}): Promise<void> {
  app = openOn((route) => (route.name === 'home' ? <CourseScreen /> : null), {
    ...setting,
    services: { labs: async () => labs(), ...services },
  })
  await app.shows('The course')
  await app.lacks('Reading the labs')
}

test.each([
  [60, 16],
  [80, 24],
  [140, 45],
])('what there is, and where the learner is, at %i×%i', async (columns, rows) => {
  await open({}, { columns, rows })
  await expect(`${app.text()}\n`).toMatchFileSnapshot(`../../../../golden/lab/course-${columns}x${rows}.txt`)
})

test('what cannot be started stands below the labs with its reason, and has no keys', async () => {
  const problem = 'steps.0: there is no file steps/scene.md'
  await open({ brokenLabs: async () => [{ id: 'saying-no', number: 3, problem }] }, { columns: 120 })
  await app.shows(/ 3 {2}saying-no: steps.0: there is no file steps\/scene.md/)
  await app.press('end')
  await app.shows('saying-no cannot be started: steps.0: there is no file steps/scene.md')
  await app.shows('edgelab lab check 3 says all that is wrong with it.')
  expect(app.rows().at(-1)).toBe(' ↑↓ move  ? keys  q quit')
})

test('the lab that was begun is chosen; Enter opens it', async () => {
  await open()
  expect(app.text()).toMatch(/❯ +2 {2}Remember +15 min {2}step 3 of 7/)
  expect(app.rows().at(-1)).toContain('⏎ go on')
  await app.press('return')
  expect(app.opened.at(-1)).toEqual({ name: 'lab', id: 'remember' })
})

test('a lab that was not begun has neither report nor anything to lose', async () => {
  await open()
  await app.press('down')
  expect(app.rows().at(-1)).toBe(' ↑↓ move  ⏎ begin  ? keys  q quit')
})

test('o writes the report and says where it is', async () => {
  const asked: string[] = []
  await open({
    labReport: async (id) => {
      asked.push(id)
      return '/state/labs/remember/report.html'
    },
  })
  await app.press('o')
  await app.shows('the report is /state/labs/remember/report.html')
  expect(asked).toEqual(['remember'])
})

test('beginning anew asks, and shows what became of it', async () => {
  let entries = labs()
  const reset: string[] = []
  await open({
    labs: async () => entries,
    resetLab: async (id) => {
      reset.push(id)
      entries = entries.map((each) => (each.lab.id === id ? { ...each, progress: null } : each))
    },
  })
  await app.press('x', 'n')
  expect(reset).toEqual([])
  await app.press('x')
  await app.shows('Begin lab 2, Remember, anew?')
  await app.press('y')
  await app.shows('Lab 2 is as if it had not been begun.')
  await app.shows(/2 {2}Remember +15 min {2}not begun/)
  expect(reset).toEqual(['remember'])
})
