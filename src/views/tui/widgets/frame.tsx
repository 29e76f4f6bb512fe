/**
 * What every screen stands in: header, rule, body, status line, footer, always in the same rows. It adds the keys that
 * are the same everywhere (`?`, `q`) and shows the help page made from the screen's own table.
 */
import { Box } from 'ink'
import { type ReactNode, useState } from 'react'
import stringWidth from 'string-width'
import type { Screen } from '../../services.ts'
import { paint } from '../../text/style.ts'
import { useApp, useBody } from '../app-context.tsx'
import { type Binding, footerParts, useBindings } from '../keys/keys.tsx'
import { type Navigation, useNavigation } from '../navigation.tsx'
import { keysLines } from '../screens/keys/keys-page.ts'
import { Lines, Row, useScroll } from './lines.tsx'
import { fitted, signsFor } from './theme.ts'

export interface FrameProps {
  /** What is in front: `Lab 3 · Saying no`. */
  readonly title: string
  /** Where it stands: step, health, time left. */
  readonly right?: string
  /** The screen's own keys. `?` and `q` are added where it does not take them itself. */
  readonly bindings: readonly Binding[]
  readonly children: ReactNode
}

export function Frame({ title, right = '', bindings, children }: FrameProps): ReactNode {
  const { screen, size, status, say } = useApp()
  const body = useBody()
  const navigation = useNavigation()
  const [helping, setHelping] = useState(false)
  const openHelp = (): void => {
    scroll.toTop()
    setHelping(true)
  }
  const table = withEverywhere(bindings, navigation, openHelp)
  const help = keysLines(table, body.columns, screen)
  const scroll = useScroll(help.length, body.rows)
  const close: Binding = {
    keys: ['?', 'q', 'escape', 'return'],
    label: 'close',
    help: 'back to the screen',
    footer: true,
    act: () => setHelping(false),
  }
  const listening = helping ? [...scroll.bindings, close] : table
  useBindings(listening, () => status !== '' && say(''))
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} paddingX={1} overflow="hidden">
      <Row line={headLine(helping ? `Keys · ${title}` : title, right, body.columns, screen)} />
      <Row line={signsFor(screen).rule.repeat(body.columns)} />
      <Box
        flexDirection="column"
        height={body.rows}
        flexShrink={0}
        overflow="hidden"
        display={helping ? 'none' : 'flex'}
      >
        {children}
      </Box>
      {helping && <Lines lines={help} height={body.rows} offset={scroll.offset} />}
      <Row line={fitted(status, body.columns, screen)} />
      <Row line={footerLine(listening, body.columns, screen.unicode)} />
    </Box>
  )
}

/** The screen's keys that work now, and behind them those that are the same on every screen. */
function withEverywhere(bindings: readonly Binding[], { depth, back }: Navigation, help: () => void): Binding[] {
  const own = bindings.filter(({ when }) => when !== false)
  const taken = own.flatMap(({ keys }) => keys)
  const leave: Binding =
    depth === 0
      ? { keys: ['q'], label: 'quit', help: 'leave EdgeLab', footer: true, act: back }
      : { keys: ['q', 'escape'], label: 'back', help: 'to the screen before', footer: true, act: back }
  const everywhere: readonly Binding[] = [
    { keys: ['?'], label: 'keys', help: 'the keys of this screen', footer: true, act: help },
    leave,
  ]
  // While a field is typed in, letters are letters.
  if (taken.includes('text')) return own
  return [
    ...own,
    ...everywhere.flatMap((binding) => {
      const keys = binding.keys.filter((key) => !taken.includes(key))
      return keys.length === 0 ? [] : [{ ...binding, keys }]
    }),
  ]
}

/** Title left, state right. The state is short and stays whole; the title gives way. */
function headLine(title: string, right: string, columns: number, screen: Screen): string {
  const state = fitted(right, Math.floor(columns * 0.6), screen)
  const name = fitted(title, columns - stringWidth(state) - (state === '' ? 0 : 2), screen)
  const blanks = ' '.repeat(Math.max(0, columns - stringWidth(name) - stringWidth(state)))
  return `${paint(name, 'heading', screen)}${blanks}${state}`
}

/** As many keys as fit; help and the way back are always among them. */
function footerLine(bindings: readonly Binding[], columns: number, unicode: boolean): string {
  const parts = [...footerParts(bindings, unicode)]
  const gap = '  '
  while (stringWidth(parts.join(gap)) > columns && parts.length > 2) parts.splice(-3, 1)
  return parts.join(gap)
}
