/** Expectations of the scenarios, judged, as a table: the same one in every view. */
import type { Cell, Judgement, TableBlock } from '../../comparison/finding.ts'

/** Word and glyph say it; the tone only repeats it. */
const states: Readonly<Record<Judgement['state'], Cell>> = {
  met: { text: '✓ met', tone: 'good' },
  broken: { text: '✗ broken', tone: 'bad' },
  unjudged: { text: '? unjudged', tone: 'muted' },
}

/** `2 of 4 expectations were met, 1 was broken, 1 could not be judged.` */
export function judgementSentence(judgements: readonly Judgement[]): string {
  const count = (state: Judgement['state']): number => judgements.filter((each) => each.state === state).length
  const [met, broken, unjudged] = [count('met'), count('broken'), count('unjudged')]
  const parts = [
    `${met} of ${judgements.length} ${judgements.length === 1 ? 'expectation was' : 'expectations were'} met`,
    ...(broken > 0 ? [`${broken} ${broken === 1 ? 'was' : 'were'} broken`] : []),
    ...(unjudged > 0 ? [`${unjudged} could not be judged`] : []),
  ]
  const untold = judgements.some(({ state, measured }) => state === 'unjudged' && measured)
  return `${parts.join(', ')}.${untold ? ' What cannot be judged although the system was measured counts as a failure.' : ''}`
}

export function judgementTable(judgements: readonly Judgement[]): TableBlock {
  return {
    kind: 'table',
    title: 'Expectations',
    columns: [
      { title: 'scenario', align: 'left' },
      { title: 'system', align: 'left' },
      { title: 'figure', align: 'left' },
      { title: 'expected', align: 'left' },
      { title: 'received', align: 'left' },
      { title: 'state', align: 'left' },
    ],
    rows: judgements.map(({ scenario, system, finding, metric, expected, received, state }) => [
      { text: scenario },
      { text: system },
      { text: `${finding}: ${metric}` },
      { text: expected },
      { text: received },
      states[state],
    ]),
    caption: 'Unjudged: the system was not measured here, or the finding has no such figure.',
  }
}
