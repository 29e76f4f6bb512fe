/** What people answered to a question, held against what their own runs showed. */
import { numberIn } from '../../labs/session/questions.ts'
import { own } from '../../own.ts'
import type { StepReport } from '../protocol/step-report.ts'
import type { KeptReport, Participant, Room } from '../room/room.ts'
import type { ClosedAsked, QuestionPart, RoomQuestion } from './questions.ts'

export interface Answer {
  readonly participant: Participant
  /** An option's id, or a number as it was typed; null where only the outcome is known. */
  readonly value: string | null
  /** What came out on this participant’s machine, in the same form; null: not known yet. For a quiz the right option. */
  readonly truth: string | null
  readonly confidence: StepReport['confidence']
  /** null where one of the two is missing. */
  readonly isRight: boolean | null
}

/** One for each participant who answered or whose run showed it. */
export function answersTo(room: Room, { lab, step }: RoomQuestion, { asked }: QuestionPart): readonly Answer[] {
  return room.participants.flatMap((participant): readonly Answer[] => {
    const report = reportOf(participant, lab.id, step.id)
    if (!report) return []
    const value = valid(asked, own(report.answers, asked.key))
    const seen = asked.kind === 'quiz' ? rightOption(asked) : valid(asked, own(report.truths, asked.key))
    // Of a quiz everybody knows the outcome; who has not answered has said nothing.
    if (value === null && (seen === null || asked.kind === 'quiz')) return []
    return [{ participant, value, truth: seen, confidence: report.confidence, isRight: judged(asked, value, seen) }]
  })
}

export function reportOf({ reports }: Participant, lab: string, step: string): KeptReport | undefined {
  return own(reports, `${lab}/${step}`)
}

/** A participant’s EdgeLab may be of another version, or somebody’s script: what is no answer to this is none. */
function valid(asked: ClosedAsked, value: string | undefined): string | null {
  if (value === undefined) return null
  if (asked.kind === 'number') return Number.isNaN(numberIn(value)) ? null : value
  return asked.options.some(({ id }) => id === value) ? value : null
}

function rightOption(asked: Extract<ClosedAsked, { kind: 'quiz' }>): string | null {
  return asked.options.find(({ right }) => right)?.id ?? null
}

function judged(asked: ClosedAsked, value: string | null, truth: string | null): boolean | null {
  if (value === null || truth === null) return null
  if (asked.kind === 'quiz') return asked.options.some(({ id, right }) => id === value && right)
  if (asked.kind === 'choice') return value === truth
  // Slightly more than the tolerance, because in floating point 0.3 - 0.1 is not 0.2.
  return Math.abs(numberIn(value) - numberIn(truth)) <= asked.tolerance * (1 + 1e-9)
}
