/**
 * A chart in characters: one scale for all series, each with its own marker, the sentence that says what it shows, and the
 * numbers it is drawn from.
 */
import stringWidth from 'string-width'
import type { ChartBlock } from '../../../comparison/finding.ts'
import { formatNumber } from '../../../units.ts'
import { type Look, placeLooks, seriesLooks } from '../../evidence/looks.ts'
import { shortChartTable } from '../../tables/chart-table.ts'
import { type BlockOptions, padded, paintSeries, shown, type TextOptions, wrapped } from '../style.ts'
import { tableLines } from '../table.ts'
import { markOf } from './marks.ts'
import { type MarkedChart, plotLines } from './plot.ts'

/** Bars shorter than this are no picture. */
const shortestBar = 4
/** From this width on the numbers may stand beside the picture. */
const besideFrom = 110
/** Numbers in less room than this are no table. */
const narrowestNumbers = 16
/** Rows of the numbers; a time line has many more points than anybody reads. */
const maxNumbers = 12

export function chartLines(chart: ChartBlock, options: BlockOptions): string[] {
  const summary = wrapped(shown(chart.summary, options), options)
  const picture = pictureLines(chart, options)
  // Bars carry their numbers already.
  if (chart.x.scale === 'category' || picture.length === 0) return [...picture, ...summary]
  const wide = Math.max(...picture.map((line) => stringWidth(line)))
  const room = options.columns - wide - 3
  if (options.columns >= besideFrom && room >= narrowestNumbers) {
    const numbers = numberLines(chart, { ...options, columns: room })
    // Only where each point is still one row; head, rule and caption come on top.
    if (numbers.length <= shortChartTable(chart, maxNumbers).rows.length + 6) {
      return [...beside(picture, numbers, wide), ...summary]
    }
  }
  return [...picture, ...summary, '', ...numberLines(chart, options)]
}

/** The picture alone, without sentence and numbers. */
export function pictureLines(chart: ChartBlock, options: BlockOptions): string[] {
  const reference = options.unicode ? '·' : '.'
  const looks = seriesLooks(
    chart.series.map(({ name }) => name),
    options.looks,
    chart.x.labels,
  )
  const series = chart.series.map((each, at) => {
    const look = looks[at]!
    const mark = each.reference ? reference : markOf(look, options)
    return { ...each, name: shown(each.name, options).replaceAll('\n', ' '), slot: look.slot, mark }
  })
  const rows = Math.max(2, options.chartRows ?? 12)
  return chart.x.scale === 'category'
    ? barLines({ ...chart, series }, options)
    : plotLines({ ...chart, series }, options, rows)
}

function numberLines(chart: ChartBlock, options: TextOptions): string[] {
  const table = shortChartTable(chart, maxNumbers)
  return [...tableLines(table, options), ...wrapped(shown(table.caption, options), options)]
}

function beside(left: readonly string[], right: readonly string[], width: number): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) =>
    `${padded(left[row] ?? '', width)}   ${right[row] ?? ''}`.trimEnd(),
  )
}

/** Horizontal bars with their values: category charts of any shape. */
function barLines(chart: MarkedChart, options: BlockOptions): string[] {
  const { x, y, series } = chart
  const names = series.length > 1
  const places = placeLooks(chart, options.looks)
  const rows = (x.labels ?? []).flatMap((label, at) =>
    series.map(({ name, mark, slot, points }, index) => ({
      label: index === 0 ? `${markBefore(places?.[at], options)}${shown(label, options).replaceAll('\n', ' ')}` : '',
      name: names ? `${mark} ${name}` : '',
      slot: places?.[at]?.slot ?? slot,
      value: points.find(([place]) => place === at)?.[1] ?? null,
    })),
  )
  const wide = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => stringWidth(text)))
  const labelWidth = Math.min(wide(rows.map(({ label }) => label)), Math.floor(options.columns / 3))
  const nameWidth = Math.min(wide(rows.map(({ name }) => name)), Math.floor(options.columns / 4))
  const values = rows.map(({ value }) => (value === null ? shown('–', options) : shown(formatNumber(value), options)))
  const room = Math.min(60, options.columns - labelWidth - nameWidth - wide(values) - 4)
  const length = barScale(
    rows.flatMap(({ value }) => (value === null ? [] : [value])),
    y.scale,
    Math.max(room, shortestBar),
  )
  const fill = options.unicode ? '█' : '#'
  const title = `${y.title}${y.scale === 'log' ? ' (log scale)' : ''}`
  return [
    ...wrapped(shown(title, options), options),
    ...rows.flatMap(({ label, name, slot, value }, at) => {
      const head = `${padded(cut(label, labelWidth), labelWidth)} ${names ? `${padded(cut(name, nameWidth), nameWidth)} ` : ''}`
      if (room < shortestBar) return wrapped(`${head.trimEnd()} ${values[at]}`, options)
      const bar = fill.repeat(value === null ? 0 : length(value))
      return [`${head}${places || names ? paintSeries(bar, slot, options) : bar} ${values[at]}`]
    }),
  ]
}

function markBefore(look: Look | undefined, options: TextOptions): string {
  return look ? `${markOf(look, options)} ` : ''
}

/** Value → number of cells; on a log scale the shortest bar stands for half of the smallest value. */
function barScale(values: readonly number[], scale: 'linear' | 'log', room: number): (value: number) => number {
  const most = Math.max(...values.filter((value) => Number.isFinite(value)), 0)
  if (most <= 0) return () => 0
  if (scale === 'linear') return (value) => Math.round((Math.min(Math.max(0, value), most) / most) * room)
  const positive = values.filter((value) => value > 0)
  const base = Math.log(Math.min(...positive) / 2)
  const span = Math.log(most) - base
  const share = (value: number): number => (Math.log(Math.min(value, most)) - base) / span
  return (value) => (value > 0 ? Math.max(1, Math.round(share(value) * room)) : 0)
}

function cut(text: string, width: number): string {
  let short = text
  while (stringWidth(short) > width) short = [...short].slice(0, -1).join('')
  return short
}
