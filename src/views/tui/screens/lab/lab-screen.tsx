import type { ReactNode } from 'react'
import type { ErrorName } from '../../../../errors.ts'
import type { LabSession } from '../../../../labs/session/session.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { useBody, useScreen, useTextOptions } from '../../app-context.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row } from '../../widgets/lines.tsx'
import { Ask } from '../course/ask.tsx'
import { Ending } from './dialogs/ending.tsx'
import { FileList, StepList } from './dialogs/lists.tsx'
import { More } from './dialogs/more.tsx'
import { Problem } from './dialogs/problem.tsx'
import { TryRequest } from './dialogs/try-request.tsx'
import { labPlace, labTitle } from './lab-header.ts'
import { bodyLines, nowLine } from './layout/body-lines.ts'
import { stepBindings } from './step-bindings.ts'
import { useLabSession } from './use-lab-session.ts'
import { type StepAtHand, useStep } from './use-step.ts'

/** One lab, from opening it to leaving it. */
export function LabScreen({ id }: { readonly id: string }): ReactNode {
  const { opening, leave } = useLabSession(id)
  switch (opening.state) {
    case 'open':
      return <OpenLab session={opening.session} leave={leave} />
    case 'opening':
      return <Opening id={id} notes={opening.notes} leave={() => leave()} />
    case 'failed':
      return <Problem title="Lab" error={opening.error} label="leave" close={() => leave()} />
    default:
      return opening satisfies never
  }
}

function Opening({
  id,
  notes,
  leave,
}: {
  readonly id: string
  readonly notes: readonly string[]
  readonly leave: () => void
}): ReactNode {
  const options = useTextOptions()
  const { rows } = useBody()
  const lines = ['Opening the lab.', ...notes].flatMap((line) => wrapped(shown(line, options), options))
  return (
    <Frame title="Lab" right={id} bindings={[{ keys: ['q', 'escape'], label: 'leave', footer: true, act: leave }]}>
      <Lines lines={lines.slice(-rows)} height={rows} />
    </Frame>
  )
}

/** What needs no screen of its own: it is said where it came about. */
const saidInPlace: readonly ErrorName[] = ['notNow', 'requestUnclear']

function OpenLab({
  session,
  leave,
}: {
  readonly session: LabSession
  readonly leave: (to?: string) => void
}): ReactNode {
  const step = useStep(session, () => leave())
  const { state, view, hands, page } = step
  const close = (): void => hands.move({ type: 'dialog', dialog: null })
  if (state.problem && !saidInPlace.includes(state.problem.name) && state.problem !== view.dismissed) {
    const { problem } = state
    return (
      <Problem
        title={labTitle(session)}
        error={problem}
        label="back to the step"
        close={() => hands.move({ type: 'dismiss', problem })}
      />
    )
  }
  switch (view.dialog) {
    case null:
      return <Step session={session} step={step} />
    case 'try':
      return (
        <TryRequest session={session} state={state} send={(text) => hands.act({ type: 'try', text })} close={close} />
      )
    case 'more':
      return <More session={session} page={page} close={close} />
    case 'ending':
      return <Ending session={session} close={close} report={hands.report} goOn={leave} />
    case 'steps':
      return <StepList session={session} close={close} open={(id) => hands.act({ type: 'go', step: id })} />
    case 'files':
      return <FileList session={session} files={page.files} close={close} open={hands.edit} />
    case 'ask-reset':
      return (
        <Ask
          title={labTitle(session)}
          question="Reset this step? Your files of it become what they were at the beginning, and its hints are closed."
          yes="reset it"
          close={close}
          act={() => hands.act({ type: 'reset' })}
        />
      )
    case 'ask-skip':
      return (
        <Ask
          title={labTitle(session)}
          question="Apply the solution? Your files of this step are replaced by it, so that later steps work. The report will say that it was skipped."
          yes="apply the solution"
          close={close}
          act={() => hands.act({ type: 'skip' })}
        />
      )
    default:
      return view.dialog satisfies never
  }
}

function Step({ session, step }: { readonly session: LabSession; readonly step: StepAtHand }): ReactNode {
  const { state, page, view, scene, hands } = step
  const { columns } = useBody()
  const screen = useScreen()
  return (
    <Frame
      title={labTitle(session)}
      right={labPlace(page, session, columns, screen)}
      bindings={stepBindings({ state, view, scene }, hands)}
    >
      <Lines lines={bodyLines(view, scene, screen)} height={scene.height} />
      <Row line={nowLine({ busy: state.busy, next: page.next }, columns, screen)} />
    </Frame>
  )
}
