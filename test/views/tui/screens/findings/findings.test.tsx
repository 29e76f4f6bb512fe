import { afterEach, expect, test } from 'vitest'
import { drawFindings } from '../../../../../src/comparison/findings/index.ts'
import { judge } from '../../../../../src/comparison/judge.ts'
import type { RunRecord, SystemRecord } from '../../../../../src/measurement/run-record.ts'
import type { ReportModel } from '../../../../../src/views/model.ts'
import { FindingsScreen } from '../../../../../src/views/tui/screens/findings/findings.tsx'
import { tabsOf } from '../../../../../src/views/tui/screens/findings/tabs.ts'
import { sampleRecord } from '../../../../comparison/record-factory.ts'
import { sampleModel } from '../../../sample-model.ts'
import { type OpenedApp, openOn, type Setting } from '../../harness.tsx'

const native = sampleModel.record.scenarios[0]?.subjects[0]?.native as SystemRecord['native']
const measured = sampleRecord()
/** With configurations to be read: the synthetic run has none. */
const record: RunRecord = {
  ...measured,
  scenarios: measured.scenarios.map((scenario) => ({
    ...scenario,
    subjects: scenario.subjects.map((subject) => (subject.kind === 'baseline' ? subject : { ...subject, native })),
  })),
}
const findings = drawFindings(record)
const drawn: ReportModel = { record, findings, judgements: judge(record, findings) }
const places = { folder: 'reports/2026-11-24-0915-7f3a', report: 'reports/2026-11-24-0915-7f3a/report.html' }

let app: OpenedApp
const open = (setting?: Setting, model: ReportModel = drawn): OpenedApp => {
  app = openOn(<FindingsScreen run={{ model, ...places }} />, setting)
  return app
}
afterEach(() => app.close())

/** However many tabs there are, and whichever key each of them has. */
async function toTab(title: string): Promise<void> {
  await app.press('g')
  for (const _ of tabsOf(drawn)) {
    if (new RegExp(`\\[\\d ${title}\\]`).test(app.text())) return
    await app.press(']')
  }
  throw new Error(`no tab ${title}`)
}

/** From the first line of the page to its end, as somebody reads it who pages down. */
async function wholePage(): Promise<string> {
  await app.press('g')
  const pages = [app.text()]
  for (;;) {
    await app.press('pageDown')
    if (pages.at(-1) === app.text()) return pages.join('\n')
    pages.push(app.text())
  }
}

test.each([
  [60, 16],
  [80, 24],
  [140, 45],
])('every tab at %i×%i', async (columns, rows) => {
  open({ columns, rows })
  const frames: string[] = []
  for (const { title } of tabsOf(drawn)) {
    await toTab(title)
    frames.push(app.text())
  }
  await expect(`${frames.join('\n\n')}\n`).toMatchFileSnapshot(
    `../../../../golden/views/tui/findings-${columns}x${rows}.txt`,
  )
})

test('in ASCII, without colour', async () => {
  open({ unicode: false })
  await app.press('2', 'pageDown')
  await expect(`${app.text()}\n`).toMatchFileSnapshot('../../../../golden/views/tui/findings-80x24-ascii.txt')
  expect(app.text()).toMatch(/^[\n -~]*$/)
})

test('only tabs that the run has something for; Tab and brackets go round', async () => {
  open({ columns: 140 }, sampleModel)
  await app.shows('[1 Verdict]')
  expect(app.rows()[2]).toBe(' [1 Verdict]  2 Caching   3 Rate limit   4 Proof   5 Config   6 Raw')
  await app.press('shift+tab')
  expect(app.rows()[2]).toContain('[6 Raw]')
  await app.press('tab', ']', ']')
  expect(app.rows()[2]).toContain('[3 Rate limit]')
  await app.press('[')
  expect(app.rows()[2]).toContain('[2 Caching]')
})

test('→ goes through the scenarios of a tab and then on to the next tab, ← back', async () => {
  open({ columns: 140 })
  await app.press('right')
  expect(app.rows()[2]).toContain('[2 Latency]')
  expect(app.rows()[0]).toContain('overhead (1 of 2)')
  await app.press('right')
  expect(app.rows()[2]).toContain('[2 Latency]')
  expect(app.rows()[0]).toContain('everything (2 of 2)')
  await app.press('right')
  expect(app.rows()[2]).toContain('[3 CPU]')
  await app.press('left', 'left')
  expect(app.rows()[2]).toContain('[2 Latency]')
})

test('the answer comes first, and the next tab begins at its top', async () => {
  open()
  await app.press('2', 'pageDown', 'pageDown')
  expect(app.text()).not.toContain('too few to claim')
  await app.press('3', '2')
  expect(app.rows()[3]).toMatch(/^ Six rounds are too few to claim a difference/)
})

test('s goes to the next scenario of a tab, and tabs without it show their own', async () => {
  open()
  await app.press('2')
  expect(app.rows()[0]).toMatch(/overhead \(1 of 2\) · a look, not evidence$/)
  await app.press('s')
  expect(app.rows()[0]).toMatch(/everything \(2 of 2\) · a look, not evidence$/)
  await app.press('left')
  expect(app.rows()[0]).toMatch(/overhead \(1 of 2\) · a look, not evidence$/)
  await app.press('4')
  expect(app.rows()[0]).toMatch(/ everything · a look, not evidence$/)
  await app.press('s', '2')
  expect(app.rows()[0]).toMatch(/overhead \(1 of 2\) · a look, not evidence$/)
})

test('two pinned systems are the only ones in tables, charts, bodies and configurations of every tab', async () => {
  open({ columns: 140, rows: 45 })
  await app.press('p', 'down', 'space', 'down', 'space', 'p')
  expect(app.rows()[0]).toMatch(/only nginx, nginx-lua$/)
  await app.press('2')
  const latency = await wholePage()
  expect(latency).toMatch(/^ nginx +2.400/m)
  expect(latency).not.toMatch(/^ direct(-2)? +2.400/m)
  expect(latency).not.toMatch(/[●◆] direct/)
  expect(latency).toMatch(/▲ nginx$/m)
  await app.press('6')
  const transform = await wholePage()
  expect(transform).toMatch(/nginx {2}200 +nginx-lua {2}200/)
  expect(transform).not.toMatch(/direct {2}200/)
  await app.press('p', 'x', '2')
  expect(await wholePage()).toMatch(/^ direct +2.400/m)
})

test('a third pin takes the place of the first', async () => {
  open({ columns: 100 })
  await app.press('p', 'space', 'down', 'space', 'down', 'space')
  expect(app.rows()[0]).toMatch(/only nginx, nginx-lua$/)
  await app.press('space')
  expect(app.rows()[0]).toMatch(/only nginx$/)
})

test('proof: the matrix, then what was expected and received, and the answer it is judged by', async () => {
  open({ columns: 140, rows: 45 })
  await toTab('Proof')
  await app.press('s')
  const proof = await wholePage()
  expect(proof).toMatch(/transform: one resource as .* not claimed +✗ 1\/2/)
  expect(proof).toContain('nginx-lua failed: a large document has the data that the origin sent')
  expect(proof).toContain('1. GET /products/9')
  expect(proof).toMatch(/✗ failed +as the policy says +<\/script>/)
})

test('proof: what a system passed with is there when it is unfolded, and can be sent again', async () => {
  open({ columns: 140, rows: 45 }, sampleModel)
  await app.press('4')
  expect(app.text()).not.toContain('1. GET /products/1')
  expect(app.rows().at(-1)).not.toContain('y curl')
  await app.press('e')
  expect(app.text()).toContain('passed: a second request within the TTL comes from the cache')
  expect(app.text()).toContain('1. GET /products/1')
  expect(app.rows().at(-1)).toContain('y curl')
})

test('configurations stand side by side from 100 columns, below each other under that', async () => {
  open({ columns: 100 }, sampleModel)
  await app.press('5')
  const beside = await wholePage()
  expect(beside).toMatch(/How direct carries out the policy +How nginx carries out the policy/)
  expect(beside).toMatch(/proxy_cache_path.*proxy_cache_path/)
  await app.press('q')
  await app.close()
  open({ columns: 99 }, sampleModel)
  await app.press('5')
  const below = await wholePage()
  expect(below).toMatch(/^ How nginx carries out the policy$/m)
  expect(below).toMatch(/entries live up to a second/)
  expect(below).not.toMatch(/proxy_cache_path.*proxy_cache_path/)
})

test('raw: where the record is, how to repeat it, what was expected and who is missing', async () => {
  open({ columns: 140, rows: 45 })
  await toTab('Raw')
  const raw = await wholePage()
  expect(raw).toContain('reports/2026-11-24-0915-7f3a/run.json')
  expect(raw).toContain('edgelab run overhead everything --rounds 6 --seed 7')
  expect(raw).toContain('2 of 2 expectations were met')
  expect(raw).toContain('node-proxy (failed; overhead, everything)')
})

const long = JSON.stringify({ items: Array.from({ length: 40 }, (_, at) => at) })
const answer = (label: string, body: string) => ({ label, status: 200, headers: [], body, remark: '' })
const bodies: ReportModel = {
  ...drawn,
  findings: [
    {
      ...(findings[0] as (typeof findings)[number]),
      verdict: ['Both sent a list.'],
      blocks: [
        {
          kind: 'bodies',
          title: 'What they got',
          request: 'as polite',
          sent: { method: 'GET', path: '/products/9', headers: [['accept', 'application/json']] },
          answers: [answer('nginx', long), answer('nginx-lua', long.replace('39', '40'))],
        },
      ],
    },
  ],
}

test('e shows whole bodies and folds them again', async () => {
  open({ rows: 45 }, bodies)
  await app.press('1')
  expect(app.text()).toContain('(30 more lines)')
  await app.press('e', 'end')
  expect(app.text()).toMatch(/^ ≠ {5}40$|≠ +40/m)
  expect(app.text()).not.toContain('more lines')
  await app.press('e')
  expect(app.text()).toContain('(30 more lines)')
})

test('differences are marked and said, not by colour alone', async () => {
  open({ rows: 45 }, bodies)
  await app.press('1')
  expect(app.text()).toContain('1 of 44 lines of the body not as from')
})

test('y copies the request shown as curl; without one in view the key does nothing', async () => {
  const kept: string[] = []
  const services = {
    keepCopy: async (text: string) => {
      kept.push(text)
      return 'state/copied.txt'
    },
  }
  open({ services, rows: 45 }, bodies)
  await app.press('y')
  await app.shows('state/copied.txt')
  expect(kept).toEqual([`curl -i -H 'accept: application/json' "$EDGE"'/products/9'`])
  await app.press('4', 'y')
  expect(kept).toHaveLength(1)
})

test('o opens the report, and says where it is when there is no browser', async () => {
  const asked: string[] = []
  const openInBrowser = async (file: string) => asked.push(file) > 1
  open({ columns: 100, services: { openInBrowser } })
  await app.press('o')
  await app.shows(`No browser could be opened; the report is ${places.report}`)
  await app.press('o')
  await app.shows(`Opened ${places.report}`)
})

test('a body with a title sequence, a hyperlink and an erase changes nothing but is spelled out', async () => {
  const evil = '\u001b]0;x\u0007 \u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\ \u001b[2J \u009b2J'
  const hostile: ReportModel = JSON.parse(
    JSON.stringify(bodies).replaceAll('"items', JSON.stringify(evil).slice(1, -1)),
  )
  const finding = bodies.findings[0] as (typeof findings)[number]
  const block = { ...finding.blocks[0], answers: [answer(evil, evil), answer('nginx', evil)] }
  open({ rows: 45 }, { ...hostile, findings: [{ ...finding, verdict: [evil], blocks: [block as never] }] })
  await app.press('1')
  expect(app.text()).toContain('\\x1b]0;x\\x07 \\x1b]8;;http://evil\\x1b\\link')
  expect(app.rows()[0]).toMatch(/^ Findings/)
  expect(app.written()).not.toContain('\u001b]0;')
  expect(app.written()).not.toContain('\u001b]8;')
  expect(app.written().split('\u001b[2J').length).toBeLessThanOrEqual(2)
})
