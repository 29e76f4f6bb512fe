/** Which systems are compared: two of them, or all. */
import { Box } from 'ink'
import type { ReactNode } from 'react'
import { useBody, useScreen } from '../../app-context.tsx'
import { type Choice, ChoiceList } from '../../widgets/choice-list.tsx'
import { Row } from '../../widgets/lines.tsx'
import { column, signsFor } from '../../widgets/theme.ts'

export interface PinListProps {
  readonly labels: readonly string[]
  readonly pinned: readonly string[]
  readonly choice: Choice
}

/** Rows that the list has in a body of `rows`. */
export function pinListHeight(rows: number): number {
  return rows - 2
}

export function PinList({ labels, pinned, choice }: PinListProps): ReactNode {
  const screen = useScreen()
  const { columns, rows } = useBody()
  const { on, off } = signsFor(screen)
  const items = labels.map((label) => `${pinned.includes(label) ? on : off} ${column(label, columns - 8, screen)}`)
  return (
    <Box flexDirection="column">
      <Row line="Choose two systems: every tab then shows only these." />
      <Row line="" />
      <ChoiceList items={items} choice={choice} height={pinListHeight(rows)} columns={columns} />
    </Box>
  )
}
