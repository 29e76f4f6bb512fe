/** What failed, each mistake with its place, the last lines of the log of what failed, and what to try. */
import type { ReactNode } from 'react'
import type { EdgeLabError } from '../../../../errors.ts'
import { renderError } from '../../../text/error.ts'
import { useApp, useBody, useTextOptions } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, useScroll } from '../../widgets/lines.tsx'

export function ErrorScreen({ error }: { readonly error: EdgeLabError }): ReactNode {
  const { copy } = useApp()
  const { rows } = useBody()
  const options = useTextOptions()
  const { go } = useNavigation()
  const lines = renderError(error, options).trimEnd().split('\n')
  const scroll = useScroll(lines.length, rows)
  return (
    <Frame
      title={error.title}
      bindings={[
        ...scroll.bindings,
        {
          keys: ['d'],
          label: 'what runs here',
          help: 'what is missing, and the one command that changes it',
          footer: true,
          act: () => go({ name: 'doctor' }),
        },
        {
          keys: ['y'],
          label: 'copy',
          help: 'copy the message and the log',
          footer: true,
          act: () => copy(renderError(error, { columns: 100, color: false, unicode: true }), 'The error'),
        },
      ]}
    >
      <Lines lines={lines} height={rows} offset={scroll.offset} />
    </Frame>
  )
}
