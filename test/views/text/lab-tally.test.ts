import { expect, test } from 'vitest'
import type { Attempt, Tally } from '../../../src/labs/gate/task/tally.ts'
import { tallyLines } from '../../../src/views/text/lab/gate/tally.ts'
import { sampleCast, sampleLab } from '../../labs/sample-lab.ts'

const attempt = (files: string, judged: Attempt['judged']): Attempt => ({ files, judged, details: [] })
const tally: Tally = {
  task: 'fix',
  solution: [attempt('solution', 'rightly'), attempt('solution', 'rightly')],
  also: [attempt('also/a', 'skipped')],
  wrong: [attempt('wrong/a', 'rightly'), attempt('wrong/b', 'rightly'), attempt('wrong/c', 'skipped')],
}

test('a row for each task and cast: judged rightly, skipped, or what happened', () => {
  const rehearsal = { lab: sampleLab, cast: sampleCast }
  const inContainers = { lab: sampleLab, cast: { ...sampleCast, runtime: 'containers' as const } }
  const misjudged = { ...tally, also: [], wrong: [attempt('wrong/a', 'wrongly'), attempt('wrong/b', 'rightly')] }
  const rows = [
    { rehearsal, tally },
    { rehearsal: inContainers, tally: misjudged },
  ]
  expect(tallyLines(rows, { columns: 140, color: false, unicode: true }).join('\n')).toMatchInlineSnapshot(`
    "Task   Runtime     Played by   Solution        Alternatives         Wrong ones
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    9 fix  processes   node-proxy  judged rightly  1 not for this cast  2 judged rightly, 1 not for this cast
           containers  node-proxy  judged rightly  –                    misjudged: wrong/a"
  `)
})
