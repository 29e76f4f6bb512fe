/** Lines and steps on a character grid, about 70 × 12 cells. */
import stringWidth from 'string-width'
import type { ChartBlock, ChartSeries } from '../../comparison/finding.ts'
import { formatNumber } from '../../units.ts'
import { formatTick } from '../chart-table.ts'
import { padded, shown, type TextOptions, wrapped } from './style.ts'

const height = 12
const widest = 76

/** A chart whose series have their marker. */
export interface MarkedChart extends ChartBlock {
  readonly series: readonly (ChartSeries & { readonly mark: string })[]
}

export function plotLines({ x, y, shape, series }: MarkedChart, options: TextOptions): string[] {
  const points = series.flatMap((each) => each.points)
  const across = axis(
    points.map(([at]) => at),
    x.scale === 'log',
    false,
  )
  const up = axis(
    points.flatMap(([, value]) => (value === null ? [] : [value])),
    y.scale === 'log',
    true,
  )
  if (!across || !up) return []
  const ticks = [up.high, up.at(0.5), up.low].map((value) => shown(formatNumber(value), options))
  const margin = Math.max(...ticks.map((text) => stringWidth(text)))
  const width = Math.min(options.columns - margin - 2, widest)
  const grid = Array.from({ length: height }, () => Array.from({ length: width }, () => ' '))
  // References first, so that what was measured lies over them.
  const order = [...series.entries()].sort(
    ([, a], [, b]) => Number(b.reference ?? false) - Number(a.reference ?? false),
  )
  for (const [index, each] of order) {
    for (let column = 0; column < width; column += 1) {
      // Where series lie on top of each other, they take turns column by column, so that none hides another.
      if (!each.reference && series.length > 1 && column % series.length !== index) continue
      const value = valueAt(each, across.at(column / (width - 1)), shape, across.log)
      if (value === null) continue
      const row = Math.round((1 - up.share(value)) * (height - 1))
      const line = grid[Math.min(height - 1, Math.max(0, row))]
      if (line) line[column] = each.mark
    }
  }
  const wall = options.unicode ? '│' : '|'
  const floor = options.unicode ? '─' : '-'
  const corner = options.unicode ? '└' : '+'
  const label = new Map([
    [0, ticks[0]],
    [Math.round((height - 1) / 2), ticks[1]],
    [height - 1, ticks[2]],
  ])
  const [from, to] = [across.low, across.high].map((value) => shown(formatTick(value), options)) as [string, string]
  const middle = shown(`${x.title}${x.scale === 'log' ? ' (log)' : ''}`, options)
  const feet = fitFoot(from, middle, to, width)
  const yTitle = shown(`${y.title}${y.scale === 'log' ? ' (log scale)' : ''}`, options)
  return [
    ...wrapped(yTitle, options),
    ...grid.map((cells, row) => `${padded(label.get(row) ?? '', margin, 'right')} ${wall}${cells.join('')}`.trimEnd()),
    `${' '.repeat(margin + 1)}${corner}${floor.repeat(width)}`,
    `${' '.repeat(margin + 2)}${feet}`,
    ...wrapped(series.map(({ mark, name }) => `${mark} ${name.replaceAll(' ', '\u00a0')}`).join('   '), options).map(
      (line) => line.replaceAll('\u00a0', ' '),
    ),
  ]
}

interface Axis {
  readonly low: number
  readonly high: number
  readonly log: boolean
  /** 0–1 → value. */
  at(share: number): number
  /** Value → 0–1. */
  share(value: number): number
}

/** The scale that holds all values; a linear one of `fromZero` begins there. Undefined where there is nothing to show. */
function axis(values: readonly number[], log: boolean, fromZero: boolean): Axis | undefined {
  const usable = log ? values.filter((value) => value > 0) : values
  if (usable.length === 0) return undefined
  const low = !log && fromZero ? Math.min(0, ...usable) : Math.min(...usable)
  const top = Math.max(...usable)
  const high = top > low ? top : low + (log ? low : 1)
  const to = log ? Math.log : (value: number): number => value
  const back = log ? Math.exp : (value: number): number => value
  const span = to(high) - to(low)
  return {
    low,
    high,
    log,
    at: (share) => back(to(low) + share * span),
    share: (value) => (to(log ? Math.max(value, low) : value) - to(low)) / span,
  }
}

/** The value of a series at any x: the last one before it (step), or on the straight line between its neighbours. */
function valueAt({ points }: ChartSeries, at: number, shape: MarkedChart['shape'], log: boolean): number | null {
  const near = Math.abs(at) * 1e-9
  let before = -1
  while (before + 1 < points.length && (points[before + 1]?.[0] ?? Infinity) <= at + near) before += 1
  const [x0, y0] = points[before] ?? [0, null]
  if (y0 === null) return null
  const next = points[before + 1]
  if (shape === 'step' || !next) return next || x0 + near >= at || shape === 'step' ? y0 : null
  const [x1, y1] = next
  if (y1 === null) return x0 + near >= at ? y0 : null
  const place = log ? Math.log(at / x0) / Math.log(x1 / x0) : (at - x0) / (x1 - x0)
  return y0 + (y1 - y0) * place
}

function fitFoot(from: string, middle: string, to: string, width: number): string {
  const room = width - stringWidth(from) - stringWidth(to)
  if (room < stringWidth(middle) + 2)
    return `${from}${' '.repeat(Math.max(1, room))}${to}  ${middle}`.slice(0, width + 20)
  const left = Math.floor((room - stringWidth(middle)) / 2)
  return `${from}${' '.repeat(left)}${middle}${' '.repeat(room - left - stringWidth(middle))}${to}`
}
