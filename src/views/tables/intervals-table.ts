/** Intervals as a table: beside the picture, and where no picture can be drawn. */
import type { IntervalsBlock, TableBlock } from '../../comparison/finding.ts'
import { claimWords, ratioText, spanText } from '../words/interval-words.ts'

export function intervalsTable({ title, reference, quantity, rows, caption }: IntervalsBlock): TableBlock {
  return {
    kind: 'table',
    title: `${title}: the numbers`,
    columns: [
      { title: 'system', align: 'left' },
      { title: `${quantity}, ratio to ${reference}`, align: 'right' },
      { title: 'interval', align: 'right' },
      { title: 'difference', align: 'left' },
    ],
    rows: rows.map(({ name, ratio, low, high, claim }) => [
      { text: name },
      { text: ratioText(ratio) },
      { text: spanText({ low, high }) },
      { text: claimWords[claim] },
    ]),
    caption,
  }
}
