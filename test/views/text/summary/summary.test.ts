import { expect, test } from 'vitest'
import type { Finding, IntervalsBlock, Judgement } from '../../../../src/comparison/finding.ts'
import type { ReportModel } from '../../../../src/views/model.ts'
import { renderSummary, summaryLines } from '../../../../src/views/text/summary/summary.ts'
import { sampleModel } from '../../sample-model.ts'

const count = (text: string): number => text.trimEnd().split('\n').length

test('the summary for a pull request', async () => {
  await expect(renderSummary(sampleModel)).toMatchFileSnapshot('../../../golden/views/summary.md')
})

const systems = Array.from({ length: 12 }, (_, at) => `system-${at + 1}`)
const intervals = (quantity: string): IntervalsBlock => ({
  kind: 'intervals',
  title: quantity,
  reference: 'direct',
  quantity,
  rows: [...systems, 'system-2-2'].map((name) => ({ name, ratio: 1.2, low: 1.1, high: 1.3, claim: 'higher' })),
  floor: 0.02,
  caption: '',
  summary: '',
})
const [verdict] = sampleModel.findings
const findingsOf = (scenario: string): Finding[] =>
  ['latency', 'cpu'].map((id) => ({
    ...sampleModel.findings[1]!,
    id,
    scenario,
    title: id,
    blocks: [intervals(id)],
  }))
const broken: Judgement = {
  scenario: 'overhead',
  system: 'nginx',
  finding: 'latency',
  metric: 'p50',
  expected: '<= 1',
  received: '2',
  state: 'broken',
  measured: true,
}

test('a run of everything stays within its lines; what is most important is in it, and the rest is named', () => {
  const scenarios = Array.from({ length: 17 }, (_, at) => `scenario-${at + 1}`)
  const model: ReportModel = {
    record: { ...sampleModel.record, partial: true },
    findings: [
      { ...verdict!, verdict: Array.from({ length: 20 }, (_, at) => `Sentence ${at}.\nIn two lines.`) },
      ...scenarios.flatMap(findingsOf),
    ],
    judgements: Array.from({ length: 40 }, () => broken),
  }
  const text = renderSummary(model)
  expect(count(text)).toBeLessThanOrEqual(summaryLines)
  expect(text).toContain('Sentence 0.')
  expect(text).toContain('| system-12 | 1.20 (1.10–1.30) higher | 1.20 (1.10–1.30) higher |')
  expect(text).toContain('0 of 40 expectations were met, 40 were broken.')
  expect(text).toContain('✗ broken')
  expect(text).toContain('Held equal:')
  expect(text).toContain(model.record.command)
  expect(text).toMatch(/Left out here, and in the report: .*the intervals of scenario-2/)
})

test('met expectations are counted, not listed; a run without any says nothing of them', () => {
  const met = renderSummary({ ...sampleModel, judgements: [{ ...broken, state: 'met' }] })
  expect(met).toContain('1 of 1 expectation was met.')
  expect(met).not.toContain('| state |')
  expect(renderSummary({ ...sampleModel, judgements: [] })).not.toContain('expectation')
})

test('hostile text stays text', () => {
  const text = renderSummary({ ...sampleModel, findings: [{ ...verdict!, verdict: ['<script>|@all'] }] })
  expect(text).toContain('**&lt;script&gt;\\|@<!-- -->all**')
})
