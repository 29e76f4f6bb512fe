/** Latency drawn: by percentile, and second by second. */
import type { ScenarioRecord, SystemRecord } from '../../../measurement/run-record.ts'
import { formatMs } from '../../../units.ts'
import { list } from '../../blocks.ts'
import type { ChartBlock } from '../../finding.ts'
import { bySecond, latencyOf, percentileMs, roundsOf, seriesOf } from '../../rounds.ts'

/** x is 1 / (1 − p): each tenfold step is another nine, so that tails have room. */
export function percentileChart(scenario: ScenarioRecord, subjects: readonly SystemRecord[]): ChartBlock {
  const percentiles = [0, 25, 50, 75, 90, 95, 98, 99, 99.5]
  const series = subjects.map(({ label }) => {
    const histogram = latencyOf(seriesOf(scenario, roundsOf(scenario, label)))
    const points = percentiles.map((p) => {
      const ms = percentileMs(histogram, p)
      return [100 / (100 - p), Number.isFinite(ms) ? ms : null] as const
    })
    return { name: label, points }
  })
  const at99 = series.map(({ name, points }) => `${name} ${formatMs(points.find(([x]) => x >= 99)?.[1] ?? Number.NaN)}`)
  return {
    kind: 'chart',
    shape: 'line',
    title: 'Latency by percentile',
    x: { title: 'one request in … is slower (2 is the median, 100 is p99)', scale: 'log' },
    y: { title: 'latency, ms', scale: 'log' },
    series,
    summary: `One request in a hundred took longer than: ${list(at99)}.`,
  }
}

/** Warm-up included: it shows when caches and connections had settled. */
export function timeLine(scenario: ScenarioRecord, subjects: readonly SystemRecord[]): ChartBlock {
  const series = subjects.map(({ label }) => {
    const points = bySecond(scenario, label).map(([at, all]) => {
      const ms = percentileMs(latencyOf(all), 50)
      return [at, Number.isFinite(ms) ? ms : null] as const
    })
    return { name: label, points }
  })
  const spans = series.flatMap(({ name, points }) => {
    const all = points.flatMap(([, ms]) => ms ?? [])
    return all.length === 0 ? [] : [`${name} ${formatMs(Math.min(...all))} to ${formatMs(Math.max(...all))}`]
  })
  return {
    kind: 'chart',
    shape: 'line',
    title: 'Median latency, second by second',
    x: { title: 'seconds from the start of a round (all rounds pooled)', scale: 'linear' },
    y: { title: 'p50, ms', scale: 'log' },
    series,
    summary: spans.length === 0 ? 'Nothing was answered.' : `Medians of single seconds: ${list(spans)}.`,
  }
}
