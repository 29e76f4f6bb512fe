import { expect, test } from 'vitest'
import { renderHtml } from '../../src/views/html/render.tsx'
import { inWords } from '../../src/views/linear/in-words.ts'
import type { ReportModel } from '../../src/views/model.ts'
import { renderText } from '../../src/views/text/report.ts'
import { badgeOfFinding, badgesOfRun } from '../../src/views/words/badge.ts'
import { sampleModel } from './sample-model.ts'

const doubtful = 'Doubtful: 3 of 4 slices of nginx are flagged (driver late).'
const model: ReportModel = {
  ...sampleModel,
  findings: sampleModel.findings.map((finding) => (finding.id === 'caching' ? { ...finding, doubtful } : finding)),
}

test('what a run is worth begins with a word that stands out, and says why', () => {
  expect(badgesOfRun(sampleModel.record)[0]).toMatchObject({
    word: 'A look, not evidence',
    text: expect.stringMatching(/^two rounds/),
    tone: 'warning',
  })
  expect(badgeOfFinding({})).toBeUndefined()
  expect(badgeOfFinding({ doubtful: 'No word here. None.' })).toEqual({
    word: '',
    text: 'No word here. None.',
    tone: 'warning',
  })
})

test('a finding that is doubtful says so before its answer, in every view', async () => {
  const texts = [
    renderText(model, { columns: 200, color: false, unicode: true }),
    renderText(inWords(model), { columns: 200, color: false, unicode: true }),
    (await renderHtml(model)).replaceAll(/<\/?strong>/g, ''),
  ]
  for (const text of texts) {
    const at = text.indexOf('Doubtful: 3 of 4 slices')
    const section = text.lastIndexOf('Caching', at)
    expect(at).toBeGreaterThan(section)
    expect(text.indexOf('nginx answers cached reads', section)).toBeGreaterThan(at)
  }
  expect(renderText(model, { columns: 200, color: true, unicode: true })).toContain('\u001b[31mDoubtful\u001b[39m:')
})
