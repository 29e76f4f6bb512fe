/**
 * A table within a width: columns as wide as they like, then wrapped, then some columns below the others with the first ones
 * repeated, and where not even that fits each row as a stack of `name: value`.
 */
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type { TableBlock } from '../../comparison/finding.ts'
import { padded, paint, shown, type TextOptions, wrapped } from './style.ts'

const gap = 2
/** A column of words narrower than this reads worse than a stack. */
const narrowest = 10
/** On a screen narrower than this a table in several parts reads worse than stacks. */
const narrowestSplit = 60

export function tableLines(table: TableBlock, options: TextOptions): string[] {
  const shownTable: TableBlock = {
    ...table,
    columns: table.columns.map((column) => ({ ...column, title: shown(column.title, options) })),
    rows: table.rows.map((row) => row.map((cell) => ({ ...cell, text: shown(cell.text, options) }))),
  }
  const parts = columnWidths(shownTable, options.columns) ? [shownTable] : splitTable(shownTable, options.columns)
  return parts
    ? parts.flatMap((part, at) => [
        ...(at === 0 ? [] : ['']),
        ...gridLines(part, columnWidths(part, options.columns) ?? [], options),
      ])
    : stackedLines(shownTable, options)
}

/** Tables that fit, each beginning with the columns that tell the rows apart; undefined where one of them would not fit. */
function splitTable(table: TableBlock, available: number): TableBlock[] | undefined {
  if (available < narrowestSplit) return undefined
  const { columns, rows } = table
  const keys =
    columns.findIndex((_, at) => {
      const seen = rows.map((row) =>
        row
          .slice(0, at + 1)
          .map(({ text }) => text)
          .join('\0'),
      )
      return new Set(seen).size === rows.length
    }) + 1
  if (keys === 0) return undefined
  const part = (places: readonly number[]): TableBlock => {
    const kept = [...Array(keys).keys(), ...places]
    return {
      ...table,
      columns: kept.map((at) => columns[at]!),
      rows: rows.map((row) => kept.map((at) => row[at] ?? { text: '' })),
    }
  }
  const groups: number[][] = []
  for (let at = keys; at < columns.length; at += 1) {
    const last = groups.at(-1)
    if (last && columnWidths(part([...last, at]), available)) last.push(at)
    else groups.push([at])
  }
  const parts = groups.map(part)
  return parts.every((each) => columnWidths(each, available)) ? parts : undefined
}

/** Widths that fit, or undefined where the table cannot be wrapped into `columns` cells. */
function columnWidths({ columns, rows }: TableBlock, available: number): number[] | undefined {
  const texts = columns.map((column, at) => ({ title: column.title, cells: rows.map((row) => row[at]?.text ?? '') }))
  const widths = texts.map(({ title, cells }) => Math.max(stringWidth(title), ...cells.map(widestLine)))
  const least = texts.map(({ title, cells }, at) => {
    const words = Math.max(...[title, ...cells].map(widestWord))
    // Figures stay on one line; only their title may wrap.
    if (columns[at]?.align === 'right') return Math.max(widestWord(title), ...cells.map(widestLine))
    return Math.min(widths[at] ?? 0, Math.max(words, narrowest))
  })
  const room = available - gap * (columns.length - 1)
  if (sum(least) > room) return undefined
  while (sum(widths) > room) {
    const [widest] = widths
      .map((width, at) => ({ at, width, spare: width - (least[at] ?? 0) }))
      .filter(({ spare }) => spare > 0)
      .sort((a, b) => b.width - a.width)
    if (!widest) return undefined
    widths[widest.at] = widest.width - 1
  }
  return widths
}

function gridLines({ columns, rows }: TableBlock, widths: readonly number[], options: TextOptions): string[] {
  const head = rowLines(
    columns.map(({ title }) => ({ text: title })),
    { columns, widths, options, tone: 'strong' },
  )
  const line = (options.unicode ? '─' : '-').repeat(sum(widths) + gap * (widths.length - 1))
  return [...head, line, ...rows.flatMap((row) => rowLines(row, { columns, widths, options }))]
}

interface Grid {
  readonly columns: TableBlock['columns']
  readonly widths: readonly number[]
  readonly options: TextOptions
  readonly tone?: 'strong'
}

function rowLines(row: TableBlock['rows'][number], { columns, widths, options, tone }: Grid): string[] {
  const cells = columns.map((_, at) => wrapAnsi(row[at]?.text ?? '', widths[at] ?? 0, { hard: true }).split('\n'))
  const height = Math.max(1, ...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, at) => {
        const text = paint(cells[at]?.[line] ?? '', tone ?? row[at]?.tone, options)
        return padded(text, widths[at] ?? 0, column.align)
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

function stackedLines({ columns, rows }: TableBlock, options: TextOptions): string[] {
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : ['']),
    ...wrapped(paint(row[0]?.text ?? '', 'strong', options), options),
    ...columns.slice(1).flatMap((column, at) => {
      const cell = row[at + 1]
      if (!cell || cell.text === '') return []
      const [first = '', ...rest] = wrapped(
        column.title === '' ? cell.text : `${column.title}: ${cell.text}`,
        options,
        4,
      )
      return [first.slice(2), ...rest].map((line) => paint(line, cell.tone, options))
    }),
  ])
}

function widestLine(text: string): number {
  return Math.max(...text.split('\n').map((line) => stringWidth(line)))
}

function widestWord(text: string): number {
  return Math.max(...text.split(/[ \n]/).map((word) => stringWidth(word)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
