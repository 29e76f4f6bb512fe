/** What a room's report says first. */
import { mostWrong, type RoomReport } from '../../../workshop/summary/report.ts'
import { counted } from '../../text/workshop/words.ts'

export function leadSentences(report: RoomReport): readonly [string, ...string[]] {
  const { people } = report
  const sum = (of: (person: (typeof people)[number]) => number): number =>
    people.reduce((all, each) => all + of(each), 0)
  const judged = sum((person) => person.judged)
  const right = sum((person) => person.right)
  const sure = sum((person) => person.confidentAndWrong)
  const room = `${counted(people.length, 'person', 'people')} gave ${counted(
    sum((person) => person.answered),
    'answer',
  )}`
  if (judged === 0) return [`${room}; no outcome is known yet.`]
  const score = `${room}; of ${judged} whose outcome is known, ${right} were right. ${sure} ${sure === 1 ? 'was' : 'were'} given with full confidence and wrong.`
  return [mostWrongSentence(report), score]
}

function mostWrongSentence(report: RoomReport): string {
  const [worst] = mostWrong(report)
  if (!worst) return 'No question that three or more people answered was got wrong.'
  const { ask, subject, stepType, wrong, judged, outcome, commonMistake } = worst
  const about = subject === '' ? '' : ` (${subject})`
  const said =
    commonMistake === null || commonMistake.count < 2 ? '' : `; ${commonMistake.count} said “${commonMistake.answer}”`
  const came = stepType === 'quiz' ? 'Right is' : 'On most machines it came out as'
  return `What most got wrong: “${ask}”${about} ${wrong} of ${judged} were wrong${said}. ${came} “${outcome}”.`
}
