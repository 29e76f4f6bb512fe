import { expect, test } from 'vitest'
import type { ChartBlock } from '../../../src/comparison/finding.ts'
import { chartLines } from '../../../src/views/text/chart.ts'

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

/** Rows of the grid that hold a marker. */
function rowsWith(lines: readonly string[], marker: string): number[] {
  return lines.flatMap((text, row) => (/\|/.test(text) && text.split('|')[1]?.includes(marker) ? [row] : []))
}

test('all series stand on one scale that begins at zero', () => {
  const lines = chartLines(line, options)
  const [high] = rowsWith(lines, '^')
  const [low] = rowsWith(lines, 'o')
  expect(high).toBe(1)
  expect(low).toBe(11)
  expect(lines.at(-1)).toBe('high is ten times low.')
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
  const lines = chartLines({ ...line, shape: 'step', series }, options)
  const top = lines[1]?.split('|')[1] ?? ''
  const bottom = lines[12]?.split('|')[1] ?? ''
  expect(bottom.trimEnd().length).toBeCloseTo(top.length / 2, -1)
  expect(top.trim()).toMatch(/^o+ +o$/)
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

test('a chart without points is its sentence', () => {
  expect(chartLines({ ...line, series: [] }, options)).toEqual(['high is ten times low.'])
})
