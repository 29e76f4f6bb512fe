/** What a room did and learned, when it is over: predictions against results, how sure people were, how long it took. */
import type { Lab, Step, StepType } from '../../labs/file/lab.ts'
import { answerInWords, numberIn } from '../../labs/session/questions.ts'
import type { Room, Workshop } from '../room/room.ts'
import { answersTo, reportOf } from './answers.ts'
import { median, timesOf } from './pace.ts'
import { type QuestionPart, type RoomQuestion, roomQuestions } from './questions.ts'
import { type Score, scoreOf } from './score.ts'
import { type TallyPart, tallyOf } from './tally.ts'
import { type PersonResult, personResults, type TeamResult, teamResults } from './teams.ts'

/** Plain data: the JSON export is this, the HTML report is drawn from it. */
export interface RoomReport {
  readonly workshop: Workshop
  readonly labs: readonly LabResult[]
  /** In the order of the people of the room. */
  readonly people: readonly PersonResult[]
  /** Of those that somebody chose, in the order of the list of teams. */
  readonly teams: readonly TeamResult[]
}

export interface LabResult {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly steps: readonly StepResult[]
  readonly questions: readonly QuestionResult[]
}

export interface StepResult {
  readonly id: string
  readonly title: string
  readonly type: StepType
  readonly begun: number
  readonly done: number
  readonly skipped: number
  /** Hints opened, by all together. */
  readonly hints: number
  /** Of those who finished it without skipping; null where nobody did. */
  readonly medianMs: number | null
  readonly longestMs: number | null
}

/** A question, or the part of it that is about one role. */
export interface QuestionResult extends Score {
  readonly step: string
  readonly stepTitle: string
  readonly stepType: StepType
  /** `crowd`, `crowd.proxy` */
  readonly key: string
  readonly ask: string
  readonly subject: string
  readonly tally: TallyPart
  /** How it came out on most machines, in words; null where no run has shown it. */
  readonly outcome: string | null
  /** The answer that most of those gave who were wrong. */
  readonly commonMistake: { readonly answer: string; readonly count: number } | null
}

export function roomReport(room: Room, labs: readonly Lab[]): RoomReport {
  return {
    workshop: room.workshop,
    labs: labs.map((lab) => ({
      id: lab.id,
      number: lab.number,
      title: lab.title,
      steps: lab.steps.map((step) => stepResult(room, lab, step)),
      questions: roomQuestions([lab]).flatMap((question) => questionResults(room, question)),
    })),
    people: personResults(room, labs),
    teams: teamResults(room, labs),
  }
}

function stepResult(room: Room, lab: Lab, { id, title, type }: Step): StepResult {
  const reports = room.participants.flatMap((participant) => reportOf(participant, lab.id, id) ?? [])
  const times = timesOf(room, lab.id, id)
  return {
    id,
    title,
    type,
    begun: reports.length,
    done: reports.filter(({ done, skipped }) => done && !skipped).length,
    skipped: reports.filter(({ skipped }) => skipped).length,
    hints: reports.reduce((sum, { hints }) => sum + hints, 0),
    medianMs: times.length > 0 ? median(times) : null,
    longestMs: times.at(-1) ?? null,
  }
}

function questionResults(room: Room, question: RoomQuestion): readonly QuestionResult[] {
  const tally = tallyOf(room, question, { withOutcomes: true })
  return question.parts.map((part, at) => {
    const answers = answersTo(room, question, part)
    const wrong = answers.flatMap(({ value, isRight }) => (value !== null && isRight === false ? [value] : []))
    const truths = answers.flatMap(({ truth }) => truth ?? [])
    return {
      ...scoreOf(answers),
      step: question.step.id,
      stepTitle: question.step.title,
      stepType: question.step.type,
      key: part.asked.key,
      ask: question.ask,
      subject: part.subject,
      tally: tally.parts[at]!,
      outcome: outcomeInWords(part, truths),
      commonMistake: mostCommon(wrong.map((value) => answerInWords(part.asked, value))),
    }
  })
}

/** The most common option; of numbers the median, which no single slow machine moves. */
function outcomeInWords({ asked }: QuestionPart, truths: readonly string[]): string | null {
  if (truths.length === 0) return null
  if (asked.kind !== 'number') return mostCommon(truths.map((truth) => answerInWords(asked, truth)))!.answer
  const sorted = truths.map(numberIn).sort((a, b) => a - b)
  return answerInWords(asked, String(median(sorted)))
}

function mostCommon(answers: readonly string[]): QuestionResult['commonMistake'] {
  const counted = [...Map.groupBy(answers, (answer) => answer)].map(([answer, all]) => ({ answer, count: all.length }))
  return counted.toSorted((one, other) => other.count - one.count)[0] ?? null
}

/** What most got wrong first; of questions that at least three people answered and whose outcome they saw. */
export function mostWrong({
  labs,
}: Pick<RoomReport, 'labs'>): readonly (QuestionResult & { readonly lab: LabResult })[] {
  return labs
    .flatMap((lab) => lab.questions.map((question) => ({ ...question, lab })))
    .filter(({ judged, wrong }) => judged >= 3 && wrong > 0)
    .sort((one, other) => other.wrong / other.judged - one.wrong / one.judged || other.wrong - one.wrong)
}
