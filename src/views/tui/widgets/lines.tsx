/** Painted lines (views/text makes them) in a fixed place, and the keys that scroll them. */
import { Box, Text } from 'ink'
import { memo, type ReactNode, useReducer } from 'react'
import { useScreen } from '../app-context.tsx'
import type { Binding } from '../keys/keys.tsx'
import { windowAt, windowLine } from './window.ts'

export interface LinesProps {
  readonly lines: readonly string[]
  readonly height: number
  readonly offset?: number
}

/** Exactly `height` rows: the lines from `offset` on, cut at the right edge; a last row that says what is hidden. */
export function Lines({ lines, height, offset = 0 }: LinesProps): ReactNode {
  const screen = useScreen()
  const view = windowAt(lines.length, height, offset)
  const rows = lines.slice(view.from, view.from + view.count)
  return (
    <Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
      {rows.map((line, at) => (
        <Row key={at} line={line} />
      ))}
      {view.partial && <Row line={windowLine(view, lines.length, screen)} />}
    </Box>
  )
}

/** One line. Drawn again only when its text changes. */
export const Row = memo(function Row({ line }: { readonly line: string }): ReactNode {
  return <Text wrap="truncate">{line === '' ? ' ' : line}</Text>
})

export interface Scroll {
  readonly offset: number
  /** To be put into the screen's table. */
  readonly bindings: readonly Binding[]
  readonly toTop: () => void
}

type ScrollMove = { readonly by: number } | { readonly to: number }

/** Scrolling over `count` lines in `height` rows: arrows and `j` `k`, pages, `g` and `G`. */
export function useScroll(count: number, height: number): Scroll {
  const last = Math.max(0, count - windowAt(count, height, 0).count)
  const [kept, move] = useReducer((offset: number, change: ScrollMove): number => {
    const wanted = 'by' in change ? Math.min(offset, last) + change.by : change.to
    return Math.max(0, Math.min(last, wanted))
  }, 0)
  // What is shown may have become shorter, or the screen taller.
  const offset = Math.min(kept, last)
  const page = Math.max(1, height - 2)
  const when = last > 0
  const by = (lines: number) => () => move({ by: lines })
  const to = (line: number) => () => move({ to: line })
  return {
    offset,
    toTop: to(0),
    bindings: [
      { keys: ['up', 'k'], label: 'scroll', help: 'one line up', footer: true, when, act: by(-1) },
      { keys: ['down', 'j'], label: 'scroll', help: 'one line down', footer: true, when, act: by(1) },
      { keys: ['pageUp'], label: 'page up', help: 'one page up', when, act: by(-page) },
      { keys: ['pageDown', 'space'], label: 'page down', help: 'one page down', when, act: by(page) },
      { keys: ['g', 'home'], label: 'top', help: 'to the first line', when, act: to(0) },
      { keys: ['G', 'end'], label: 'end', help: 'to the last line', when, act: to(last) },
    ],
  }
}
