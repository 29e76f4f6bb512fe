import type { ReactNode } from 'react'
import type { LabSession } from '../../../../../labs/session/session.ts'
import { endingLines } from '../../../../text/lab/ending.ts'
import { paint, shown, wrapped } from '../../../../text/style.ts'
import { labAfter } from '../../../../words/course-words.ts'
import { useBody, useServices, useTextOptions } from '../../../app-context.tsx'
import type { Binding } from '../../../keys/keys.tsx'
import { Frame } from '../../../widgets/frame.tsx'
import { Lines, useScroll } from '../../../widgets/lines.tsx'
import { useLoaded } from '../../../widgets/loaded.ts'
import { labTitle } from '../lab-header.ts'

/** The end of a finished lab, and the way to the next one. */
export function Ending({
  session,
  close,
  report,
  goOn,
}: {
  readonly session: LabSession
  readonly close: () => void
  readonly report: () => void
  /** Leaves this lab for another one. */
  readonly goOn: (lab: string) => void
}): ReactNode {
  const options = useTextOptions()
  const { rows } = useBody()
  const services = useServices()
  const ending = useLoaded(session.ending)
  const labs = useLoaded(services.labs)
  const next = labs.state === 'ready' ? labAfter(labs.value, session.lab.id) : undefined
  const way =
    labs.state !== 'ready'
      ? 'Looking for the next lab.'
      : next
        ? `Next: lab ${next.number}, ${next.title} (n).`
        : 'No other lab is open: you have done them all.'
  const lines = [
    ...wrapped(paint(shown('The lab is finished.', options), 'strong', options), options),
    ...wrapped(shown(way, options), options),
    '',
    ...(ending.state === 'ready'
      ? endingLines(
          ending.value,
          session.lab.steps.map(({ id }) => session.page(id)),
          options,
        )
      : []),
  ]
  const scroll = useScroll(lines.length, rows)
  const bindings: readonly Binding[] = [
    ...scroll.bindings,
    {
      keys: ['n'],
      label: 'next lab',
      help: 'leave this lab for the next one',
      footer: true,
      when: next !== undefined,
      act: () => next && goOn(next.id),
    },
    { keys: ['o'], label: 'report', help: 'open the report of this lab', footer: true, act: report },
    { keys: ['b', 'q', 'escape'], label: 'back', help: 'back to the last step', footer: true, act: close },
  ]
  return (
    <Frame title={labTitle(session)} right="finished" bindings={bindings}>
      <Lines lines={lines} height={rows} offset={scroll.offset} />
    </Frame>
  )
}
