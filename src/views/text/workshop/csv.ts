/** What a room answered and did as CSV (RFC 4180), for spreadsheets: one line for each answer, step or figure. */
import type { Lab } from '../../../labs/file/lab.ts'
import { answerInWords } from '../../../labs/session/questions.ts'
import type { Participant, Room } from '../../../workshop/room/room.ts'
import { answersTo, reportOf } from '../../../workshop/summary/answers.ts'
import { tookMs } from '../../../workshop/summary/pace.ts'
import { roomQuestions } from '../../../workshop/summary/questions.ts'

type Value = string | number | boolean | null

/** Names of files and their texts. */
export function roomCsv(room: Room, labs: readonly Lab[]): Readonly<Record<string, string>> {
  return { 'answers.csv': answersCsv(room, labs), 'steps.csv': stepsCsv(room, labs), 'figures.csv': figuresCsv(room) }
}

function answersCsv(room: Room, labs: readonly Lab[]): string {
  const head = [
    'person',
    'team',
    'lab',
    'step',
    'kind',
    'question',
    'about',
    'ask',
    'answer',
    'answer_in_words',
    'confidence',
    'outcome',
    'outcome_in_words',
    'right',
  ]
  const rows = roomQuestions(labs).flatMap((question) =>
    question.parts.flatMap((part) =>
      answersTo(room, question, part).map(({ participant, value, truth, confidence, isRight }): readonly Value[] => {
        const words = (each: string | null): Value => each && answerInWords(part.asked, each)
        const { lab, step, id, ask } = question
        const place = [lab.id, step.id, step.type, id, part.subject, ask]
        return [...personCells(participant), ...place, value, words(value), confidence, truth, words(truth), isRight]
      }),
    ),
  )
  return csv([head, ...rows])
}

function stepsCsv(room: Room, labs: readonly Lab[]): string {
  const head = [
    'person',
    'team',
    'lab',
    'step',
    'kind',
    'done',
    'skipped',
    'seconds',
    'hints',
    'checks_right',
    'checks_of',
  ]
  const rows = room.participants.flatMap((participant) =>
    labs.flatMap((lab) =>
      lab.steps.flatMap((step): readonly (readonly Value[])[] => {
        const report = reportOf(participant, lab.id, step.id)
        if (!report) return []
        const took = tookMs(report)
        const { done, skipped, hints, checks } = report
        const seconds = took === null ? null : Math.round(took / 1000)
        return [
          [
            ...personCells(participant),
            lab.id,
            step.id,
            step.type,
            done,
            skipped,
            seconds,
            hints,
            checks?.right ?? null,
            checks?.of ?? null,
          ],
        ]
      }),
    ),
  )
  return csv([head, ...rows])
}

/** Figures of labs that this EdgeLab does not know are figures too. */
function figuresCsv(room: Room): string {
  const rows = room.participants.flatMap((participant) =>
    Object.values(participant.reports).flatMap(({ lab, step, figures }) =>
      Object.entries(figures).map(([name, value]): readonly Value[] => [
        ...personCells(participant),
        lab,
        step,
        name,
        value,
      ]),
    ),
  )
  return csv([['person', 'team', 'lab', 'step', 'figure', 'value'], ...rows])
}

function personCells({ name, team }: Participant): readonly Value[] {
  return [name, team]
}

function csv(rows: readonly (readonly Value[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

const plainNumber = /^[-+]?\d+(\.\d+)?$/

/**
 * Spreadsheets take what begins with = + - or @ for a formula, after blanks and control characters too: such a cell gets
 * an apostrophe before it, which they take for “this is text”. A plain number stays one.
 */
export function cell(value: Value): string {
  if (value === null) return ''
  const text = typeof value === 'string' ? value : String(value)
  const isFormula = typeof value === 'string' && /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(text) && !plainNumber.test(text)
  const safe = isFormula ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
