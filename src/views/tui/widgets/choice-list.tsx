/** A list of which one line is chosen, with the keys that move. Windowed: a thousand entries draw as fast as ten. */
import { Box } from 'ink'
import { type ReactNode, useReducer } from 'react'
import { useScreen } from '../app-context.tsx'
import type { Binding } from '../keys/keys.tsx'
import { Row } from './lines.tsx'
import { choiceLine } from './theme.ts'
import { windowAround, windowLine } from './window.ts'

export interface Choice {
  /** Index of the chosen entry; 0 for an empty list. */
  readonly at: number
  readonly first: number
  /** To be put into the screen's table. */
  readonly bindings: readonly Binding[]
  readonly choose: (at: number) => void
}

interface State {
  readonly at: number
  readonly first: number
}

/** Which of `count` entries is chosen, in `height` rows. It stays in range when the list becomes shorter. */
export function useChoice(count: number, height: number, initial = 0): Choice {
  const inRange = (at: number): number => Math.max(0, Math.min(count - 1, at))
  const settled = ({ at, first }: State): State => {
    const chosen = inRange(at)
    return { at: chosen, first: windowAround(count, height, chosen, first).from }
  }
  const [kept, choose] = useReducer(
    (state: State, change: { readonly by: number } | { readonly to: number }): State => {
      const { at, first } = settled(state)
      return settled({ at: 'by' in change ? at + change.by : change.to, first })
    },
    { at: initial, first: 0 },
  )
  const { at, first } = settled(kept)
  const when = count > 1
  const by = (entries: number) => () => choose({ by: entries })
  const to = (entry: number) => () => choose({ to: entry })
  return {
    at,
    first,
    choose: (entry) => choose({ to: entry }),
    bindings: [
      { keys: ['up', 'k'], label: 'move', help: 'one up', footer: true, when, act: by(-1) },
      { keys: ['down', 'j'], label: 'move', help: 'one down', footer: true, when, act: by(1) },
      { keys: ['pageUp'], label: 'page up', help: 'one page up', when, act: by(2 - height) },
      { keys: ['pageDown'], label: 'page down', help: 'one page down', when, act: by(height - 2) },
      { keys: ['g', 'home'], label: 'first', help: 'to the first one', when, act: to(0) },
      { keys: ['G', 'end'], label: 'last', help: 'to the last one', when, act: to(count - 1) },
    ],
  }
}

export interface ChoiceListProps {
  /** One line each, without the pointer; may be painted. */
  readonly items: readonly string[]
  readonly choice: Pick<Choice, 'at' | 'first'>
  readonly height: number
  readonly columns: number
}

/** Exactly `height` rows. */
export function ChoiceList({ items, choice, height, columns }: ChoiceListProps): ReactNode {
  const screen = useScreen()
  const view = windowAround(items.length, height, choice.at, choice.first)
  return (
    <Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
      {items.slice(view.from, view.from + view.count).map((item, index) => {
        const at = view.from + index
        return <Row key={at} line={choiceLine(item, at === choice.at, columns, screen)} />
      })}
      {view.partial && <Row line={windowLine(view, items.length, screen)} />}
    </Box>
  )
}
