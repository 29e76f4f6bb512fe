import type { ReactNode } from 'react'
import type { StepPage } from '../../../../../labs/session/page.ts'
import type { LabSession } from '../../../../../labs/session/session.ts'
import { looksOfCast } from '../../../../evidence/looks.ts'
import { moreLines } from '../../../../text/lab/more.ts'
import { useBody, useTextOptions } from '../../../app-context.tsx'
import { Frame } from '../../../widgets/frame.tsx'
import { Lines, useScroll } from '../../../widgets/lines.tsx'
import { labTitle } from '../lab-header.ts'

/** The whole findings of a run, with how they were measured. */
export function More({
  session,
  page,
  close,
}: {
  readonly session: LabSession
  readonly page: StepPage
  readonly close: () => void
}): ReactNode {
  const options = useTextOptions()
  const { rows } = useBody()
  const lines = moreLines(page.more, { ...options, looks: looksOfCast(session.cast) })
  const scroll = useScroll(lines.length, rows)
  const bindings = [
    ...scroll.bindings,
    { keys: ['m', 'q', 'escape', 'return'], label: 'less', help: 'back to the step', footer: true, act: close },
  ]
  return (
    <Frame title={labTitle(session)} right="the whole finding" bindings={bindings}>
      <Lines lines={lines} height={rows} offset={scroll.offset} />
    </Frame>
  )
}
