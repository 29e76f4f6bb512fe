/** The keys that work in a step now. */

import type { Confidence } from '../../../../labs/progress/progress.ts'
import type { StepPage } from '../../../../labs/session/page.ts'
import type { Action, SessionState } from '../../../../labs/session/session.ts'
import type { Binding } from '../../keys/keys.tsx'
import { confidenceKey, type Field } from './form/form.ts'
import type { Edit } from './form/line-editor.ts'
import { isCursorInSight, type LabMove, type LabView, type StepScreen } from './lab-view.ts'

/** What keys set going. */
export interface StepActions {
  readonly act: (action: Action) => void
  readonly move: (move: LabMove) => void
  /** Into the field under the cursor. */
  readonly type: (edit: Edit) => void
  readonly edit: (file: string) => void
  readonly report: () => void
  readonly leave: () => void
}

interface Situation {
  readonly state: SessionState
  readonly view: LabView
  readonly scene: StepScreen
}

export function stepBindings({ state, view, scene }: Situation, hands: StepActions): readonly Binding[] {
  const leave: Binding = {
    keys: ['q', 'escape'],
    label: 'leave',
    help: 'leave the lab; it is kept',
    footer: true,
    act: hands.leave,
  }
  // What is shown can be read meanwhile; where lines come in, the newest are.
  if (state.busy !== null) {
    return scene.live ? [leave] : [...scrollBindings(scene, hands), ...pageBindings(scene, hands), leave]
  }
  if (view.form.editor !== null) return typingBindings(hands)
  const { page } = scene
  return [
    ...scrollBindings(scene, hands),
    ...formBindings(view, scene, hands),
    ...(page.mayRun ? [runBinding(page, hands)] : []),
    ...(page.type === 'task' ? taskBindings(page, hands) : []),
    ...walkBindings(page, hands),
    ...pageBindings(scene, hands),
    leave,
  ]
}

function formBindings(view: LabView, scene: StepScreen, { act, move, type }: StepActions): readonly Binding[] {
  const { form } = view
  const field = scene.fields[form.at]
  if (!field) return []
  const isNumber = field.kind === 'number'
  const isFinal = field.kind === 'choice' || field.kind === 'commit'
  return [
    {
      keys: ['left'],
      label: 'choose',
      help: 'the option before',
      when: field.kind === 'choice',
      act: () => move({ type: 'left' }),
    },
    {
      keys: ['right'],
      label: 'choose',
      help: 'the option behind',
      when: field.kind === 'choice',
      act: () => move({ type: 'right' }),
    },
    {
      keys: ['return'],
      label: 'to the question',
      help: 'to the question that is next',
      footer: true,
      when: isFinal && !isCursorInSight(view, scene),
      act: () => move({ type: 'look', at: 'cursor' }),
    },
    {
      keys: ['return'],
      when: !isFinal || isCursorInSight(view, scene),
      label: { choice: 'take', number: 'write', text: 'write', commit: 'commit' }[field.kind],
      help: { choice: 'take this answer', number: 'write', text: 'write', commit: 'commit: answers are final' }[
        field.kind
      ],
      footer: true,
      act: () => entered(field, form.option, form.confidence, { act, move }),
    },
    {
      keys: [...'0123456789.-'],
      label: 'number',
      help: 'write a number',
      when: isNumber,
      act: (text) => type({ type: 'insert', text }),
    },
    {
      keys: ['backspace'],
      label: 'delete',
      help: 'delete a digit',
      when: isNumber,
      act: () => type({ type: 'backspace' }),
    },
  ]
}

function entered(
  field: Field,
  option: number,
  confidence: Confidence | null,
  { act, move }: Pick<StepActions, 'act' | 'move'>,
): void {
  switch (field.kind) {
    case 'choice': {
      const chosen = field.options[option]
      if (!chosen) return
      if (field.key === confidenceKey) move({ type: 'sure', confidence: Number(chosen.id) as Confidence })
      else act({ type: 'answer', question: field.key, value: chosen.id })
      return move({ type: 'advance' })
    }
    case 'number':
    case 'text':
      return move({ type: 'type' })
    case 'commit':
      return act({ type: 'commit', ...(confidence === null ? {} : { confidence }) })
    default:
      return field satisfies never
  }
}

function typingBindings({ move, type }: StepActions): readonly Binding[] {
  return [
    { keys: ['text'], label: 'write', footer: true, act: (text) => type({ type: 'insert', text }) },
    { keys: ['backspace'], label: 'delete', act: () => type({ type: 'backspace' }) },
    { keys: ['delete'], label: 'delete', act: () => type({ type: 'delete' }) },
    { keys: ['left'], label: 'cursor', footer: true, act: () => type({ type: 'left' }) },
    { keys: ['right'], label: 'cursor', footer: true, act: () => type({ type: 'right' }) },
    { keys: ['home'], label: 'cursor', act: () => type({ type: 'home' }) },
    { keys: ['end'], label: 'cursor', act: () => type({ type: 'end' }) },
    { keys: ['return', 'down', 'tab'], label: 'done', footer: true, act: () => move({ type: 'advance' }) },
    { keys: ['escape', 'up'], label: 'stop writing', footer: true, act: () => move({ type: 'typed' }) },
  ]
}

function runBinding({ done }: StepPage, { act }: StepActions): Binding {
  return { keys: ['r'], label: done ? 'run again' : 'run', footer: true, act: () => act({ type: 'run' }) }
}

function taskBindings(
  { files, hints, moreHints, done, skipped }: StepPage,
  { act, move, edit }: StepActions,
): readonly Binding[] {
  const [file] = files
  return [
    {
      keys: ['e'],
      label: 'edit',
      help: 'open a file in your editor',
      footer: true,
      when: file !== undefined,
      act: () => (file !== undefined && files.length === 1 ? edit(file) : move({ type: 'dialog', dialog: 'files' })),
    },
    {
      keys: ['c'],
      label: 'check',
      help: 'judge the checks again',
      footer: true,
      act: () => {
        move({ type: 'look', at: 'cursor' })
        act({ type: 'check' })
      },
    },
    {
      keys: ['h'],
      label: 'hint',
      help: 'the next hint',
      footer: true,
      when: moreHints,
      act: () => {
        act({ type: 'hint' })
        move({ type: 'look', at: 'news' })
      },
    },
    {
      keys: ['h'],
      label: 'hint',
      help: 'to the newest hint: there are no more',
      when: !moreHints && hints.length > 0,
      act: () => move({ type: 'look', at: 'news' }),
    },
    {
      keys: ['x'],
      label: 'reset',
      help: 'files and hints of this step as they were; asks',
      act: () => move({ type: 'dialog', dialog: 'ask-reset' }),
    },
    {
      keys: ['s'],
      label: 'solution',
      help: 'apply the solution and go on; asks',
      when: !(done && skipped),
      act: () => move({ type: 'dialog', dialog: 'ask-skip' }),
    },
  ]
}

function walkBindings(page: StepPage, { act, move, report }: StepActions): readonly Binding[] {
  const { type, done, finished, brokenAgain, number, of } = page
  const last = number === of
  const ends = last && finished
  return [
    {
      keys: type === 'read' ? ['n', 'return'] : ['n'],
      label: ends ? 'what you learned' : 'next',
      help: ends ? 'what you learned, solutions, and the next lab' : 'the next step',
      footer: ends || ((done || type === 'read') && !brokenAgain && !(last && done)),
      act: () => (ends ? move({ type: 'dialog', dialog: 'ending' }) : act({ type: 'next' })),
    },
    {
      keys: ['t'],
      label: 'try',
      help: 'send a request of your own through everything that plays here',
      footer: true,
      when: page.mayTry,
      act: () => move({ type: 'dialog', dialog: 'try' }),
    },
    {
      keys: ['m'],
      label: 'more',
      help: 'the whole finding, with how it was measured',
      footer: true,
      when: page.more.length > 0,
      act: () => move({ type: 'dialog', dialog: 'more' }),
    },
    {
      keys: ['o'],
      label: 'report',
      help: 'open the report of this lab',
      footer: true,
      when: last && done,
      act: report,
    },
    { keys: ['b'], label: 'back', help: 'the step before', when: number > 1, act: () => act({ type: 'back' }) },
    {
      keys: ['l'],
      label: 'steps',
      help: 'all steps: read finished ones again',
      footer: true,
      act: () => move({ type: 'dialog', dialog: 'steps' }),
    },
  ]
}

function isLong({ layout, height }: StepScreen): boolean {
  return Math.max(layout.left.lines.length, layout.right?.lines.length ?? 0) > height
}

function scrollBindings(scene: StepScreen, { move }: StepActions): readonly Binding[] {
  const cursor = scene.fields.length > 0 || scene.page.verdicts.length > 1
  const label = cursor ? 'move' : 'scroll'
  const when = cursor || isLong(scene)
  return [
    { keys: ['up', 'k'], label, help: 'up', footer: true, when, act: () => move({ type: 'up' }) },
    { keys: ['down', 'j'], label, help: 'down', footer: true, when, act: () => move({ type: 'down' }) },
  ]
}

/** Behind the keys of the step: in the footer they give way first. */
function pageBindings(scene: StepScreen, { move }: StepActions): readonly Binding[] {
  const when = isLong(scene)
  return [
    {
      keys: ['space', 'pageDown'],
      label: 'page',
      help: 'one page down',
      footer: true,
      when,
      act: () => move({ type: 'pageDown' }),
    },
    { keys: ['pageUp'], label: 'page', help: 'one page up', when, act: () => move({ type: 'pageUp' }) },
    { keys: ['g', 'home'], label: 'top', help: 'to the first line', when, act: () => move({ type: 'top' }) },
    { keys: ['G', 'end'], label: 'end', help: 'to the last line', when, act: () => move({ type: 'end' }) },
  ]
}
