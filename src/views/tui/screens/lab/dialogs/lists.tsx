/** Lists over a step: all steps of the lab, or the files of a task. */
import { relative } from 'node:path'
import type { ReactNode } from 'react'
import type { Step } from '../../../../../labs/file/lab.ts'
import type { Progress } from '../../../../../labs/progress/progress.ts'
import type { LabSession } from '../../../../../labs/session/session.ts'
import type { Screen } from '../../../../services.ts'
import { stepWords } from '../../../../words/lab-words.ts'
import { useBody, useScreen } from '../../../app-context.tsx'
import type { Binding } from '../../../keys/keys.tsx'
import { ChoiceList, useChoice } from '../../../widgets/choice-list.tsx'
import { Frame } from '../../../widgets/frame.tsx'
import { fitted, signsFor } from '../../../widgets/theme.ts'
import { labTitle } from '../lab-header.ts'

interface ListProps {
  readonly session: LabSession
  readonly close: () => void
}

/** Finished steps can be read again; those that were not reached are shown and stay closed. */
export function StepList({ session, close, open }: ListProps & { readonly open: (step: string) => void }): ReactNode {
  const { columns, rows } = useBody()
  const screen = useScreen()
  const { lab } = session
  const { progress } = session.state()
  const choice = useChoice(
    lab.steps.length,
    rows,
    lab.steps.findIndex(({ id }) => id === progress.at),
  )
  const chosen = lab.steps[choice.at]
  const bindings = [
    ...choice.bindings,
    openBinding('go there', () => chosen && open(chosen.id), close),
    closeBinding(close),
  ]
  const items = lab.steps.map((step, at) => fitted(stepLine(step, at, progress, screen), columns - 2, screen))
  return (
    <Frame title={labTitle(session)} right="all steps" bindings={bindings}>
      <ChoiceList items={items} choice={choice} height={rows} columns={columns} />
    </Frame>
  )
}

function stepLine({ id, title, type }: Step, at: number, { steps, at: now }: Progress, screen: Screen): string {
  const { good, pointer } = signsFor(screen)
  const known = steps[id]
  const state = known?.skipped ? `${good} skipped` : known?.done ? `${good} done` : known || id === now ? 'begun' : '–'
  const here = id === now ? `  ${pointer} you are here` : ''
  return `${String(at + 1).padStart(2)}  ${title} · ${stepWords[type]} · ${state}${here}`
}

export function FileList({
  session,
  files,
  close,
  open,
}: ListProps & { readonly files: readonly string[]; readonly open: (file: string) => void }): ReactNode {
  const { columns, rows } = useBody()
  const screen = useScreen()
  const choice = useChoice(files.length, rows)
  const chosen = files[choice.at]
  const bindings = [...choice.bindings, openBinding('edit', () => chosen && open(chosen), close), closeBinding(close)]
  const items = files.map((file) => fitted(relative(session.workspace, file), columns - 2, screen))
  return (
    <Frame title={labTitle(session)} right="files to edit" bindings={bindings}>
      <ChoiceList items={items} choice={choice} height={rows} columns={columns} />
    </Frame>
  )
}

function openBinding(label: string, act: () => void, close: () => void): Binding {
  return {
    keys: ['return'],
    label,
    footer: true,
    act: () => {
      close()
      act()
    },
  }
}

function closeBinding(close: () => void): Binding {
  return { keys: ['q', 'escape', 'l'], label: 'close', help: 'back to the step', footer: true, act: close }
}
