/** What the app draws with: the 16 ANSI colours through views/text, signs that have an ASCII form, and texts made to fit. */
import { styleText } from 'node:util'
import stringWidth from 'string-width'
import { escapeLine } from '../../escape-control.ts'
import type { Screen } from '../../services.ts'
import { padded, shown } from '../../text/style.ts'

export interface Signs {
  /** Before the chosen line. */
  readonly pointer: string
  readonly rule: string
  readonly above: string
  readonly below: string
  readonly ellipsis: string
  readonly arrow: string
  readonly good: string
  readonly bad: string
  readonly waiting: string
  readonly unknown: string
  readonly on: string
  readonly off: string
}

const unicodeSigns: Signs = {
  pointer: '❯',
  rule: '─',
  above: '▲',
  below: '▼',
  ellipsis: '…',
  arrow: '→',
  good: '✓',
  bad: '✗',
  waiting: '…',
  unknown: '?',
  on: '[x]',
  off: '[ ]',
}

const asciiSigns: Signs = {
  ...unicodeSigns,
  pointer: '>',
  rule: '-',
  above: '^',
  below: 'v',
  ellipsis: '...',
  arrow: '->',
  good: 'ok',
  bad: 'x',
  waiting: '...',
}

export function signsFor({ unicode }: Pick<Screen, 'unicode'>): Signs {
  return unicode ? unicodeSigns : asciiSigns
}

/** Any text as one line of at most `columns` cells: control characters spelled out, cut with an ellipsis. No colours in it. */
export function fitted(text: string, columns: number, screen: Pick<Screen, 'unicode'>): string {
  const line = shown(escapeLine(text), screen)
  if (stringWidth(line) <= columns) return line
  const { ellipsis } = signsFor(screen)
  const room = columns - stringWidth(ellipsis)
  if (room <= 0) return ellipsis.slice(0, Math.max(0, columns))
  let kept = ''
  let width = 0
  for (const character of line) {
    width += stringWidth(character)
    if (width > room) break
    kept += character
  }
  return kept.trimEnd() + ellipsis
}

/** As `fitted`, filled up to exactly `columns` cells. */
export function column(
  text: string,
  columns: number,
  screen: Pick<Screen, 'unicode'>,
  align: 'left' | 'right' = 'left',
): string {
  return padded(fitted(text, columns, screen), columns, align)
}

/** The chosen line: a pointer before it and, where colours are allowed, inverse. Others are indented alike. */
export function choiceLine(text: string, chosen: boolean, columns: number, screen: Screen): string {
  const line = padded(`${chosen ? signsFor(screen).pointer : ' '} ${text}`, columns)
  return chosen && screen.color ? styleText('inverse', line, { validateStream: false }) : line.trimEnd()
}
