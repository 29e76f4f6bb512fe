/** A chart in characters: one scale for all series, each with its own marker, and the sentence that says what it shows. */
import stringWidth from 'string-width'
import type { ChartBlock } from '../../comparison/finding.ts'
import { formatNumber } from '../../units.ts'
import { type MarkedChart, plotLines } from './plot.ts'
import { padded, shown, type TextOptions, wrapped } from './style.ts'

/** Also the order in which series take them; ASCII where nothing else can be shown. */
const markers = { unicode: ['●', '▲', '■', '◆', '▼', '○', '△', '□'], ascii: ['o', '^', '#', '*', 'v', '@', '+', 'x'] }

export function chartLines(chart: ChartBlock, options: TextOptions): string[] {
  const marks = options.unicode ? markers.unicode : markers.ascii
  const reference = options.unicode ? '·' : '.'
  const series = chart.series.map((each, at) => ({
    ...each,
    name: shown(each.name, options),
    mark: each.reference ? reference : (marks[at % marks.length] ?? '*'),
  }))
  const picture =
    chart.x.scale === 'category' ? barLines({ ...chart, series }, options) : plotLines({ ...chart, series }, options)
  return [...picture, ...wrapped(shown(chart.summary, options), options)]
}

/** Horizontal bars with their values: category charts of any shape. */
function barLines({ x, y, series }: MarkedChart, options: TextOptions): string[] {
  const names = series.length > 1
  const rows = (x.labels ?? []).flatMap((label, at) =>
    series.map(({ name, mark, points }, index) => ({
      label: index === 0 ? shown(label, options) : '',
      name: names ? `${mark} ${name}` : '',
      value: points.find(([place]) => place === at)?.[1] ?? null,
    })),
  )
  const wide = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => stringWidth(text)))
  const labelWidth = Math.min(wide(rows.map(({ label }) => label)), Math.floor(options.columns / 3))
  const nameWidth = wide(rows.map(({ name }) => name))
  const values = rows.map(({ value }) => (value === null ? shown('–', options) : shown(formatNumber(value), options)))
  const room = options.columns - labelWidth - nameWidth - wide(values) - 4
  const length = barScale(
    rows.flatMap(({ value }) => (value === null ? [] : [value])),
    y.scale,
    Math.max(4, Math.min(room, 60)),
  )
  const fill = options.unicode ? '█' : '#'
  const title = `${y.title}${y.scale === 'log' ? ' (log scale)' : ''}`
  return [
    ...wrapped(shown(title, options), options),
    ...rows.map(({ label, name, value }, at) => {
      const head = `${padded(cut(label, labelWidth), labelWidth)} ${names ? `${padded(name, nameWidth)} ` : ''}`
      return `${head}${fill.repeat(value === null ? 0 : length(value))} ${values[at]}`
    }),
  ]
}

/** Value → number of cells; on a log scale the shortest bar stands for half of the smallest value. */
function barScale(values: readonly number[], scale: 'linear' | 'log', room: number): (value: number) => number {
  const most = Math.max(...values, 0)
  if (most <= 0) return () => 0
  if (scale === 'linear') return (value) => Math.round((Math.max(0, value) / most) * room)
  const positive = values.filter((value) => value > 0)
  const base = Math.log(Math.min(...positive) / 2)
  const span = Math.log(most) - base
  return (value) => (value > 0 ? Math.max(1, Math.round(((Math.log(value) - base) / span) * room)) : 0)
}

function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  return [...text].slice(0, Math.max(1, width)).join('')
}
