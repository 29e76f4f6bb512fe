/** How often each answer to a question was given, and how often the room's own runs came out so. Without names. */
import { numberIn } from '../../labs/session/questions.ts'
import type { Room } from '../room/room.ts'
import { type Answer, answersTo } from './answers.ts'
import { binsFor } from './bins.ts'
import type { ClosedAsked, RoomQuestion } from './questions.ts'

export interface Tally {
  readonly parts: readonly TallyPart[]
  /** People who answered at least one part. */
  readonly answered: number
  /** People who are or were in the room. */
  readonly of: number
}

export interface TallyPart {
  readonly key: string
  /** The role it is about; empty for none. */
  readonly subject: string
  readonly bins: readonly Bin[]
  readonly answers: number
  /** Runs whose outcome is known. */
  readonly outcomes: number
  readonly right: number
  readonly judged: number
}

export interface Bin {
  readonly label: string
  readonly answers: number
  /** How many participants’ runs came out so; 0 while outcomes are left out. */
  readonly outcomes: number
}

/**
 * `withOutcomes` false: nothing in the result depends on how any run came out, not even where numbers are cut into
 * bins; what the projector shows while predictions are open.
 */
export function tallyOf(room: Room, question: RoomQuestion, { withOutcomes }: { withOutcomes: boolean }): Tally {
  const answers = question.parts.map((part) => {
    const all = answersTo(room, question, part)
    return withOutcomes ? all : all.map((each) => ({ ...each, truth: null, isRight: null }))
  })
  const bins = sharedBins(question.parts[0]!.asked, answers.flat())
  const people = new Set(answers.flat().flatMap(({ participant, value }) => (value === null ? [] : [participant.id])))
  return {
    parts: question.parts.map(({ asked, subject }, at) => {
      const own = answers[at]!
      const given = own.filter(({ value }) => value !== null)
      // Everybody knows the answer to a quiz once it is shown: it is counted once for each who gave one.
      const seen = own.filter(({ truth }) => truth !== null)
      return {
        key: asked.key,
        subject,
        bins: bins.map(({ label, has }) => ({
          label,
          answers: given.filter(({ value }) => has(value!)).length,
          outcomes: seen.filter(({ truth }) => has(truth!)).length,
        })),
        answers: given.length,
        outcomes: seen.length,
        right: own.filter(({ isRight }) => isRight === true).length,
        judged: own.filter(({ isRight }) => isRight !== null).length,
      }
    }),
    answered: people.size,
    of: room.participants.length,
  }
}

/** The same for every role, so that they can be compared. */
function sharedBins(
  asked: ClosedAsked,
  answers: readonly Answer[],
): readonly { readonly label: string; readonly has: (value: string) => boolean }[] {
  if (asked.kind !== 'number') return asked.options.map(({ id, label }) => ({ label, has: (value) => value === id }))
  const values = answers.flatMap(({ value, truth }) => [value, truth].filter((each) => each !== null)).map(numberIn)
  return binsFor(values).map(({ label, has }) => ({
    label: asked.unit === '' ? label : `${label} ${asked.unit}`,
    has: (value) => has(numberIn(value)),
  }))
}
