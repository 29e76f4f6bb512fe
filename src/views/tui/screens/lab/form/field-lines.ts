/** One field of a form as lines, with those that the cursor is on. */
import { styleText } from 'node:util'
import stringWidth from 'string-width'
import type { PageQuestion, StepPage } from '../../../../../labs/session/page.ts'
import { padded, paint, shown, type TextOptions, wrapped } from '../../../../text/style.ts'
import { signsFor } from '../../../widgets/theme.ts'
import { follow, plain, type Stretch } from '../layout/stretch.ts'
import { confidenceKey, type Field, type Form } from './form.ts'
import { editorText } from './line-editor.ts'

const signs = {
  unicode: { chosen: '●', free: '○', cursor: '▏' },
  ascii: { chosen: '(*)', free: '( )', cursor: '|' },
}

export interface DrawnField {
  readonly page: StepPage
  readonly field: Field
  /** Where the cursor is; null where it is in another field. */
  readonly form: Form | null
  readonly question: PageQuestion | undefined
  /** One option a line. */
  readonly list: boolean
}

export function fieldStretch(drawn: DrawnField, options: TextOptions): Stretch {
  const { page, field, form, question } = drawn
  switch (field.kind) {
    case 'choice':
      return drawn.list ? listStretch(drawn, field, options) : whole(rowLines(drawn, field, options), form !== null)
    case 'number':
    case 'text': {
      const mark = options.unicode ? signs.unicode.cursor : signs.ascii.cursor
      const typed = form?.editor ? editorText(form.editor, mark) : (field.given ?? '')
      const empty = field.kind === 'number' ? '(type a number)' : form ? '(press Enter to write)' : '(nothing written)'
      const unit = question?.input.kind === 'number' ? ` ${question.input.unit}` : ''
      return pointed(`${typed === '' ? empty : typed}${unit}`, form !== null, options)
    }
    case 'commit': {
      const what = page.type === 'predict' ? 'locked until you have seen the result' : 'your answers stay as they are'
      const missing = field.missing === 0 ? '' : ` (${field.missing} still to answer)`
      return pointed(`Commit – ${what}${missing}`, form !== null, options)
    }
    default:
      return field satisfies never
  }
}

/** Width of a choice that stands in one line. */
export function rowWidth(
  page: StepPage,
  { options }: Extract<Field, { kind: 'choice' }>,
  screen: Pick<TextOptions, 'unicode'>,
): number {
  const cells = options.map(({ label }) => stringWidth(shown(label, screen)) + 6)
  return 3 + subjectWidth(page, screen) + cells.reduce((sum, each) => sum + each + 2, 0)
}

function rowLines(drawn: DrawnField, field: Extract<Field, { kind: 'choice' }>, options: TextOptions): string[] {
  const { page, question } = drawn
  const subject = field.key === confidenceKey ? 'How sure are you?' : shown(question?.subject ?? '', options)
  const row = cellsOf(drawn, field, options).map(({ head, label, here }) => inverse(`${head}${label}`, here, options))
  return [`  ${padded(subject, subjectWidth(page, options))} ${row.join('  ')}`]
}

function listStretch(drawn: DrawnField, field: Extract<Field, { kind: 'choice' }>, options: TextOptions): Stretch {
  const subject = drawn.question?.subject ?? ''
  const head = subject === '' ? [] : wrapped(paint(shown(subject, options), 'strong', options), options, 2)
  return cellsOf(drawn, field, options).reduce((above, { head, label, here }) => {
    const indent = ' '.repeat(stringWidth(head))
    const lines = wrapped(label, { columns: options.columns - stringWidth(head) })
    const option = lines.map((line, row) => inverse(`${row === 0 ? head : indent}${line}`, here, options))
    return follow(above, whole(option, here))
  }, plain(head))
}

function cellsOf(
  { form }: DrawnField,
  { options: choices, given }: Extract<Field, { kind: 'choice' }>,
  options: TextOptions,
): readonly { readonly here: boolean; readonly head: string; readonly label: string }[] {
  const { chosen, free } = options.unicode ? signs.unicode : signs.ascii
  return choices.map(({ id, label }, at) => {
    const here = form?.option === at
    const pointer = here ? signsFor(options).pointer : ' '
    return { here, head: `${pointer} ${id === given ? chosen : free} `, label: shown(label, options) }
  })
}

/** Behind the pointer, further lines below the first one's text. */
function pointed(text: string, here: boolean, options: TextOptions): Stretch {
  const pointer = here ? signsFor(options).pointer : ' '
  const lines = wrapped(shown(text, options), { columns: options.columns - 2 })
  return whole(
    lines.map((line, row) => `${row === 0 ? pointer : ' '} ${line}`),
    here,
  )
}

function whole(lines: readonly string[], here: boolean): Stretch {
  return { lines, focus: here ? { from: 0, to: lines.length } : null }
}

function inverse(text: string, on: boolean, { color }: TextOptions): string {
  return on && color ? styleText('inverse', text, { validateStream: false }) : text
}

/** Subjects stand above each other, and so do their options. */
function subjectWidth(page: StepPage, options: Pick<TextOptions, 'unicode'>): number {
  return Math.max(...page.questions.map(({ subject }) => stringWidth(shown(subject, options))), 0)
}
