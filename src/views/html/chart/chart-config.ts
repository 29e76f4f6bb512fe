/** A chart as a Chart.js configuration: plain data, so that the browser and the PNG renderer draw the same one. */
import type { ChartConfiguration, ChartDataset } from 'chart.js'
import type { ChartBlock, ChartSeries } from '../../../comparison/finding.ts'
import { type Look, type Looks, placeLooks, seriesLooks } from '../../evidence/looks.ts'

/**
 * Series colours for white and for near-black paper, told apart also with red-green blindness (after Okabe and Ito, darkened
 * or lightened to at least 3:1 against the paper). Marker and dash repeat what the colour says.
 */
export const palette = {
  light: [
    ...['#0067b1', '#c2500a', '#007a5a', '#a4478a', '#8a6100', '#3a3f45', '#6a51c7', '#b3261e'],
    ...['#00758a', '#567300', '#cc2f7b', '#6b4226'],
  ],
  dark: [
    ...['#6cb6ff', '#ff9e5e', '#4fd0a5', '#eb9bd0', '#e6c04d', '#c9d1d9', '#b3a2ff', '#ff8f87'],
    ...['#57d3e5', '#b4d64a', '#ff8cc4', '#d6a883'],
  ],
} as const

/** As those of the terminal, as far as Chart.js has them: as many as colours, so that a system keeps both. */
const markers = [
  { style: 'circle' },
  { style: 'triangle' },
  { style: 'rect' },
  { style: 'rectRot' },
  { style: 'triangle', rotation: 180 },
  { style: 'star' },
  { style: 'triangle', rotation: 90 },
  { style: 'triangle', rotation: 270 },
  { style: 'rectRounded' },
  { style: 'cross' },
  { style: 'crossRot' },
  { style: 'dash' },
] as const
interface Marker {
  readonly style: string
  /** Degrees. */
  readonly rotation?: number
}
/** References are drawn in the colour of text. */
const ink = '#3a3f45'
/** Not as many: where one comes round, the others tell apart. */
const dashes = [[], [7, 3], [2, 2], [9, 3, 2, 3], [12, 4], [4, 4], [1, 3], [10, 2]] as const
/** With more points than this only some carry a marker. */
const markedPoints = 24

/** `0.3`, `100`, `2400`: neither padded with zeros nor cut. */
const ticks = { format: { useGrouping: false, maximumSignificantDigits: 6 } }

/** Colours are those for white paper; the page's script exchanges them with the theme, by the `hue` of each dataset. */
export function chartConfig(chart: ChartBlock, looks?: Looks): ChartConfiguration {
  const { shape, x, y, series } = chart
  const drawn = seriesLooks(
    series.map(({ name }) => name),
    looks,
    x.labels,
  )
  const places = placeLooks(chart, looks)
  const category = x.scale === 'category'
  const labels = x.labels ?? []
  return {
    type: shape === 'bar' ? 'bar' : 'line',
    data: {
      ...(category ? { labels: [...labels] } : {}),
      datasets: series.map((each, index) => dataset(each, (shape === 'bar' && places) || drawn[index]!, chart)),
    },
    options: {
      animation: false,
      locale: 'en-GB',
      font: { size: 12 },
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: {
        x: {
          type: category ? 'category' : x.scale === 'log' ? 'logarithmic' : 'linear',
          title: { display: true, text: x.title },
          ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 14 },
          ...(category ? { grid: { display: false } } : bounds(series)),
        },
        y: {
          type: y.scale === 'log' ? 'logarithmic' : 'linear',
          title: { display: true, text: y.scale === 'log' ? `${y.title} (log scale)` : y.title },
          ticks: { ...ticks, autoSkipPadding: 6 },
          ...(y.scale === 'log' ? {} : { beginAtZero: true }),
        },
      },
      plugins: {
        legend: {
          display: series.length > 1,
          position: 'bottom',
          labels: { usePointStyle: shape !== 'bar', boxWidth: 12, boxHeight: 7, padding: 16 },
        },
      },
    },
  } as ChartConfiguration
}

function dataset(
  { name, points, reference }: ChartSeries,
  look: Look | readonly Look[],
  { shape, x }: ChartBlock,
): ChartDataset {
  const data =
    x.scale === 'category'
      ? (x.labels ?? []).map((_, at) => points.find(([place]) => place === at)?.[1] ?? null)
      : points.map(([at, value]) => ({ x: at, y: value }))
  if (shape === 'bar') {
    const hue = 'slot' in look ? hueOf(look) : look.map(hueOf)
    const color = typeof hue === 'number' ? palette.light[hue] : hue.map((each) => palette.light[each])
    return { label: name, hue, data, backgroundColor: color, maxBarThickness: 56 } as ChartDataset
  }
  const { slot, hollow } = 'slot' in look ? look : look[0]!
  const hue = hueOf({ slot })
  const color = reference ? ink : palette.light[hue]
  const every = Math.ceil(points.length / markedPoints)
  const marker: Marker | undefined = markers[slot % markers.length]
  return {
    label: name,
    hue,
    data,
    borderColor: color,
    backgroundColor: color,
    ...(hollow ? { pointBackgroundColor: 'transparent', pointBorderWidth: 1.5 } : {}),
    borderWidth: reference ? 1.5 : hollow ? 1 : 2,
    borderDash: reference ? [3, 4] : hollow ? [1, 2] : [...(dashes[slot % dashes.length] ?? [])],
    pointStyle: reference ? 'line' : marker?.style,
    pointRotation: marker?.rotation ?? 0,
    pointRadius: reference ? 0 : points.map((_, at) => (at % every === (slot * 2) % every ? 3.5 : 0)),
    pointHoverRadius: 5,
    // Markers at the border of the plot are whole.
    clip: 6,
    spanGaps: false,
    stepped: shape === 'step',
  } as ChartDataset
}

function hueOf({ slot }: Pick<Look, 'slot'>): number {
  return slot % palette.light.length
}

/** From the first to the last point: a time axis does not begin left of its data. */
function bounds(series: readonly ChartSeries[]): { min?: number; max?: number } {
  const xs = series.flatMap(({ points }) => points.map(([at]) => at))
  const [min, max] = [Math.min(...xs), Math.max(...xs)]
  return min < max ? { min, max } : {}
}
