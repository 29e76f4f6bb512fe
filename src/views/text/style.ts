/** What the output can show, and text made fit for it. */
import { styleText } from 'node:util'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import { escapeControl } from '../escape-control.ts'
import type { Looks } from '../evidence/looks.ts'

export interface TextOptions {
  /** Width to stay within, in terminal cells. */
  readonly columns: number
  /** False where NO_COLOR, --plain or a pipe forbids it: then no escape sequence is written at all. */
  readonly color: boolean
  /** False outside UTF-8 locales: then nothing but ASCII is written. */
  readonly unicode: boolean
}

export interface BlockOptions extends TextOptions {
  /** Lines of a chart between its axes; 12 where it is not said. */
  readonly chartRows?: number
  /** Of the systems of the run: marker and colour are the same in every chart. */
  readonly looks?: Looks
  /** Lines of a body before it is cut; 14 where it is not said. */
  readonly bodyRows?: number
}

export type Tone = 'good' | 'bad' | 'muted' | 'strong' | 'heading'

// The 16 ANSI colours only, and nothing dim: dim text cannot be read on half of the themes. Muted text stays as it is.
const formats = { good: 'green', bad: 'red', strong: 'bold', heading: ['bold', 'cyan'] } as const

export function paint(text: string, tone: Tone | undefined, { color }: Pick<TextOptions, 'color'>): string {
  if (!color || tone === undefined || tone === 'muted' || text === '') return text
  const format = formats[tone]
  return styleText(typeof format === 'string' ? format : [...format], text, { validateStream: false })
}

/** Colours only repeat what marker and name say; they come round after the sixth series. */
const seriesColors = ['cyan', 'magenta', 'green', 'blue', 'yellow', 'red'] as const

/** Part of a chart, in the colour of its series. */
export function paintSeries(text: string, series: number, { color }: Pick<TextOptions, 'color'>): string {
  if (!color || text.trim() === '') return text
  return styleText(seriesColors[series % seriesColors.length] ?? 'cyan', text, { validateStream: false })
}

const asciiFor: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '·': '-',
  '•': '*',
  '…': '...',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '‹': '<',
  '›': '>',
  '×': 'x',
  '±': '+-',
  '≥': '>=',
  '≤': '<=',
  '≈': '~',
  '→': '->',
  '←': '<-',
  µ: 'u',
  μ: 'u',
  '✓': 'ok',
  '✗': 'x',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
}

/** A text of the model as it may be laid out: control characters spelled out; ASCII where nothing else can be shown. */
export function shown(text: string, { unicode }: Pick<TextOptions, 'unicode'>): string {
  const safe = escapeControl(text)
  return unicode ? safe : safe.replace(/[^\n -~]/gu, (character) => asciiFor[character] ?? '?')
}

/** Lines of at most `columns - indent` cells, each indented; words are broken only where one alone is too long. */
export function wrapped(text: string, { columns }: Pick<TextOptions, 'columns'>, indent = 0): string[] {
  const width = Math.max(8, columns - indent)
  return wrapAnsi(text, width, { hard: true })
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(indent) + line.trimEnd()))
}

/** As `wrapped`, for code and bodies: blanks at the beginning of a line stay. */
export function wrappedCode(text: string, { columns }: Pick<TextOptions, 'columns'>, indent = 0): string[] {
  const width = Math.max(8, columns - indent)
  return wrapAnsi(text, width, { hard: true, trim: false, wordWrap: false })
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
}

export function padded(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'left' ? text + blanks : blanks + text
}

export function ruleLine({ columns, unicode }: TextOptions): string {
  return (unicode ? '─' : '-').repeat(columns)
}
