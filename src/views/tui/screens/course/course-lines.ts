/** The course as lines: each lab with where the learner is, and what the chosen one is about. */
import stringWidth from 'string-width'
import { asTyped } from '../../../../errors/typed.ts'
import type { BrokenLab } from '../../../../labs/progress/course.ts'
import type { LabEntry } from '../../../services.ts'
import { padded, paint, shown, type TextOptions, wrapped } from '../../../text/style.ts'
import { labState } from '../../../words/course-words.ts'
import { fitted } from '../../widgets/theme.ts'

/** One line for each lab; numbers, titles and states stand below each other. */
export function courseLines(labs: readonly LabEntry[], options: TextOptions): readonly string[] {
  const states = labs.map(labState)
  const right = labs.map(({ lab }, at) => `${lab.minutes} min  ${padded(states[at] ?? '', widest(states))}`)
  const room = options.columns - widest(right) - 2
  return labs.map(({ lab }, at) => {
    const title = fitted(`${String(lab.number).padStart(2)}  ${lab.title}`, room, options)
    return `${padded(title, room)}  ${padded(right[at] ?? '', widest(right), 'right')}`
  })
}

/** What cannot be started, with the reason, below the labs. */
export function brokenLines(broken: readonly BrokenLab[], options: TextOptions): readonly string[] {
  return broken.map(({ id, number, problem }) =>
    fitted(`${String(number ?? '').padStart(2)}  ${id}: ${problem}`, options.columns, options),
  )
}

/** In full. */
export function aboutBrokenLines({ id, number, problem }: BrokenLab, options: TextOptions): readonly string[] {
  return [
    ...wrapped(paint(shown(`${id} cannot be started: ${problem}`, options), 'strong', options), options),
    ...(number === null
      ? []
      : wrapped(shown(asTyped(`edgelab lab check ${number} says all that is wrong with it.`), options), options)),
  ]
}

/** The question comes first: it is the reason to begin. */
export function aboutLines({ lab }: LabEntry, options: TextOptions): readonly string[] {
  return [
    ...wrapped(paint(shown(lab.question, options), 'strong', options), options),
    ...wrapped(shown(lab.summary, options), options),
    '',
    ...lab.objectives.flatMap((objective) => {
      const [first = '', ...rest] = wrapped(shown(objective, options), { columns: options.columns - 2 })
      return [`${options.unicode ? '•' : '*'} ${first}`, ...rest.map((line) => `  ${line}`)]
    }),
  ]
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)))
}
