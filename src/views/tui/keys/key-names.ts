/** Keys by one name each, whatever the terminal calls them, and how a name is written in footer and help. */
import type { Key } from 'ink'

export interface KeyPress {
  /** `q`, `?`, `return`, `escape`, `up`, `pageDown`, `ctrl+c`, `shift+tab` … */
  readonly name: string
  /** What it types; empty for keys that type nothing. */
  readonly text: string
}

const special = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[]

/** What came in one piece as single keys: terminals and `tmux send-keys` put several into one read. */
export function keyPresses(input: string, key: Key): readonly KeyPress[] {
  if (key.eventType === 'release') return []
  if (key.tab) return [{ name: key.shift ? 'shift+tab' : 'tab', text: '' }]
  const found = special.find(([flag]) => key[flag])
  if (found) return [{ name: found[1], text: '' }]
  if (key.ctrl) return [{ name: `ctrl+${input}`, text: '' }]
  if (key.meta) return [{ name: `alt+${input}`, text: '' }]
  return [...input].map((character): KeyPress => {
    if (character === '\r' || character === '\n') return { name: 'return', text: '' }
    if (character === '\t') return { name: 'tab', text: '' }
    if (character === ' ') return { name: 'space', text: ' ' }
    return { name: character, text: /[\p{C}]/u.test(character) ? '' : character }
  })
}

const written: Readonly<Record<string, { readonly unicode: string; readonly ascii: string }>> = {
  up: { unicode: '↑', ascii: 'Up' },
  down: { unicode: '↓', ascii: 'Down' },
  left: { unicode: '←', ascii: 'Left' },
  right: { unicode: '→', ascii: 'Right' },
  return: { unicode: '⏎', ascii: 'Enter' },
  escape: { unicode: 'Esc', ascii: 'Esc' },
  tab: { unicode: 'Tab', ascii: 'Tab' },
  'shift+tab': { unicode: 'Shift-Tab', ascii: 'Shift-Tab' },
  space: { unicode: 'Space', ascii: 'Space' },
  pageUp: { unicode: 'PgUp', ascii: 'PgUp' },
  pageDown: { unicode: 'PgDn', ascii: 'PgDn' },
  home: { unicode: 'Home', ascii: 'Home' },
  end: { unicode: 'End', ascii: 'End' },
  backspace: { unicode: 'Backspace', ascii: 'Backspace' },
  delete: { unicode: 'Del', ascii: 'Del' },
  text: { unicode: 'letters', ascii: 'letters' },
  'ctrl+c': { unicode: 'Ctrl-C', ascii: 'Ctrl-C' },
}

/** How a key is written. Enter and arrows as signs where the terminal can show them. */
export function keyTitle(name: string, unicode: boolean): string {
  const found = written[name]
  return found ? (unicode ? found.unicode : found.ascii) : name
}
