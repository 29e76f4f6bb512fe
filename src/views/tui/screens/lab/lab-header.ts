/** The head of a lab's screen: where in the lab, and who plays. */

import stringWidth from 'string-width'
import type { StepPage } from '../../../../labs/session/page.ts'
import type { LabSession } from '../../../../labs/session/session.ts'
import type { Screen } from '../../../services.ts'
import { stepWords } from '../../../words/lab-words.ts'
import { signsFor } from '../../widgets/theme.ts'

export function labTitle({ lab }: Pick<LabSession, 'lab'>): string {
  return `Lab ${lab.number} · ${lab.title}`
}

/** The longest form that leaves room for the title. */
export function labPlace(
  page: StepPage,
  { cast }: Pick<LabSession, 'cast'>,
  columns: number,
  screen: Pick<Screen, 'unicode'>,
): string {
  const { number, of, type } = page
  const word = stepWords[type]
  const assignments = cast.assignments.map(({ label }) => `${label} ${signsFor(screen).good}`).join('  ')
  const forms = [
    `step ${number} of ${of} · ${word}   ${assignments}`,
    `step ${number}/${of} ${word}  ${assignments}`,
    `${number}/${of} ${word} ${assignments}`,
    `step ${number} of ${of} · ${word}`,
  ]
  return forms.find((form) => stringWidth(form) <= Math.floor(columns * 0.6)) ?? forms.at(-1)!
}
