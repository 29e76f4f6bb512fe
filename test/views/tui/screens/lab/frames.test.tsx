/** What each type of step looks like, at three sizes, before and after it was done. */
import { afterEach, expect, test } from 'vitest'
import { LabScreen } from '../../../../../src/views/tui/screens/lab/lab-screen.tsx'
import { wrongVerdicts } from '../../../lab-fixture.ts'
import { type OpenedApp, openOn } from '../../harness.tsx'
import { fakeSession } from './fake-session.ts'

let app: OpenedApp
afterEach(() => app.close())

const sizes = [
  [60, 16],
  [80, 24],
  [140, 45],
] as const
const steps = ['welcome', 'guess', 'ask', 'look', 'why', 'fix', 'recall']
const cases = sizes.flatMap(([columns, rows]) => steps.map((step) => ({ step, columns, rows })))

test.each(cases)('$step at $columns×$rows', async ({ step, columns, rows }) => {
  const session = fakeSession(step)
  app = openOn(<LabScreen id="saying-no" />, { columns, rows, services: { openLab: async () => session } })
  await app.shows('Lab 3')
  const before = app.rows()
  if (step === 'fix') session.replace({ verdicts: wrongVerdicts })
  else session.finish()
  await app.press('end')
  const after = app.rows()
  expect(before).toHaveLength(rows)
  const edge = `+${'-'.repeat(columns)}+`
  const frame = (lines: readonly string[]): string[] => [
    edge,
    ...lines.map((line) => `|${line.padEnd(columns)}|`),
    edge,
  ]
  await expect([...frame(before), ...frame(after), ''].join('\n')).toMatchFileSnapshot(
    `../../../../golden/lab/${step}-${columns}x${rows}.txt`,
  )
})

test('in ASCII nothing is cut that was laid out to fit', async () => {
  const session = fakeSession('guess')
  app = openOn(<LabScreen id="saying-no" />, { unicode: false, services: { openLab: async () => session } })
  await app.shows('Lab 3')
  const asked = session.page().questions
  for (let columns = 60; columns <= 120; columns += 1) {
    await app.resize(columns, 24)
    expect(app.rows()[0], `at ${columns}`).toMatch(/predict$|predict .* ok$/)
  }
  await app.resize(60, 24)
  for (let width = 4; width <= 20; width += 1) {
    const label = (id: string): string => `${id}…${'x'.repeat(width)}`
    const options = ['a', 'b', 'c'].map((id) => ({ id, label: label(id) }))
    session.replace({
      questions: asked.map((each) => ({ ...each, subject: 'nginx', input: { kind: 'choice', options } })),
    })
    await app.shows(`b...${'x'.repeat(width)}`)
    expect(app.text(), `labels of ${width}`).toMatch(/^[\n -~]*$/)
  }
})
