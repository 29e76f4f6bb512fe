import type { ReactNode } from 'react'
import type { TableBlock } from '../../../comparison/finding.ts'

/** A table with caption and scopes; wider than the page it scrolls by itself, by keyboard too. */
export function DataTable({
  table,
  quiet = false,
}: {
  readonly table: TableBlock
  readonly quiet?: boolean
}): ReactNode {
  const { title, columns, rows, caption } = table
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="scroll" aria-label={title} tabIndex={0}>
      <table>
        <caption className={quiet ? 'unseen' : undefined}>{title}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col" className={column.align}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map(({ align }, at) => {
                const { text, tone } = row[at] ?? { text: '' }
                const className = tone ? `${align} ${tone}` : align
                return at === 0 ? (
                  <th key={at} scope="row" className={className}>
                    {text}
                  </th>
                ) : (
                  <td key={at} className={className}>
                    {text}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {caption === '' ? null : <p className="small">{caption}</p>}
    </section>
  )
}
