import { expect, test } from 'vitest'
import type { ChartBlock } from '../../../../src/comparison/finding.ts'
import { chartConfig, palette } from '../../../../src/views/html/chart/chart-config.ts'
import { chartImages } from '../../../../src/views/html/chart/chart-image.ts'

const chart: ChartBlock = {
  kind: 'chart',
  shape: 'step',
  title: 'Accepted',
  x: { title: 'time, ms', scale: 'linear' },
  y: { title: 'requests', scale: 'linear' },
  series: [
    {
      name: 'ideal',
      reference: true,
      points: [
        [0, 5],
        [100, 6],
      ],
    },
    {
      name: 'a',
      points: [
        [0, 5],
        [100, null],
      ],
    },
    {
      name: 'b',
      points: [
        [0, 4],
        [100, 5],
      ],
    },
  ],
  summary: 'Both follow the ideal.',
}

test('is plain data: what the browser parses is what was drawn', () => {
  const config = chartConfig(chart)
  expect(JSON.parse(JSON.stringify(config))).toEqual(config)
})

test('series are told apart by marker and dash as well as by colour; a reference is dashed and has no marker', () => {
  const [ideal, a, b] = chartConfig(chart).data.datasets as unknown as Record<string, unknown>[]
  expect(ideal).toMatchObject({ pointRadius: 0, borderDash: [3, 4] })
  expect(a?.['pointStyle']).not.toBe(b?.['pointStyle'])
  expect(a?.['borderDash']).not.toEqual(b?.['borderDash'])
  expect(a?.['borderColor']).not.toBe(b?.['borderColor'])
})

test('a gap stays a gap and a step holds its value until the next', () => {
  const config = chartConfig(chart)
  expect(config.data.datasets[1]).toMatchObject({ spanGaps: false, stepped: true })
  expect(config.data.datasets[1]?.data[1]).toEqual({ x: 100, y: null })
})

test('series colours stand out from their paper at 3:1 at least', () => {
  for (const color of palette.light) expect(contrast(color, '#ffffff'), color).toBeGreaterThanOrEqual(3)
  for (const color of palette.dark) expect(contrast(color, '#14171a'), color).toBeGreaterThanOrEqual(3)
})

test('the same chart is the same picture, another value another one', async () => {
  const moved = chart.series.map((each) => ({ ...each, points: each.points.map(([x]) => [x, 3] as const) }))
  const [first, second, other] = await chartImages(
    [chart, chart, { ...chart, series: moved }].map((each) => chartConfig(each)),
  )
  expect(first).toMatch(/^data:image\/webp;base64,UklGR/)
  expect(second).toBe(first)
  expect(other).not.toBe(first)
})

/** Contrast ratio after WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
