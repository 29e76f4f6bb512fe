/** The questions of a step as a form: what is asked in which order, where the cursor is, what is being typed. Pure. */

import type { Confidence } from '../../../../../labs/progress/progress.ts'
import type { StepPage } from '../../../../../labs/session/page.ts'
import { confidences, confidenceWords } from '../../../../words/lab-words.ts'
import { type Edit, type Editor, edited, editorOf } from './line-editor.ts'

export type Field =
  | {
      readonly kind: 'choice'
      readonly key: string
      readonly options: readonly { readonly id: string; readonly label: string }[]
      readonly given: string | null
    }
  | { readonly kind: 'number' | 'text'; readonly key: string; readonly given: string | null }
  | { readonly kind: 'commit'; readonly missing: number }

/** Key of the field that asks how sure the learner is; no question is called so. */
export const confidenceKey = 'how-sure'

export interface Form {
  /** Index of the field under the cursor. */
  readonly at: number
  /** Index of the option under the cursor, in a choice. */
  readonly option: number
  /** What is being typed; null while keys are commands. */
  readonly editor: Editor | null
  readonly confidence: Confidence | null
}

/** In the order in which they are gone through; none once the answers are locked. */
export function fieldsOf(page: StepPage, { confidence }: Pick<Form, 'confidence'>): readonly Field[] {
  if (page.committed || page.questions.length === 0) return []
  const asked = page.questions.map(
    ({ key, input, given }): Field =>
      input.kind === 'choice'
        ? { kind: 'choice', key, options: input.options, given }
        : { kind: input.kind, key, given },
  )
  const sure: readonly Field[] =
    page.confidence === null
      ? []
      : [
          {
            kind: 'choice',
            key: confidenceKey,
            options: confidences.map((each) => ({ id: String(each), label: confidenceWords[each] })),
            given: confidence === null ? null : String(confidence),
          },
        ]
  const all = [...asked, ...sure]
  return [...all, { kind: 'commit', missing: all.filter(isMissing).length }]
}

/** With the cursor on the first field that is not answered. */
export function formOf(page: StepPage): Form {
  const confidence = page.confidence?.chosen ?? null
  const fields = fieldsOf(page, { confidence })
  return onField(fields, { at: 0, option: 0, editor: null, confidence }, nextOpen(fields.map(isMissing), 0))
}

/** Down or up by one: through the options of a list, then to the field beside it. The same form at either end. */
export function moved(fields: readonly Field[], form: Form, by: 1 | -1, isList: (field: Field) => boolean): Form {
  const field = fields[form.at]
  if (field?.kind === 'choice' && isList(field)) {
    const option = form.option + by
    if (option >= 0 && option < field.options.length) return { ...form, option }
  }
  const at = form.at + by
  if (at < 0 || at >= fields.length) return form
  const next = onField(fields, form, at)
  const target = fields[at]
  // Coming from below, a list is entered at its end.
  return by === -1 && target?.kind === 'choice' && isList(target)
    ? { ...next, option: target.options.length - 1 }
    : next
}

/** Along the options of a choice. */
export function turned(fields: readonly Field[], form: Form, by: 1 | -1): Form {
  const field = fields[form.at]
  if (field?.kind !== 'choice') return form
  return { ...form, option: Math.max(0, Math.min(field.options.length - 1, form.option + by)) }
}

/** To the next field that lacks an answer, or to the commit; from there on by hand. */
export function advanced(fields: readonly Field[], form: Form): Form {
  // The field under the cursor was answered just now.
  const open = fields.map((field, at) => at !== form.at && isMissing(field))
  return onField(fields, form, nextOpen(open, form.at + 1))
}

export function typing(fields: readonly Field[], form: Form): Form {
  const field = fields[form.at]
  return field?.kind === 'number' || field?.kind === 'text'
    ? { ...form, editor: form.editor ?? editorOf(field.given ?? '') }
    : form
}

export function typed(form: Form, edit: Edit): Form {
  return form.editor === null ? form : { ...form, editor: edited(form.editor, edit) }
}

export function isMissing(field: Field): boolean {
  return field.kind !== 'commit' && (field.given ?? '').trim() === ''
}

function onField(fields: readonly Field[], form: Form, at: number): Form {
  const field = fields[at]
  const option =
    field?.kind === 'choice'
      ? Math.max(
          0,
          field.options.findIndex(({ id }) => id === field.given),
        )
      : 0
  return { ...form, at, option, editor: null }
}

/** The first one from `from` on, else before it, else the last field: the commit. */
function nextOpen(open: readonly boolean[], from: number): number {
  const later = open.indexOf(true, from)
  const any = later >= 0 ? later : open.indexOf(true)
  return any >= 0 ? any : Math.max(0, open.length - 1)
}
