/** The numbers of a chart as a table: beside every picture, for those who cannot see it and those who distrust it. */
import type { ChartBlock, TableBlock } from '../../comparison/finding.ts'
import { formatNumber } from '../../units.ts'

/** One row for each x that a series has, one column for each series. */
export function chartTable({ title, x, y, series }: ChartBlock): TableBlock {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b)
  const values = series.map(({ points }) => new Map(points))
  const counts = series.every(({ points }) => points.every(([, value]) => value === null || Number.isInteger(value)))
  return {
    kind: 'table',
    title: `${title}: the numbers`,
    columns: [
      { title: x.title, align: x.scale === 'category' ? 'left' : 'right' },
      ...series.map(({ name }) => ({ title: name, align: 'right' as const })),
    ],
    rows: xs.map((at) => [
      { text: x.labels?.[at] ?? formatTick(at) },
      ...values.map((value) => ({ text: formatPoint(value.get(at), counts) })),
    ]),
    caption: y.title,
  }
}

/** As `chartTable` with at most `most` rows, the first and the last among them; the caption says what was left out. */
export function shortChartTable(chart: ChartBlock, most: number): TableBlock {
  const table = chartTable(chart)
  const { rows } = table
  if (rows.length <= most) return table
  const every = Math.ceil((rows.length - 1) / (most - 1))
  const kept = rows.filter((_, at) => at % every === 0 || at === rows.length - 1)
  return { ...table, rows: kept, caption: `${table.caption}. ${kept.length} of ${rows.length} points.` }
}

/** A place on an axis: `99.9` and `1500` keep every digit that tells them from their neighbours. */
export function formatTick(value: number): string {
  return Math.abs(value) >= 10_000 ? formatNumber(value) : String(Number(value.toPrecision(4)))
}

/** Counts have no decimals, however small. */
function formatPoint(value: number | null | undefined, count: boolean): string {
  if (value === null || value === undefined) return '–'
  return count && Math.abs(value) < 10 ? String(value) : formatNumber(value)
}
