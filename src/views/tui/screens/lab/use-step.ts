/** The step at hand: what is shown of it, and what keys set going. */
import { usePaste } from 'ink'
import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react'
import type { StepPage } from '../../../../labs/session/page.ts'
import type { LabSession, SessionState } from '../../../../labs/session/session.ts'
import { useApp, useBody, useTextOptions } from '../../app-context.tsx'
import { useInFront } from '../../keys/keys.tsx'
import { useNavigation } from '../../navigation.tsx'
import { useLabReport } from '../course/use-lab-report.ts'
import { fieldsOf } from './form/form.ts'
import { isList } from './form/question-lines.ts'
import { chosenCheck, type LabView, type StepScreen } from './lab-view.ts'
import { stepLayout } from './layout/step-layout.ts'
import type { StepActions } from './step-bindings.ts'
import { useEditor } from './use-editor.ts'
import { useLabView } from './use-lab-view.ts'

export interface StepAtHand {
  readonly state: SessionState
  readonly page: StepPage
  readonly view: LabView
  readonly scene: StepScreen
  readonly hands: StepActions
}

export function useStep(session: LabSession, leave: () => void): StepAtHand {
  const { fail } = useNavigation()
  const state = useSyncExternalStore(session.subscribe, session.state)
  const page = useMemo(() => session.page(), [session, state])
  const { view, move } = useLabView(page)
  const scene = useScene({ session, state, page, view })
  const report = useLabReport()
  const edit = useEditor()

  const act: StepActions['act'] = (action) => void session.act(action).catch(fail)
  const type: StepActions['type'] = (change) => {
    const field = scene.fields[view.form.at]
    const { form } = move(scene, { type: 'edit', edit: change })
    if (field && field.kind !== 'commit') act({ type: 'answer', question: field.key, value: form.editor?.text ?? '' })
  }
  const hands: StepActions = {
    act,
    type,
    leave,
    move: (each) => move(scene, each),
    report: () => report(session.lab.id),
    edit: (file) => {
      move(scene, { type: 'look', at: 'cursor' })
      edit(file)
    },
  }
  usePaste((text) => type({ type: 'insert', text }), { isActive: useInFront() && view.form.editor !== null })
  useRefusals(state)
  return { state, page, view, scene, hands }
}

function useScene({
  session,
  state,
  page,
  view,
}: { readonly session: LabSession } & Pick<StepAtHand, 'state' | 'page' | 'view'>): StepScreen {
  const { columns, color, unicode } = useTextOptions()
  const { rows } = useBody()
  const { form } = view
  const check = chosenCheck(view, page)
  return useMemo(() => {
    const layout = stepLayout({ page, state, session, form, check }, { columns, color, unicode })
    return {
      page,
      layout,
      fields: fieldsOf(page, form),
      // The last row says what goes on.
      height: rows - 1,
      isList: isList(page, { columns: layout.workColumns, unicode }),
      live: page.type === 'run' && state.busy !== null,
    }
  }, [session, state, page, form, check, columns, color, unicode, rows])
}

/** What the session would not do is said in the status line; nothing is lost by it. */
function useRefusals({ problem }: SessionState): void {
  const { say } = useApp()
  const refuse = useEffectEvent(() => {
    if (problem?.name === 'notNow') say(`${problem.message} ${problem.hint}`)
  })
  useEffect(() => refuse(), [problem])
}
