/** The questions of a step as lines, while they are answered. */
import type { StepPage } from '../../../../../labs/session/page.ts'
import { paint, shown, type TextOptions, wrapped } from '../../../../text/style.ts'
import { follow, plain, type Stretch } from '../layout/stretch.ts'
import { fieldStretch, rowWidth } from './field-lines.ts'
import { confidenceKey, type Field, type Form } from './form.ts'

/** Whether a choice is laid out one option a line, so that up and down go through it. */
export function isList(page: StepPage, options: Pick<TextOptions, 'columns' | 'unicode'>): (field: Field) => boolean {
  return (field) => {
    if (field.kind !== 'choice' || field.key === confidenceKey) return false
    const question = page.questions.find(({ key }) => key === field.key)
    return question?.subject === '' || rowWidth(page, field, options) > options.columns
  }
}

export function formStretch(page: StepPage, fields: readonly Field[], form: Form, options: TextOptions): Stretch {
  const list = isList(page, options)
  return fields.reduce<Stretch>((above, field, at) => {
    const question = page.questions[at]
    // Questions about one thing for several systems are asked once.
    const repeated = question !== undefined && page.questions[at - 1]?.ask === question.ask
    const asked = question && !repeated ? wrapped(paint(shown(question.ask, options), 'strong', options), options) : []
    const gap = repeated || above.lines.length === 0 ? [] : ['']
    const here = at === form.at ? form : null
    const drawn = fieldStretch({ page, field, form: here, question, list: list(field) }, options)
    const all = follow(plain([...gap, ...asked]), drawn)
    // The first option comes into view with the question, so that what is asked is read.
    const focus = all.focus && here?.option === 0 ? { from: gap.length, to: all.focus.to } : all.focus
    return follow(above, { lines: all.lines, focus })
  }, plain([]))
}
