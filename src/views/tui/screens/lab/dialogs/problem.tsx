import type { ReactNode } from 'react'
import type { EdgeLabError } from '../../../../../errors.ts'
import { renderError } from '../../../../text/error.ts'
import { useBody, useTextOptions } from '../../../app-context.tsx'
import { Frame } from '../../../widgets/frame.tsx'
import { Lines, useScroll } from '../../../widgets/lines.tsx'

/** What went wrong, in place of the step until it was read. */
export function Problem({
  title,
  error,
  label,
  close,
}: {
  readonly title: string
  readonly error: EdgeLabError
  /** What closing it does. */
  readonly label: string
  readonly close: () => void
}): ReactNode {
  const { rows } = useBody()
  const lines = renderError(error, useTextOptions()).trimEnd().split('\n')
  const scroll = useScroll(lines.length, rows)
  const bindings = [...scroll.bindings, { keys: ['return', 'q', 'escape'], label, footer: true, act: close }]
  return (
    <Frame title={title} right="a problem" bindings={bindings}>
      <Lines lines={lines} height={rows} offset={scroll.offset} />
    </Frame>
  )
}
