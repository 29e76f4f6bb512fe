/** What is shown while the terminal is smaller than any screen needs. The screens behind it keep their state. */
import { Box, Text } from 'ink'
import type { ReactNode } from 'react'
import type { Screen } from '../../../services.ts'
import { type Size, smallest } from '../../app-context.tsx'
import { fitted } from '../../widgets/theme.ts'

export function TooSmall({ size, screen }: { readonly size: Size; readonly screen: Screen }): ReactNode {
  const by = screen.unicode ? '×' : 'x'
  const lines = [
    `EdgeLab needs ${smallest.columns}${by}${smallest.rows}.`,
    `This is ${size.columns}${by}${size.rows}.`,
    'Nothing is lost: make it larger.',
    'Ctrl-C leaves.',
  ]
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      {lines.slice(0, size.rows).map((line) => (
        <Text key={line} wrap="truncate">
          {fitted(line, size.columns, screen)}
        </Text>
      ))}
    </Box>
  )
}
