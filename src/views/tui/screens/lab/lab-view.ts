/** Where the learner's cursor is in a step, and what a key does to it. Pure; answers and progress are the session's. */
import type { EdgeLabError } from '../../../../errors.ts'
import type { Confidence } from '../../../../labs/progress/progress.ts'
import type { StepPage } from '../../../../labs/session/page.ts'
import { windowAround, windowAt } from '../../widgets/window.ts'
import { advanced, type Field, type Form, formOf, moved, turned, typed, typing } from './form/form.ts'
import type { Edit } from './form/line-editor.ts'
import type { Layout } from './layout/step-layout.ts'
import type { Stretch } from './layout/stretch.ts'

/** What lies over the step. */
export type Dialog = 'steps' | 'files' | 'ask-reset' | 'ask-skip' | 'try' | 'more' | 'ending'

export interface LabView {
  /** The step that all of it is about; another one begins anew. */
  readonly step: string
  readonly form: Form
  /** Index of the check under the cursor; null: the first that is not right. */
  readonly check: number | null
  /** First line that is shown of the (left) column and of the right one. */
  readonly offset: number
  readonly side: number
  /** What is kept in view: what the cursor is on, or what a key opened; null while the learner scrolls. */
  readonly follow: 'cursor' | 'news' | null
  readonly dialog: Dialog | null
  /** The problem that was read and put away. */
  readonly dismissed: EdgeLabError | null
}

/** What a move is made in. */
export interface StepScreen {
  readonly page: StepPage
  readonly layout: Layout
  readonly fields: readonly Field[]
  /** Rows for lines. */
  readonly height: number
  readonly isList: (field: Field) => boolean
  /** Lines of a run come in: the newest are shown. */
  readonly live: boolean
}

export type LabMove =
  | { readonly type: 'up' | 'down' | 'left' | 'right' | 'pageUp' | 'pageDown' | 'top' | 'end' }
  /** To the next question without an answer. */
  | { readonly type: 'advance' }
  | { readonly type: 'type' | 'typed' }
  | { readonly type: 'edit'; readonly edit: Edit }
  | { readonly type: 'sure'; readonly confidence: Confidence }
  /** The checks come into view, or the newest hint: also one that is still to come. */
  | { readonly type: 'look'; readonly at: 'cursor' | 'news' }
  | { readonly type: 'dialog'; readonly dialog: Dialog | null }
  | { readonly type: 'dismiss'; readonly problem: EdgeLabError }

export function viewOf(page: StepPage): LabView {
  return {
    step: page.id,
    form: formOf(page),
    check: null,
    offset: 0,
    side: 0,
    follow: null,
    dialog: null,
    dismissed: null,
  }
}

/** The view of this page: begun anew where another step is at hand now. */
export function settled(view: LabView, page: StepPage): LabView {
  return view.step === page.id ? view : { ...viewOf(page), dismissed: view.dismissed }
}

export function chosenCheck({ check }: LabView, { verdicts }: StepPage): number {
  const chosen = check ?? verdicts.findIndex(({ state }) => state !== 'right')
  return Math.max(0, Math.min(verdicts.length - 1, chosen))
}

/** First line of the (left) column that is shown. */
export function offsetOf({ offset, follow }: LabView, { layout, height, live }: StepScreen): number {
  const { lines, focus, news } = layout.left
  if (live) return windowAt(lines.length, height, lines.length).from
  const kept = follow === 'news' ? news : follow === 'cursor' ? focus : undefined
  if (!kept) return windowAt(lines.length, height, offset).from
  // The end first, so that the beginning is seen where both do not fit.
  const withEnd = windowAround(lines.length, height, kept.to - 1, offset).from
  return windowAround(lines.length, height, kept.from, withEnd).from
}

/** Whether the learner sees what the cursor is on: nothing is answered that is not on the screen. */
export function isCursorInSight(view: LabView, scene: StepScreen): boolean {
  const { lines, focus } = scene.layout.left
  if (!focus) return true
  const { from, count } = windowAt(lines.length, scene.height, offsetOf(view, scene))
  return focus.from >= from && focus.from < from + count
}

export function changed(
  before: LabView,
  { scene, move }: { readonly scene: StepScreen; readonly move: LabMove },
): LabView {
  const { page, fields, height } = scene
  const view = settled(before, page)
  const form = (next: Form): LabView => ({ ...view, form: next, offset: offsetOf(view, scene), follow: 'cursor' })
  switch (move.type) {
    case 'up':
    case 'down':
      return stepped(view, scene, move.type === 'down' ? 1 : -1)
    case 'left':
    case 'right':
      return form(turned(fields, view.form, move.type === 'right' ? 1 : -1))
    case 'pageUp':
      return scrolled(view, scene, 2 - height)
    case 'pageDown':
      return scrolled(view, scene, height - 2)
    case 'top':
      return { ...view, offset: 0, side: 0, follow: null }
    case 'end':
      return scrolled(view, scene, Number.MAX_SAFE_INTEGER)
    case 'advance':
      return form(advanced(fields, view.form))
    case 'type':
      return form(typing(fields, view.form))
    case 'typed':
      return form({ ...view.form, editor: null })
    case 'edit':
      return form(typed(typing(fields, view.form), move.edit))
    case 'sure':
      return { ...view, form: { ...view.form, confidence: move.confidence } }
    case 'look':
      return { ...view, offset: offsetOf(view, scene), follow: move.at }
    case 'dialog':
      return { ...view, dialog: move.dialog }
    case 'dismiss':
      return { ...view, dismissed: move.problem }
    default:
      return move satisfies never
  }
}

/** One line on through the text as long as the cursor is out of sight, then the cursor; at either end the other one. */
function stepped(view: LabView, scene: StepScreen, by: 1 | -1): LabView {
  const offset = offsetOf(view, scene)
  // From what a key led to one reads on; the cursor is elsewhere.
  if (view.follow === 'news') return scrolled(view, scene, by)
  if (isBeyond(scene.layout.left, { offset, height: scene.height, by })) return scrolled(view, scene, by)
  const next = withCursor(view, scene, by)
  return next === view ? scrolled(view, scene, by) : { ...next, offset, follow: 'cursor' }
}

function withCursor(view: LabView, { page, fields, isList }: StepScreen, by: 1 | -1): LabView {
  if (fields.length > 0) {
    const form = moved(fields, view.form, by, isList)
    return form === view.form ? view : { ...view, form }
  }
  const check = chosenCheck(view, page) + by
  return check >= 0 && check < page.verdicts.length ? { ...view, check } : view
}

/** Whether one reads on in this direction: the cursor is out of sight, or more of what it is on comes into the window. */
function isBeyond(
  { lines, focus }: Stretch,
  { offset, height, by }: { readonly offset: number; readonly height: number; readonly by: 1 | -1 },
): boolean {
  if (!focus) return true
  const { from, count } = windowAt(lines.length, height, offset)
  const isOut = focus.to <= from || focus.from >= from + count
  if (isOut) return by === 1 ? from + count < lines.length : from > 0
  return by === 1 ? focus.to > from + count && focus.from > from : focus.from < from
}

function scrolled(view: LabView, scene: StepScreen, by: number): LabView {
  const { layout, height } = scene
  const within = (stretch: Stretch | null, offset: number): number =>
    stretch === null ? 0 : windowAt(stretch.lines.length, height, Math.max(0, offset)).from
  return {
    ...view,
    offset: within(layout.left, offsetOf(view, scene) + by),
    side: within(layout.right, view.side + by),
    follow: null,
  }
}
