import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import type { ChartBlock } from '../../../../src/comparison/finding.ts'
import { looksFor } from '../../../../src/views/evidence/looks.ts'
import { chartLines } from '../../../../src/views/text/chart/chart.ts'

const options = { columns: 60, color: false, unicode: false }
const line: ChartBlock = {
  kind: 'chart',
  shape: 'line',
  title: 'Latency',
  x: { title: 'percentile', scale: 'linear' },
  y: { title: 'ms', scale: 'linear' },
  series: [
    {
      name: 'low',
      points: [
        [0, 1],
        [100, 1],
      ],
    },
    {
      name: 'high',
      points: [
        [0, 10],
        [100, 10],
      ],
    },
  ],
  summary: 'high is ten times low.',
}

/** What stands between the axis and the name at the line's end, row by row. */
function gridOf(lines: readonly string[]): string[] {
  const width = (lines.find((text) => /^ *\+-+$/.test(text)) ?? '').split('+')[1]?.length ?? 0
  return lines.filter((text) => /^[^|]*\|/.test(text)).map((text) => text.slice(text.indexOf('|') + 1).slice(0, width))
}

/** Rows of the grid that hold a marker. */
function rowsWith(lines: readonly string[], marker: string): number[] {
  return gridOf(lines).flatMap((text, row) => (text.includes(marker) ? [row] : []))
}

test('all series stand on one scale that begins at zero', () => {
  const lines = chartLines(line, options)
  const [high] = rowsWith(lines, '^')
  const [low] = rowsWith(lines, 'o')
  expect(high).toBe(0)
  expect(low).toBe(10)
  expect(lines).toContain('high is ten times low.')
})

test('series that lie on top of each other are both seen', () => {
  const lines = chartLines(
    {
      ...line,
      series: line.series.map((each) => ({
        ...each,
        points: [
          [0, 5],
          [100, 5],
        ],
      })),
    },
    options,
  )
  expect(rowsWith(lines, 'o')).toEqual(rowsWith(lines, '^'))
})

test('a step holds its value, a gap stays empty', () => {
  const series = [
    {
      name: 's',
      points: [
        [0, 0],
        [50, 10],
        [75, null],
        [100, 10],
      ] as const,
    },
  ]
  const rows = gridOf(chartLines({ ...line, shape: 'step', series }, options))
  const width = rows[0]?.length ?? 0
  const [top = '', bottom = ''] = [rows[0], rows.at(-1)]
  expect(bottom).toMatch(/^o-+'?$/)
  expect(Math.abs(bottom.length - width / 2)).toBeLessThanOrEqual(1)
  expect(top.trim()).toMatch(/^o +o$/)
})

test('a logarithmic scale leaves out what it cannot show and still draws the rest', () => {
  const series = [
    {
      name: 's',
      points: [
        [0, 0],
        [50, 0.1],
        [100, 100],
      ] as const,
    },
  ]
  const lines = chartLines({ ...line, y: { title: 'ms', scale: 'log' }, series }, options)
  expect(lines[0]).toBe('ms (log scale)')
  expect(lines[1]).toMatch(/^ *100 \|/)
})

test('bars carry their values; the longest is the largest', () => {
  const bar: ChartBlock = {
    ...line,
    shape: 'bar',
    x: { title: 'system', scale: 'category', labels: ['direct', 'nginx'] },
    series: [
      {
        name: 'origin saw',
        points: [
          [0, 2400],
          [1, 88],
        ],
      },
    ],
  }
  const lines = chartLines(bar, options)
  expect(lines).toContainEqual(expect.stringMatching(/^direct #+ 2 400$/))
  expect(lines).toContainEqual(expect.stringMatching(/^nginx {2}#{1,2} 88$/))
})

test('each line is named at its end; where two end at the same height neither name is lost', () => {
  const lines = chartLines(line, options)
  expect(lines[1]).toMatch(/\^ high$/)
  expect(lines[11]).toMatch(/o low$/)
  const equal = chartLines({ ...line, series: line.series.map((each) => ({ ...each, points: [[0, 5]] })) }, options)
  expect(equal.filter((text) => /[o^] (low|high)$/.test(text))).toHaveLength(2)
})

test('a name keeps its marker, whichever others are in the chart', () => {
  const looks = looksFor(['direct', 'low', 'high'].map((label) => ({ label })))
  const both = chartLines(line, { ...options, looks })
  const one = chartLines({ ...line, series: line.series.slice(1) }, { ...options, looks })
  expect(both).toContainEqual(expect.stringMatching(/# high$/))
  expect(one).toContainEqual(expect.stringMatching(/# high$/))
})

test('names that would take too much of the picture stand below it', () => {
  const long = 'a name that is much too long for the end of a line'
  const lines = chartLines({ ...line, series: line.series.map((each) => ({ ...each, name: long })) }, options)
  expect(gridOf(lines)[0]).toHaveLength(56)
  expect(lines).toContain(`o ${long}`)
})

test('the numbers stand below, and beside the picture where there is room', () => {
  const below = chartLines(line, options)
  expect(below.findIndex((text) => /percentile +low +high/.test(text))).toBeGreaterThan(12)
  const beside = chartLines(line, { ...options, columns: 140 })
  expect(beside[0]).toMatch(/^ms +percentile +low +high$/)
})

test('of many points the table keeps the ends and says how many it left out', () => {
  const points = Array.from({ length: 100 }, (_, at) => [at, at * 2] as const)
  const lines = chartLines({ ...line, series: [{ name: 's', points }] }, options)
  expect(lines).toContainEqual(expect.stringMatching(/^ +99 +198$/))
  expect(lines.at(-1)).toBe('ms. 12 of 100 points.')
})

test('a peak between points that share a column is drawn', () => {
  const points = Array.from({ length: 1000 }, (_, at) => [at, at === 501 ? 100 : 1] as const)
  const rows = gridOf(chartLines({ ...line, series: [{ name: 's', points }] }, options))
  expect(rows[0]?.trim()).not.toBe('')
})

const value = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true, min: -1e6, max: 1e12 }),
  fc.constantFrom(0, 1, Number.NaN, Number.POSITIVE_INFINITY, 1e308, -1e308),
)
const seriesOf = fc.record({
  name: fc.string({ unit: 'grapheme', maxLength: 40 }),
  points: fc.array(fc.tuple(fc.oneof(fc.integer({ min: -5, max: 5000 }), fc.double({ noNaN: true })), value), {
    maxLength: 60,
  }),
  reference: fc.boolean(),
})
const anyChart: fc.Arbitrary<ChartBlock> = fc.record({
  kind: fc.constant('chart'),
  shape: fc.constantFrom('line', 'step', 'bar'),
  title: fc.string(),
  x: fc.record({
    title: fc.string({ maxLength: 60 }),
    scale: fc.constantFrom('linear', 'log', 'category'),
    labels: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }),
  }),
  y: fc.record({ title: fc.string({ maxLength: 60 }), scale: fc.constantFrom('linear', 'log') }),
  series: fc.array(seriesOf, { maxLength: 9 }),
  summary: fc.string(),
})

test('any chart at any size: no error, no line wider than the screen, as many rows as asked for', () => {
  fc.assert(
    fc.property(
      anyChart,
      fc.integer({ min: 10, max: 200 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (chart, columns, chartRows, unicode) => {
        const lines = chartLines(chart, { columns, chartRows, unicode, color: false })
        for (const text of lines) {
          expect(stringWidth(text)).toBeLessThanOrEqual(columns)
          if (!unicode) expect(text).toMatch(/^[ -~]*$/)
        }
        const painted = chartLines(chart, { columns, chartRows, unicode, color: true })
        expect(painted.map((text) => stripVTControlCharacters(text).trimEnd())).toEqual(
          lines.map((text) => text.trimEnd()),
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('every series with a point that can be drawn has a marker on the grid', () => {
  const series = fc.array(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 20 })), {
      minLength: 1,
      maxLength: 30,
    }),
    { minLength: 1, maxLength: 8 },
  )
  fc.assert(
    fc.property(series, (all) => {
      const named = all.map((points, at) => ({ name: `s${at}`, points: points.toSorted(([a], [b]) => a - b) }))
      const rows = gridOf(chartLines({ ...line, series: named }, { ...options, columns: 100 }))
      const signs = 'o^#*v@+x'
      for (const at of named.keys()) expect(rows.join('\n')).toContain(signs[at])
    }),
  )
})

test('a chart without points is its sentence', () => {
  expect(chartLines({ ...line, series: [] }, options)).toEqual(['high is ten times low.'])
})

test('numbers stand beside the picture only where they have room', () => {
  const bare = { title: '', scale: 'linear' } as const
  const far: ChartBlock = { ...line, x: bare, y: bare, series: [{ name: '', points: [[0, -99_999_999_999_999]] }] }
  for (let columns = 100; columns < 140; columns += 1) {
    const widths = chartLines(far, { ...options, unicode: false, columns }).map((each) => stringWidth(each))
    expect(Math.max(...widths), `at ${columns}`).toBeLessThanOrEqual(columns)
  }
})
