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
