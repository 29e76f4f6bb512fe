import { afterEach, expect, test } from 'vitest'
import type { Priorities } from '../../../../../src/comparison/findings/choice/decision/priorities.ts'
import { drawFindings } from '../../../../../src/comparison/findings/index.ts'
import { DecideScreen } from '../../../../../src/views/tui/screens/findings/decide.tsx'
import { sampleRecord } from '../../../../comparison/record-factory.ts'
import { expectGolden } from '../../golden.ts'
import { type OpenedApp, openOn, type Setting } from '../../harness.tsx'

const record = sampleRecord()
const run = {
  model: { record, findings: drawFindings(record), judgements: [] },
  folder: 'reports/x',
  report: 'reports/x/report.html',
}

let app: OpenedApp
const kept: Priorities[] = []
const open = (setting: Setting = {}): void => {
  kept.length = 0
  const rememberPriorities = async (priorities: Priorities): Promise<void> => void kept.push(priorities)
  app = openOn(<DecideScreen run={run} />, { ...setting, services: { rememberPriorities, ...setting.services } })
}
afterEach(() => app.close())

test('the questions, and the decision that they come to, at 80×24', async () => {
  open()
  await app.shows('Requests a month')
  expectGolden(app, 'decide-80x24')
  // Caching, the third one, from not needed to a must.
  await app.press('down', 'down', 'right', 'right')
  expect(app.text()).toMatch(/caching +must/)
  await app.press('return')
  await app.shows('the cheapest that was shown')
  expectGolden(app, 'decision-80x24')
})

test('every answer is kept as it is given: Esc loses none, and back from the decision they are there', async () => {
  open()
  await app.shows('Requests a month')
  await app.press('down', 'space', 'return')
  await app.shows('Decision')
  await app.press('escape')
  await app.shows('Which one do I need?')
  expect(app.text()).toMatch(/nice to have/)
  expect(kept.at(-1)?.nice).toEqual(['balancing'])
})

test('what was answered last time is where it goes on; without a must nothing is decided', async () => {
  const before: Priorities = {
    title: 'Ours',
    must: ['cache'],
    nice: [],
    requestsPerMonth: 7e6,
    operatedBy: 'us',
    ownCode: 'none',
  }
  open({ services: { lastPriorities: async () => before } })
  await app.shows(/Requests a month +7 million/)
  await app.press('down', 'down', 'right', 'return')
  await app.shows('Something has to be a must.')
})

test('w writes it beside the run', async () => {
  const asked: unknown[] = []
  const keepDecision = async (folder: string): Promise<readonly string[]> => {
    asked.push(folder)
    return ['reports/x/decision.md', 'reports/x/decision.html']
  }
  open({ services: { keepDecision }, columns: 140 })
  await app.shows('Requests a month')
  await app.press('return')
  await app.shows('Decision')
  await app.press('w')
  await app.shows('reports/x/decision.md, reports/x/decision.html')
  expect(asked).toEqual(['reports/x'])
})
