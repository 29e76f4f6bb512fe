/** The systems of a run, a line each. Only lines whose system changed are made anew. */
import { memo, type ReactNode, useMemo } from 'react'
import { type Look, looksFor } from '../../../evidence/looks.ts'
import type { LiveRow } from '../../../live/live-row.ts'
import { useBody, useScreen } from '../../app-context.tsx'
import { Row } from '../../widgets/lines.tsx'
import { choiceLine } from '../../widgets/theme.ts'
import { windowAround, windowLine } from '../../widgets/window.ts'
import { type LiveColumns, liveColumns, liveHead, liveLine } from './live-columns.ts'

export interface LiveTableProps {
  readonly rows: readonly LiveRow[]
  /** How the scenario at hand is measured. */
  readonly way: 'rounds' | 'slices'
  readonly chosen: number
  /** Lines for all of it, the head included. */
  readonly height: number
}

export function LiveTable({ rows, way, chosen, height }: LiveTableProps): ReactNode {
  const screen = useScreen()
  const { columns } = useBody()
  const labels = rows.map(({ label }) => label).join('\n')
  const layout = useMemo(() => liveColumns(labels.split('\n'), columns, way), [labels, columns, way])
  const looks = useMemo(() => looksFor(rows), [labels])
  const view = windowAround(rows.length, height - 1, chosen, 0)
  return (
    <>
      <Row line={liveHead(layout, screen)} />
      {rows.slice(view.from, view.from + view.count).map((row, at) => (
        <SystemRow
          key={row.label}
          row={row}
          look={looks.get(row.label)!}
          chosen={view.from + at === chosen}
          layout={layout}
        />
      ))}
      {view.partial && <Row line={windowLine(view, rows.length, screen)} />}
    </>
  )
}

const SystemRow = memo(function SystemRow({
  row,
  look,
  chosen,
  layout,
}: {
  readonly row: LiveRow
  readonly look: Look
  readonly chosen: boolean
  readonly layout: LiveColumns
}): ReactNode {
  const screen = useScreen()
  return <Row line={choiceLine(liveLine(row, look, layout, screen), chosen, layout.columns, screen)} />
})
