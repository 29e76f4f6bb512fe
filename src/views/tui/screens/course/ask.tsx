import type { ReactNode } from 'react'
import { paint, shown, wrapped } from '../../../text/style.ts'
import { useBody, useTextOptions } from '../../app-context.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines } from '../../widgets/lines.tsx'

/** A question before something is lost. Only `y` does it. */
export function Ask({
  title,
  question,
  yes,
  act,
  close,
}: {
  readonly title: string
  readonly question: string
  /** What `y` does, in two words. */
  readonly yes: string
  readonly act: () => void
  readonly close: () => void
}): ReactNode {
  const options = useTextOptions()
  const { rows } = useBody()
  const bindings = [
    {
      keys: ['y'],
      label: yes,
      footer: true,
      act: () => {
        close()
        act()
      },
    },
    { keys: ['n', 'q', 'escape'], label: 'leave it as it is', footer: true, act: close },
  ]
  const lines = wrapped(paint(shown(question, options), 'strong', options), options)
  return (
    <Frame title={title} right="a question" bindings={bindings}>
      <Lines lines={[...lines, '', `y  ${yes}`, 'n  leave it as it is']} height={rows} />
    </Frame>
  )
}
