/** The first lines of a lab: which system has which role here, and why it is not the preferred one. */
import type { LabSession } from '../../../labs/session/session.ts'
import { paint, shown, type TextOptions, wrapped } from '../style.ts'

export function castLines({ lab, cast }: Pick<LabSession, 'lab' | 'cast'>, options: TextOptions): string[] {
  const assignments = cast.assignments.map(
    ({ title, label, instead }) => `${title}: ${label}${instead === '' ? '' : `. ${instead}`}`,
  )
  return [
    ...wrapped(paint(shown(`Lab ${lab.number}: ${lab.title}`, options), 'heading', options), options),
    ...wrapped(shown(lab.question, options), options),
    ...[`In ${cast.runtime} (${cast.reason}).`, ...assignments].flatMap((line) =>
      wrapped(shown(line, options), options),
    ),
  ]
}
