/** The tables of a room's report. */
import type { Cell, TableBlock } from '../../../comparison/finding.ts'
import { type Confidence, confidenceWords } from '../../../labs/progress/progress.ts'
import { formatShare } from '../../../units.ts'
import {
  type LabResult,
  mostWrong,
  type QuestionResult,
  type RoomReport,
  type StepResult,
} from '../../../workshop/summary/report.ts'
import type { Score } from '../../../workshop/summary/score.ts'
import { shortTime } from '../../text/workshop/words.ts'
import { stepWords } from '../../words/lab-words.ts'

type Column = TableBlock['columns'][number]
const left = (title: string): Column => ({ title, align: 'left' })
const right = (title: string): Column => ({ title, align: 'right' })
const text = (value: string | number): Cell => ({ text: String(value) })

/** The ten that are most worth talking about. */
export function mostWrongTable(report: RoomReport): TableBlock {
  return {
    kind: 'table',
    title: 'What most got wrong',
    columns: [
      left('question'),
      left('of'),
      right('wrong'),
      right('sure and wrong'),
      left('most of them said'),
      left('on most machines it was'),
    ],
    rows: mostWrong(report)
      .slice(0, 10)
      .map((each) => [
        text(each.ask),
        text(each.subject === '' ? `lab ${each.lab.number}` : `lab ${each.lab.number}, ${each.subject}`),
        text(`${each.wrong} of ${each.judged}`),
        text(each.confidentAndWrong),
        text(mistakeOf(each)),
        text(outcomeOf(each)),
      ]),
    caption: 'Questions that three people or more answered and saw come out, most often wrong first.',
  }
}

/** Numbers differ so much that none may have been given twice. */
function mistakeOf({ commonMistake }: QuestionResult): string {
  return commonMistake && commonMistake.count > 1
    ? `${commonMistake.answer} (${commonMistake.count})`
    : 'various answers'
}

/** Predictions and answers against results, in the order of the steps. */
export function resultsTable({ questions }: LabResult): TableBlock {
  return {
    kind: 'table',
    title: 'Predictions and answers against results',
    columns: [
      left('step'),
      left('question'),
      left('of'),
      right('answered'),
      right('right'),
      right('sure and wrong'),
      left('on most machines it was'),
    ],
    rows: questions
      .filter(({ answered }) => answered > 0)
      .map((each) => [
        text(each.stepTitle),
        text(each.ask),
        text(each.subject),
        text(each.answered),
        text(rightOf(each)),
        text(each.confidentAndWrong),
        text(outcomeOf(each)),
      ]),
    caption: 'Right: of those whose own runs have shown the outcome.',
  }
}

function outcomeOf({ outcome, stepType }: QuestionResult): string {
  if (outcome === null) return 'not seen yet'
  return stepType === 'quiz' ? `${outcome} (a quiz)` : outcome
}

export function stepsTable(steps: readonly StepResult[]): TableBlock {
  const time = (ms: number | null): Cell => text(ms === null ? '–' : shortTime(ms))
  return {
    kind: 'table',
    title: 'Time for each step',
    columns: [
      left('step'),
      left('kind'),
      right('begun'),
      right('done'),
      right('skipped'),
      right('hints'),
      right('median time'),
      right('longest'),
    ],
    rows: steps.map(({ title, type, begun, done, skipped, hints, medianMs, longestMs }) => [
      text(title),
      text(stepWords[type]),
      ...[begun, done, skipped, hints].map(text),
      time(medianMs),
      time(longestMs),
    ]),
    caption: 'From coming to a step until it was done, by each participant’s own clock, pauses included.',
  }
}

export function surenessTable({ people }: RoomReport): TableBlock {
  const rows = ([1, 2, 3] as const satisfies readonly Confidence[]).map((confidence) => {
    const judged = people.reduce((sum, { bySureness }) => sum + bySureness[confidence].judged, 0)
    const hits = people.reduce((sum, { bySureness }) => sum + bySureness[confidence].right, 0)
    return [confidenceWords[confidence], judged, hits, judged === 0 ? '–' : formatShare(hits / judged)].map(text)
  })
  return {
    kind: 'table',
    title: 'Right answers by how sure people were',
    columns: [left('how sure'), right('answers'), right('right'), right('share')],
    rows,
    caption: 'Of answers that were given with a confidence and whose outcome is known.',
  }
}

export function teamsTable({ teams }: RoomReport): TableBlock {
  return {
    kind: 'table',
    title: 'Teams compared',
    columns: [
      left('team'),
      right('people'),
      right('right'),
      right('share'),
      right('sure and wrong'),
      right('steps done'),
      right('hints a head'),
      right('time'),
    ],
    rows: teams.map((each) => [
      text(each.team),
      text(each.people),
      text(rightOf(each)),
      text(each.judged === 0 ? '–' : formatShare(each.right / each.judged)),
      text(each.confidentAndWrong),
      text(each.stepsDone),
      text((each.hints / each.people).toFixed(1)),
      text(shortTime(each.tookMs)),
    ]),
    caption:
      'Steps and time: the median of the team’s people. Shares can be compared; teams of a few people differ by chance.',
  }
}

export function peopleTable({ people }: RoomReport): TableBlock {
  const inTeams = people.some(({ team }) => team !== null)
  return {
    kind: 'table',
    title: 'Each person',
    columns: [
      left('name'),
      ...(inTeams ? [left('team')] : []),
      right('right'),
      right('sure and wrong'),
      right('steps done'),
      right('skipped'),
      right('hints'),
      right('time'),
    ],
    rows: people.map((each) => [
      text(each.name),
      ...(inTeams ? [text(each.team ?? '–')] : []),
      text(rightOf(each)),
      ...[each.confidentAndWrong, each.stepsDone, each.stepsSkipped, each.hints].map(text),
      text(shortTime(each.tookMs)),
    ]),
    caption: 'In the order of joining; this is no ranking.',
  }
}

function rightOf({ right: hits, judged }: Pick<Score, 'right' | 'judged'>): string {
  return judged === 0 ? '–' : `${hits} of ${judged}`
}
