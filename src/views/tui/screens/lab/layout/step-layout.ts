/** What the body of a lab's screen shows, by type of step: one column of lines, or two where there is room. Pure. */
import { relative } from 'node:path'
import type { StepPage } from '../../../../../labs/session/page.ts'
import type { LabSession, SessionState } from '../../../../../labs/session/session.ts'
import { looksOfCast } from '../../../../evidence/looks.ts'
import { blockLines } from '../../../../text/blocks/blocks.ts'
import { markdownLines } from '../../../../text/lab/steps-markdown.ts'
import { paint, shown, type TextOptions, wrapped } from '../../../../text/style.ts'
import { type Form, fieldsOf } from '../form/form.ts'
import { formStretch } from '../form/question-lines.ts'
import { answeredLines } from './answered-lines.ts'
import { checkLines } from './check-lines.ts'
import { plain, type Stretch, stacked } from './stretch.ts'

/** From this width on evidence stands beside the text. */
const twoColumnsFrom = 130
/** Longer lines of prose are hard to read. */
const widestProse = 96
const gutter = 3

export interface StepView {
  readonly page: StepPage
  readonly state: SessionState
  readonly session: Pick<LabSession, 'cast' | 'workspace'>
  readonly form: Form
  /** Index of the check under the cursor. */
  readonly check: number
}

export interface Layout {
  readonly left: Stretch
  /** null: everything stands in the one column. */
  readonly right: Stretch | null
  readonly leftColumns: number
  /** Width that questions and checks are laid out in. */
  readonly workColumns: number
}

/** `options.columns`: of the whole body. */
export function stepLayout(view: StepView, options: TextOptions): Layout {
  const half = Math.floor((options.columns - gutter) / 2)
  const wide = options.columns >= twoColumnsFrom && evidence(view, { ...options, columns: half }).lines.length > 0
  if (!wide) {
    const all = stacked([text(view, options), evidence(view, options), work(view, options)])
    return { left: all, right: null, leftColumns: options.columns, workColumns: options.columns }
  }
  const side = { ...options, columns: half }
  return {
    left: stacked([text(view, side), work(view, side)]),
    right: evidence(view, side),
    leftColumns: half + gutter,
    workColumns: half,
  }
}

/** What the learner reads before anything is asked. */
function text({ page, session, state }: StepView, options: TextOptions): Stretch {
  return stacked([
    plain(wrapped(paint(shown(page.title, options), 'heading', options), options)),
    ...(state.broken === null ? [] : [plain(brokenLines(state.broken, options))]),
    plain(markdownLines(page.text, prose(options))),
    ...(page.number === 1 ? [plain(castLines(session, options))] : []),
    ...(page.type === 'task' ? [plain(fileLines(page, session, options))] : []),
  ])
}

/** What a run shows: as it happens, or as it came out. */
function evidence({ page, state, session }: StepView, options: TextOptions): Stretch {
  if (page.type === 'run' && state.busy !== null) {
    return plain(state.lines.flatMap((line) => wrapped(shown(line, options), options)))
  }
  const looks = looksOfCast(session.cast)
  return stacked([
    ...page.blocks.map((block) => plain(blockLines(block, { ...options, looks }))),
    ...(page.type === 'explain' ? [] : outcomes(page, options)),
  ])
}

function outcomes(page: StepPage, options: TextOptions): readonly Stretch[] {
  return page.outcomes.map((sentence) => plain(markdownLines(sentence, prose(options))))
}

/** What the learner does in this step, and what came of it. */
function work(view: StepView, options: TextOptions): Stretch {
  const { page, form, check } = view
  return stacked([
    formStretch(page, fieldsOf(page, form), form, options),
    plain(answeredLines(page, prose(options))),
    ...(page.type === 'explain' ? outcomes(page, options) : []),
    ...(page.model === '' ? [] : [plain([paint('The explanation', 'heading', options)])]),
    plain(markdownLines(page.model, prose(options))),
    ...(page.brokenAgain ? [plain(brokenAgainLines(options))] : []),
    ...(page.type === 'task' ? [checkLines(page.verdicts, check, options)] : []),
    ...page.hints.map((hint, at) => hintStretch(hint, at, page, prose(options))),
    ...(page.skipped ? [plain(wrapped('Skipped: the solution was applied to your files.', options))] : []),
  ])
}

function brokenLines(why: string, options: TextOptions): string[] {
  const said = `${shown(why, options)} Editing on will not repair this: x resets the step.`
  return wrapped(`${paint('Broken:', 'bad', options)} ${said}`, options)
}

/** Who plays which part, and why it is not the preferred system. */
function castLines({ cast }: Pick<LabSession, 'cast'>, options: TextOptions): string[] {
  const lines = cast.assignments.map(({ title, label, instead }) => {
    const why = instead === '' ? '' : ` – ${instead}`
    return `${label}: ${title}${why}`
  })
  return ['Who plays here:', ...lines].flatMap((line, at) => wrapped(shown(line, options), options, at === 0 ? 0 : 2))
}

function fileLines(page: StepPage, { workspace }: Pick<LabSession, 'workspace'>, options: TextOptions): string[] {
  const inside = page.files.map((file) => relative(workspace, file))
  return [
    ...wrapped(shown(`To edit, in ${workspace}:`, options), options),
    ...inside.flatMap((file) => wrapped(paint(shown(file, options), 'strong', options), options, 2)),
  ]
}

function brokenAgainLines(options: TextOptions): string[] {
  const word = paint('Broken again:', 'bad', options)
  return wrapped(`${word} every check was right before. The next step waits until they are.`, options)
}

/** The newest one is what the key that opens hints leads to. */
function hintStretch(hint: string, at: number, { hints }: StepPage, options: TextOptions): Stretch {
  const [first = '', ...rest] = markdownLines(hint, { ...options, columns: options.columns - 8 })
  const lines = [`${paint(`Hint ${at + 1}`, 'strong', options)}  ${first}`, ...rest.map((line) => `        ${line}`)]
  return { ...plain(lines), ...(at === hints.length - 1 ? { news: { from: 0, to: lines.length } } : {}) }
}

function prose(options: TextOptions): TextOptions {
  return { ...options, columns: Math.min(options.columns, widestProse) }
}
