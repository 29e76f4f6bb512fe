/** The bounds of `--fail-on`, as a finding that every view can show. */
import { cell, table } from '../blocks.ts'
import type { Finding } from '../finding.ts'
import type { Bound } from './bound.ts'
import type { JudgedBound } from './changes.ts'
import { changeInWords, metricNouns, spanInWords } from './words.ts'

const states: Readonly<Record<JudgedBound['state'], ReturnType<typeof cell>>> = {
  broken: cell('✗ broken', 'bad'),
  kept: cell('✓ kept', 'good'),
  open: cell('not broken, not excluded'),
  unknown: cell('too little to tell', 'muted'),
}

export function findingOfBounds(bounds: readonly Bound[], judged: readonly JudgedBound[]): Finding {
  const broken = judged.filter(({ state }) => state === 'broken')
  const idle = bounds.filter((bound) => judged.every((each) => each.bound !== bound))
  return {
    id: 'bounds',
    scenario: null,
    title: 'Bounds',
    question: 'Did anything change by more than it may?',
    verdict: [
      ...broken.map(
        ({ bound, change }) =>
          `${change.label} breaks “${bound.text}” in ${change.scenario}: ${metricNouns[change.metric]} changed by ${changeInWords(change.ratio)} (95 % interval ${spanInWords(change)}).`,
      ),
      ...(broken.length === 0 ? [judged.length === 0 ? 'No bound could be judged.' : 'No bound is broken.'] : []),
      ...idle.map(({ text }) => `Nothing was judged by “${text}”: no system has that figure in both runs.`),
    ],
    blocks: [
      table(
        'Bounds by system',
        ['bound', 'scenario', 'system', '>change', '>95 % interval', 'state'],
        judged.map(({ bound, change, state }) => [
          bound.text,
          change.scenario,
          change.label,
          changeInWords(change.ratio),
          spanInWords(change),
          states[state],
        ]),
        'Broken: beyond the bound, significantly (one-sided, after Holm). Kept: the whole interval lies within it.',
      ),
    ],
    metrics: {},
  }
}
