/** Every text of a lab that a learner may read, with where it stands and when it is shown. */
import type { Condition } from '../file/condition.ts'
import type { Lab, Option, Question, QuizQuestion, Step, TaskStep } from '../file/lab.ts'

export interface Text {
  /** `tell: hint 3` */
  readonly where: string
  readonly text: string
  /** Present: it is shown only where this holds. */
  readonly when?: Condition
  /** The task whose files the condition may speak of. */
  readonly task?: TaskStep
}

export function textsOf(lab: Lab): readonly Text[] {
  const { title, question, summary, objectives, roles, steps } = lab
  const ofLab = Object.entries({ title, question, summary }).map(([where, text]) => ({ where, text }))
  return [
    ...ofLab,
    ...objectives.map((text, at) => ({ where: `objective ${at + 1}`, text })),
    ...roles.map((role) => ({ where: `the title of ${role.name}`, text: role.title })),
    ...steps.flatMap((step) =>
      ofStep(step).map((text) => ({ ...text, where: text.where === '' ? step.id : `${step.id}: ${text.where}` })),
    ),
  ]
}

function ofStep(step: Step): readonly Text[] {
  const own: readonly Text[] = [
    { where: 'title', text: step.title },
    { where: '', text: step.text },
  ]
  switch (step.type) {
    case 'read':
    case 'run':
      return own
    case 'predict':
    case 'observe':
    case 'quiz':
      return [...own, ...step.questions.flatMap(ofQuestion)]
    case 'explain':
      return [
        ...own,
        { where: 'prompt', text: step.prompt },
        { where: 'model', text: step.model },
        { where: 'otherwise', text: step.otherwise },
        ...step.outcomes.map(({ when, say }, at) => ({ where: `outcome ${at + 1}`, text: say, when })),
      ]
    case 'task':
      return [
        ...own,
        ...step.checks.map(({ id, describe }) => ({ where: `check ${id}`, text: describe })),
        ...step.hints.map(({ when, text }, at) => ({
          where: `hint ${at + 1}`,
          text,
          ...(when ? { when, task: step } : {}),
        })),
        ...step.failWhen.map(({ when, say }, at) => ({ where: `failWhen ${at + 1}`, text: say, when, task: step })),
      ]
  }
}

function ofQuestion(question: Question | QuizQuestion): readonly Text[] {
  const options: readonly (Option | QuizQuestion['options'][number])[] =
    'options' in question ? question.options : question.input.kind === 'number' ? [] : question.input.options
  return [
    { where: `question ${question.id}`, text: question.ask },
    ...options.flatMap((option) => [
      { where: `answer ${option.id} of ${question.id}`, text: option.label },
      ...('why' in option ? [{ where: `why ${option.id} of ${question.id}`, text: option.why }] : []),
    ]),
  ]
}
