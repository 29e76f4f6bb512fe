/** The matrix for a terminal, and for a page. */
import type { TableBlock } from '../../comparison/finding.ts'
import type { DeclaredRow } from '../../matrix/declared.ts'
import type { MatrixRow } from '../../matrix/row.ts'
import type { Choice } from '../../runtime/choose.ts'
import {
  absentTable,
  declaredTable,
  failuresTable,
  linesTable,
  matrixTable,
  shownTable,
} from '../../views/tables/matrix-table.ts'
import { escapeMarkdown, tableMarkdown } from '../../views/text/markdown.ts'
import { paint, type TextOptions, wrapped } from '../../views/text/style.ts'
import { tableLines } from '../../views/text/table.ts'

export function matrixText(rows: readonly MatrixRow[], { kind, reason }: Choice, options: TextOptions): string {
  const here = `${kind}: ${reason}`
  const tables = [matrixTable(rows), failuresTable(rows), shownTable(rows), linesTable(rows), absentTable(rows)]
  return [...wrapped(here, options), ...tables.flatMap((table) => titled(table, options))].join('\n')
}

function titled(table: TableBlock, options: TextOptions): readonly string[] {
  if (table.rows.length === 0) return []
  const caption = table.caption === '' ? [] : wrapped(table.caption, options)
  return ['', paint(table.title, 'strong', options), ...tableLines(table, options), ...caption]
}

/** What is declared: nothing of it depends on the machine. */
export function matrixMarkdown(rows: readonly DeclaredRow[]): string {
  const table = declaredTable(rows)
  return [...tableMarkdown(table), '', escapeMarkdown(table.caption)].join('\n')
}
