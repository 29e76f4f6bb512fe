/** The questions of a workshop in lines, and the tally of the chosen one. */
import type { Room } from '../../../../workshop/room/room.ts'
import { isAt, type RoomQuestion } from '../../../../workshop/summary/questions.ts'
import { tallyOf } from '../../../../workshop/summary/tally.ts'
import { shown, type TextOptions, wrapped } from '../../../text/style.ts'
import { tallyLines } from '../../../text/workshop/tally-lines.ts'
import { stepWords } from '../../../words/lab-words.ts'
import { column, fitted } from '../../widgets/theme.ts'

/** One line of the list; what is on the projector now is said in words. */
export function questionLine(room: Room, question: RoomQuestion | null, options: TextOptions): string {
  const { shows } = room.projection
  const isShown = question ? shows !== null && isAt(question, shows) : shows === null
  const mark = column(isShown ? 'ON SHOW' : '', 8, options)
  if (!question) return `${mark}How to join`
  const { lab, step, ask } = question
  const { answered, of } = tallyOf(room, question, { withOutcomes: false })
  const number = lab.steps.indexOf(step) + 1
  const head = `${mark}${column(`${lab.number}.${number} ${stepWords[step.type]}`, 14, options)}${column(`${answered} of ${of}`, 11, options)}`
  return fitted(`${head}${ask}`, options.columns - 2, options)
}

/** Results are for the facilitator’s eyes: the projector shows them when they are revealed. */
export function questionLines(room: Room, question: RoomQuestion | null, options: TextOptions): readonly string[] {
  if (!question) return ['The projector shows the address, the code and the passcode, large.']
  const { parts } = tallyOf(room, question, { withOutcomes: true })
  return [...wrapped(shown(question.ask, options), options), ...tallyLines(parts, options)]
}
