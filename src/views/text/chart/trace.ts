/** Series as lines and markers on a grid of cells. What lies on top of each other takes turns; a gap stays empty. */
import type { ChartBlock, ChartSeries } from '../../../comparison/finding.ts'
import type { Axis } from './axis.ts'

export interface MarkedSeries extends ChartSeries {
  readonly mark: string
  /** Decides its colour, as it decided its marker. */
  readonly slot: number
}

/** One cell: what stands there, and the series it belongs to. */
export interface Cell {
  readonly text: string
  readonly series: number
  readonly marker: boolean
}

export type Grid = readonly (readonly (Cell | undefined)[])[]

/** How lines turn: from left to up, from up to right, from left to down, from down to right. */
export interface Strokes {
  readonly flat: string
  readonly wall: string
  readonly leftUp: string
  readonly downRight: string
  readonly leftDown: string
  readonly upRight: string
  readonly reference: string
}

export const strokes: Readonly<Record<'unicode' | 'ascii', Strokes>> = {
  unicode: { flat: '─', wall: '│', leftUp: '╯', downRight: '╭', leftDown: '╮', upRight: '╰', reference: '·' },
  ascii: { flat: '-', wall: '|', leftUp: "'", downRight: '.', leftDown: '.', upRight: "'", reference: '.' },
}

export interface Field {
  readonly width: number
  readonly height: number
  readonly across: Axis
  readonly up: Axis
  readonly shape: ChartBlock['shape']
  readonly strokes: Strokes
}

/** A series on the grid's columns: the row of each, null where there is none; and the columns that carry a point. */
export interface Trace {
  readonly rows: readonly (number | null)[]
  readonly points: readonly number[]
}

/** Where points stand closer than this, not each of them has a marker. */
const columnsPerMarker = 3
/** Then this many columns lie between the markers of one series, about. */
const columnsBetween = 12

export function traceOf({ points }: ChartSeries, { width, height, across, up, shape }: Field): Trace {
  const rows: (number | null)[] = Array.from({ length: width }, () => null)
  const marked = new Set<number>()
  let before: { readonly column: number; readonly row: number } | null = null
  for (const [x, y] of points) {
    const along = across.share(x)
    if (along === null) continue
    const share = y === null ? null : up.share(y)
    if (share === null) {
      before = null
      continue
    }
    const column = Math.round(along * (width - 1))
    const row = Math.round((1 - share) * (height - 1))
    if (before) join(rows, before, { column, row }, shape === 'step')
    // Of several points in one column the highest is drawn: a peak must not vanish.
    const there = marked.has(column) ? rows[column] : null
    rows[column] = Math.min(row, there ?? row)
    marked.add(column)
    before = { column, row }
  }
  return { rows, points: [...marked].sort((a, b) => a - b) }
}

/** The columns between two points: on the straight line, or at the height of the first one. */
function join(
  rows: (number | null)[],
  from: { readonly column: number; readonly row: number },
  to: { readonly column: number; readonly row: number },
  step: boolean,
): void {
  for (let column = from.column + 1; column < to.column; column += 1) {
    const share = (column - from.column) / (to.column - from.column)
    rows[column] = step ? from.row : Math.round(from.row + (to.row - from.row) * share)
  }
}

/** References first, so that what was measured lies over them; lines before markers, so that none hides a marker. */
export function drawTraces(series: readonly MarkedSeries[], traces: readonly Trace[], field: Field): Grid {
  const grid: (Cell | undefined)[][] = Array.from({ length: field.height }, () =>
    Array.from({ length: field.width }, () => undefined),
  )
  const put = (row: number, column: number, cell: Cell): void => {
    const line = grid[row]
    if (line && column >= 0 && column < field.width) line[column] = cell
  }
  const order = [...series.entries()].sort(
    ([, a], [, b]) => Number(b.reference ?? false) - Number(a.reference ?? false),
  )
  for (const [index, { reference }] of order) {
    const trace = traces[index]
    if (trace) stroke(trace, index, reference ?? false, field.strokes, put)
  }
  for (const [index, { mark, reference }] of series.entries()) {
    const trace = traces[index]
    if (!trace || reference) continue
    for (const column of markedColumns(trace, index, series.length)) {
      const place = freePlace(grid, trace, column)
      put(place.row, place.column, { text: mark, series: index, marker: true })
    }
  }
  return grid
}

function stroke(
  { rows }: Trace,
  series: number,
  reference: boolean,
  { flat, wall, leftUp, downRight, leftDown, upRight, reference: dot }: Strokes,
  put: (row: number, column: number, cell: Cell) => void,
): void {
  const line = (row: number, column: number, text: string): void =>
    put(row, column, { text: reference ? dot : text, series, marker: false })
  let before: number | null = null
  for (const [column, row] of rows.entries()) {
    if (row !== null) {
      if (before === null || before === row) line(row, column, flat)
      else {
        const rising = row < before
        for (let between = Math.min(row, before) + 1; between < Math.max(row, before); between += 1) {
          line(between, column, wall)
        }
        line(before, column, rising ? leftUp : leftDown)
        line(row, column, rising ? downRight : upRight)
      }
    }
    before = row
  }
}

/** The points themselves where there are few; some of them, staggered by series, where they stand close. */
function markedColumns({ rows, points }: Trace, index: number, count: number): readonly number[] {
  if (points.length <= Math.max(2, rows.length / columnsPerMarker)) return points
  const every = Math.max(2, Math.ceil((columnsBetween * points.length) / rows.length))
  const offset = Math.floor((index * every) / count)
  // A point that no line leads to has nothing but its marker.
  const alone = (column: number): boolean => (rows[column - 1] ?? null) === null && (rows[column + 1] ?? null) === null
  const some = points.filter((column, at) => at % every === offset || alone(column))
  return some.length > 0 ? some : points.slice(-1)
}

/** The place itself, or the nearest one on the same line that no other marker has taken. */
function freePlace(grid: Grid, { rows }: Trace, column: number): { readonly row: number; readonly column: number } {
  const own = rows[column] as number
  for (const step of [0, 1, -1, 2, -2, 3, -3]) {
    const row = rows[column + step] ?? null
    if (row !== null && !grid[row]?.[column + step]?.marker) return { row, column: column + step }
  }
  // Points without a line: beside each other.
  for (const step of [1, -1, 2, -2]) {
    const line = grid[own]
    if (line && column + step >= 0 && column + step < line.length && !line[column + step]) {
      return { row: own, column: column + step }
    }
  }
  return { row: own, column }
}
