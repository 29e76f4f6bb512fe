import { expect, test } from 'vitest'
import { drawFindings } from '../../src/comparison/findings/index.ts'
import { gradeOf } from '../../src/comparison/grade.ts'
import { offeredBy } from '../../src/comparison/offered.ts'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import { renderHtml } from '../../src/views/html/render.tsx'
import { renderText } from '../../src/views/text/report.ts'
import { renderSummary } from '../../src/views/text/summary/summary.ts'
import { sampleRecord } from './record-factory.ts'
import { recordOf, roundOf, scenarioOf, scenarioRecordOf, steadyPhase, subjectOf } from './record-parts.ts'

function runOf(rounds: number, more: Partial<RunRecord> = {}, flagged: readonly number[] = []): RunRecord {
  const measured = Array.from({ length: rounds }, (_, index) => index).flatMap((index) =>
    ['direct', 'nginx', 'direct-2'].map((label) =>
      roundOf(label, index, [{ ms: 1 }], {
        flags: label === 'nginx' && flagged.includes(index) ? ['driver late'] : [],
      }),
    ),
  )
  return recordOf(
    [
      scenarioRecordOf(
        scenarioOf(),
        ['direct', 'nginx', 'direct-2'].map((label) => subjectOf(label)),
        measured,
      ),
    ],
    more,
  )
}

const model = (record: RunRecord) => ({ record, findings: drawFindings(record), judgements: [] })

test('few rounds and quick runs are a look; evidence begins where a claim can be made', () => {
  expect(gradeOf(runOf(2)).sentence).toBe(
    'A look, not evidence: two rounds per scenario, and a claim about one system takes six.',
  )
  expect(gradeOf(runOf(6)).sentence).toBe(
    'Evidence: six rounds per scenario; a difference is claimed only where it is significant.',
  )
  expect(gradeOf(runOf(6, { quick: true })).sentence).toBe(
    'A look, not evidence: a quick run, six rounds per scenario. Run it without --quick for figures to rely on.',
  )
  expect(gradeOf(recordOf([])).kind).toBe('look')
})

test('doubtful rounds are said, the first of them by name', () => {
  expect(gradeOf(runOf(6)).doubt).toBeNull()
  expect(gradeOf(runOf(6, {}, [3])).doubt).toBe(
    'Caution: one round is doubtful, and ratios that rest on it are withheld (overhead: nginx round 4 (driver late)).',
  )
  expect(gradeOf(runOf(12, {}, [0, 1, 2, 3, 4])).doubt).toMatch(/^Caution: five rounds are doubtful.* and 2 more\)\.$/)
  expect(gradeOf(runOf(6, {}, [0, 1, 2, 3, 4])).doubt).toBe(
    'Caution: do not rely on overhead. 5 of 6 rounds of nginx are flagged (driver late).',
  )
})

test('the first line of text and Markdown and the first screen of HTML say what the run is worth', async () => {
  const look = model(runOf(2, { quick: true }, [1]))
  const { sentence, doubt } = gradeOf(look.record)
  const [first, second] = renderText(look, { columns: 400, color: false, unicode: true }).split('\n')
  expect([first, second]).toEqual([sentence, doubt])
  expect(
    renderSummary(look)
      .split('\n')
      .find((line) => line.startsWith('>')),
  ).toBe(`> ${sentence}`)
  const html = (await renderHtml(look)).replaceAll(/<\/?strong>/g, '')
  const places = ['A look, not evidence: a quick run', 'Caution: one round is doubtful', '<h1>'].map((text) =>
    html.indexOf(text),
  )
  expect(places[0]).toBeGreaterThan(0)
  expect(places.toSorted((a, b) => a - b)).toEqual(places)
})

test('with too few rounds no figure stands in bold, in no finding of a scenario', async () => {
  const record = sampleRecord()
  const few = model({
    ...record,
    scenarios: record.scenarios.map((each) => ({ ...each, rounds: each.rounds.filter(({ index }) => index < 2) })),
  })
  const bold = {
    markdown: [...renderSummary(few).matchAll(/^\*\*(.*)\*\*$/gm)].map(([, text = '']) => text),
    text: [
      ...renderText(few, { columns: 400, color: true, unicode: true }).matchAll(/\u001b\[1m(.*?)\u001b\[22m/g),
    ].map(([, text = '']) => text),
    html: [...(await renderHtml(few)).matchAll(/<p class="(?:verdict|lead)">(.*?)<\/p>/g)].map(([, text = '']) => text),
  }
  const measured = /\d (?:µs|ms|s|%|requests)|×\d/
  for (const sentences of Object.values(bold)) {
    expect(sentences.length).toBeGreaterThan(0)
    expect(sentences.filter((sentence) => measured.test(sentence))).toEqual([])
  }
})

test('what a scenario offers stands beside its figures, on one line', () => {
  const [overhead, everything] = sampleRecord().scenarios
  expect(offeredBy(overhead!)).toBe(
    'Offered: 200 requests a second for 2 s (Poisson arrivals, paths drawn evenly), without warm-up, over at most 32 connections, in 6 rounds.',
  )
  expect(offeredBy(everything!)).toBe(
    'Offered: steady: 200 requests a second for 2 s (Poisson arrivals, paths by Zipf’s law); stampede: 30 requests at once; after 500 ms of warm-up; over at most 32 connections; in 6 rounds, each from a fresh start.',
  )
  const ramp = { ...steadyPhase, fromPerSecond: 400, toPerSecond: 100, arrivals: 'constant' as const }
  const stopped = runOf(2).scenarios[0]!
  const scenario = scenarioOf({ traffic: [ramp], connections: 1 })
  expect(offeredBy({ ...stopped, plannedRounds: 6, scenario })).toBe(
    'Offered: 400 falling to 100 requests a second for 2 s (evenly spaced, paths drawn evenly), without warm-up, over at most 1 connection, in 2 of 6 planned rounds.',
  )
  const mix = [ramp.mix[0]!, { ...ramp.mix[0]!, method: 'POST' }, { ...ramp.mix[0]!, method: 'PUT', weight: 2 }]
  const written = scenarioOf({ traffic: [{ ...ramp, mix }] })
  expect(offeredBy({ ...stopped, scenario: written })).toContain('for 2 s (25 % POST, 50 % PUT, evenly spaced, ')
  const report = renderText(model(sampleRecord()), { columns: 400, color: false, unicode: true })
  expect(report.split(offeredBy(overhead!)).length - 1).toBe(3)
})
