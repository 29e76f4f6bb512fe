/** Two runs compared: what changed first, then the same findings side by side. */
import type { ReactNode } from 'react'
import type { RunComparison } from '../../../../comparison/runs/compare-runs.ts'
import { comparisonMarkdown } from '../../../text/runs/markdown.ts'
import { comparisonText } from '../../../text/runs/text.ts'
import { useApp, useBody, useTextOptions } from '../../app-context.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, useScroll } from '../../widgets/lines.tsx'

export function ComparisonScreen({ comparison }: { readonly comparison: RunComparison }): ReactNode {
  const { copy } = useApp()
  const { rows } = useBody()
  const options = useTextOptions()
  const lines = comparisonText(comparison, options).trimEnd().split('\n')
  const scroll = useScroll(lines.length, rows)
  return (
    <Frame
      title="Two runs"
      bindings={[
        ...scroll.bindings,
        {
          keys: ['y'],
          label: 'copy',
          help: 'copy a summary in Markdown, for a pull request',
          footer: true,
          act: () => copy(comparisonMarkdown(comparison), 'The comparison'),
        },
      ]}
    >
      <Lines lines={lines} height={rows} offset={scroll.offset} />
    </Frame>
  )
}
