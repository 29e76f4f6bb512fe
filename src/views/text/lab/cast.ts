/** Who plays which role here, and why not somebody else: the first lines of a lab. */
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
