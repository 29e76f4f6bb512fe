/** Lines and steps on a character grid: axes, what stands between them, and the names of the lines. */
import stringWidth from 'string-width'
import type { ChartBlock } from '../../../comparison/finding.ts'
import { formatNumber } from '../../../units.ts'
import { formatTick } from '../../tables/chart-table.ts'
import { padded, paintSeries, shown, type TextOptions, wrapped } from '../style.ts'
import { type Axis, axisOf } from './axis.ts'
import { type Cell, drawTraces, type Field, type MarkedSeries, strokes, type Trace, traceOf } from './trace.ts'

const widest = 76
/** A narrower picture says less than its sentence. */
const narrowest = 10

/** A chart whose series have their marker. */
export interface MarkedChart extends ChartBlock {
  readonly series: readonly MarkedSeries[]
}

/** `height`: lines between the axes, 2 or more. Empty where there is nothing to draw or no room for it. */
export function plotLines({ x, y, shape, series }: MarkedChart, options: TextOptions, height: number): string[] {
  const points = series.flatMap((each) => each.points)
  const across = axisOf(
    points.map(([at]) => at),
    x.scale === 'log',
    false,
  )
  const up = axisOf(
    points.flatMap(([, value]) => (value === null ? [] : [value])),
    y.scale === 'log',
    true,
  )
  if (!across || !up) return []
  const ticks = tickRows(up, height, options)
  const margin = Math.max(...[...ticks.values()].map((text) => stringWidth(text)))
  const room = Math.min(options.columns - margin - 2, widest)
  if (room < narrowest) return []
  const field = { width: room, height, across, up, shape, strokes: strokes[options.unicode ? 'unicode' : 'ascii'] }
  const names = endLabels(series, field)
  const width = room - names.width
  const traces = series.map((each) => traceOf(each, { ...field, width }))
  const grid = drawTraces(series, traces, { ...field, width })
  const legend = series.filter((_, index) => !names.labels.some((label) => label.series === index))
  const { wall, flat } = field.strokes
  const title = `${y.title}${y.scale === 'log' ? ' (log scale)' : ''}`
  return [
    ...wrapped(shown(title, options), options),
    ...grid.map((cells, row) => {
      const label = names.labels.find((each) => each.row === row)
      const name = label ? ` ${paintSeries(label.text, series[label.series]?.slot ?? 0, options)}` : ''
      return `${padded(ticks.get(row) ?? '', margin, 'right')} ${wall}${rowText(cells, series, options)}${name}`.trimEnd()
    }),
    `${' '.repeat(margin + 1)}${options.unicode ? '└' : '+'}${flat.repeat(width)}`,
    ...footLines(across, x, margin + 2, width, options),
    ...legendLines(legend, series, traces, options),
  ]
}

/** Row → what is written beside it. The ends always; between them only what has a blank line to both sides. */
function tickRows(up: Axis, height: number, options: TextOptions): ReadonlyMap<number, string> {
  const text = (value: number): string => shown(formatNumber(value), options)
  const rows = new Map([
    [height - 1, text(up.low)],
    [0, text(up.high)],
  ])
  for (const value of up.ticks) {
    const row = Math.round((1 - (up.share(value) ?? 0)) * (height - 1))
    const beside = [row - 1, row, row + 1].some((each) => rows.has(each))
    if (!beside) rows.set(row, text(value))
  }
  return rows
}

interface EndLabels {
  /** Cells to the right of the grid; 0: there are none. */
  readonly width: number
  readonly labels: readonly { readonly row: number; readonly series: number; readonly text: string }[]
}

/** Names at the ends of the lines, at most two rows off so that none overlaps; none where that cannot be. */
function endLabels(series: readonly MarkedSeries[], field: Field): EndLabels {
  const none: EndLabels = { width: 0, labels: [] }
  const texts = series.map(({ mark, name }) => `${mark} ${name}`.trimEnd())
  const widestText = Math.max(...texts.map((text) => stringWidth(text)))
  if (texts.some((text) => text.includes('\n')) || widestText + 1 > field.width / 3) return none
  const width = widestText + 1
  const ends = series
    .map((each, index) => ({ index, row: lastRow(traceOf(each, { ...field, width: field.width - width })) }))
    .filter((end): end is { index: number; row: number } => end.row !== null)
    .sort((a, b) => a.row - b.row)
  if (ends.length > field.height) return none
  const rows: number[] = []
  for (const { row } of ends) rows.push(Math.max(row, (rows.at(-1) ?? -1) + 1))
  // Whoever was pushed over the edge pushes the others back.
  for (let at = rows.length - 1, limit = field.height - 1; at >= 0; at -= 1, limit = (rows[at + 1] as number) - 1) {
    rows[at] = Math.min(rows[at] as number, limit)
  }
  if (ends.some(({ row }, at) => Math.abs((rows[at] as number) - row) > 2)) return none
  const labels = ends.map(({ index }, at) => ({ row: rows[at] as number, series: index, text: texts[index] as string }))
  return { width, labels }
}

function lastRow({ rows }: Trace): number | null {
  return rows.findLast((row) => row !== null) ?? null
}

/** Cells of one series that follow each other are painted together. */
function rowText(cells: readonly (Cell | undefined)[], all: readonly MarkedSeries[], options: TextOptions): string {
  let text = ''
  for (let at = 0; at < cells.length; ) {
    const series = cells[at]?.series
    let end = at
    while (end < cells.length && cells[end]?.series === series) end += 1
    const run = cells.slice(at, end).map((cell) => cell?.text ?? ' ')
    text += series === undefined ? run.join('') : paintSeries(run.join(''), all[series]?.slot ?? 0, options)
    at = end
  }
  return text
}

/** What is written under the axis, each text where it belongs; the ends before what lies between them. */
function footLines(across: Axis, x: ChartBlock['x'], indent: number, width: number, options: TextOptions): string[] {
  const cells = Array.from({ length: width }, () => ' ')
  const [low, ...between] = across.ticks
  for (const value of [low, between.pop(), ...between]) {
    if (value === undefined) continue
    const text = shown(formatTick(value), options)
    const place = Math.round((across.share(value) ?? 0) * (width - 1) - (stringWidth(text) - 1) / 2)
    const from = Math.min(Math.max(0, place), width - text.length)
    const free = cells.slice(Math.max(0, from - 1), from + text.length + 1).every((cell) => cell === ' ')
    if (from >= 0 && free) cells.splice(from, text.length, ...text)
  }
  const title = shown(`${x.title}${x.scale === 'log' ? ' (log scale)' : ''}`, options)
  const left = Math.max(0, Math.min(indent + Math.floor((width - stringWidth(title)) / 2), options.columns - 8))
  const fits = stringWidth(title) <= width && !title.includes('\n')
  return [
    `${' '.repeat(indent)}${cells.join('')}`.trimEnd(),
    ...(fits ? [`${' '.repeat(left)}${title}`] : wrapped(title, options)),
  ]
}

/** Series that have no name at their line's end; one without a single point says so. */
function legendLines(
  legend: readonly MarkedSeries[],
  series: readonly MarkedSeries[],
  traces: readonly Trace[],
  options: TextOptions,
): string[] {
  if (legend.length === 0) return []
  const parts = legend.map((each) => {
    const index = series.indexOf(each)
    const empty = traces[index]?.points.length === 0 ? ' (nothing to draw)' : ''
    return paintSeries(`${each.mark} ${each.name}${empty}`.trimEnd().replaceAll(' ', '\u00a0'), each.slot, options)
  })
  return wrapped(parts.join('   '), options).map((line) => line.replaceAll('\u00a0', ' '))
}
