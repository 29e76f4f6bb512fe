/** Words for what a lab's pages hold, so that terminal, lines and report say the same. */
import type { CheckState } from '../../labs/file/check.ts'
import type { StepType } from '../../labs/file/lab.ts'
import type { Confidence } from '../../labs/progress/progress.ts'
import type { PageQuestion } from '../../labs/session/page.ts'
import { requestForm } from '../../labs/session/trying/request.ts'

/** In the order of the scale. */
export const confidences: readonly Confidence[] = [1, 2, 3]

export { confidenceWords } from '../../labs/progress/progress.ts'

/** What a learner does in a step, as a word for lists and headers. */
export const stepWords: Readonly<Record<StepType, string>> = {
  read: 'read',
  predict: 'predict',
  run: 'run',
  observe: 'observe',
  explain: 'explain',
  task: 'task',
  quiz: 'quiz',
}

export const checkWords: Readonly<Record<CheckState, string>> = {
  right: '✓ right',
  wrong: '✗ wrong',
  unknown: '? cannot tell yet',
}

export const judgedWords: Readonly<Record<CheckState, string>> = {
  right: '✓ right',
  wrong: '✗ wrong',
  unknown: '? the run cannot tell',
}

/** An answer as the learner saw it: the option's label, the number with its unit, the text; empty where none was given. */
export function givenText({ given, input }: PageQuestion): string {
  if (given === null) return ''
  switch (input.kind) {
    case 'choice':
      return input.options.find(({ id }) => id === given)?.label ?? given
    case 'number':
      return input.unit === '' ? given : `${given} ${input.unit}`
    case 'text':
      return given
    default:
      return input satisfies never
  }
}

/** Before a request is typed. `clients`: whom it may be sent as; none where that is not known yet. */
export function tryHelp(clients: readonly string[]): string {
  const known = clients.length === 0 ? '' : ` Clients: ${clients.join(', ')}.`
  return `${requestForm}; client and header may be left out.${known}`
}
