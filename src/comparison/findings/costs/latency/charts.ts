/** Latency drawn: by percentile, and second by second. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatMs } from '../../../../units.ts'
import { answersOf, ofKind } from '../../../answers.ts'
import { list } from '../../../blocks.ts'
import type { ChartBlock } from '../../../finding.ts'
import { bySecond, latencyOf, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'

/** x is 1 / (1 − p): each tenfold step is another nine, so that tails have room. */
export function percentileChart(scenario: ScenarioRecord, systems: readonly SystemRecord[]): ChartBlock {
  const percentiles = [0, 25, 50, 75, 90, 95, 98, 99, 99.5]
  const series = systems.map((system) => {
    const { label } = system
    const accepted = ofKind('accepted', scenario, system)
    const histogram = latencyOf(seriesOf(scenario, roundsOf(scenario, label), accepted))
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
    title: titleOf('Latency by percentile', scenario, systems),
    x: { title: 'one request in … is slower (2 is the median, 100 is p99)', scale: 'log' },
    y: { title: 'latency, ms', scale: 'log' },
    series,
    summary: `One request in a hundred took longer than: ${list(at99)}.`,
  }
}

/** Warm-up included: it shows when caches and connections had settled. */
export function timeLine(scenario: ScenarioRecord, systems: readonly SystemRecord[]): ChartBlock {
  const series = systems.map((system) => {
    const { label } = system
    const accepted = ofKind('accepted', scenario, system)
    const points = bySecond(scenario, label).map(([at, all]) => {
      const ms = percentileMs(latencyOf(all.filter(accepted)), 50)
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
    title: titleOf('Median latency, second by second', scenario, systems),
    x: { title: 'seconds from the start of a round (all rounds pooled)', scale: 'linear' },
    y: { title: 'p50, ms', scale: 'log' },
    series,
    summary: spans.length === 0 ? 'Nothing was accepted.' : `Medians of single seconds: ${list(spans)}.`,
  }
}

/** Where not every answer was accepted, a chart says that it shows no others. */
function titleOf(title: string, scenario: ScenarioRecord, systems: readonly SystemRecord[]): string {
  const all = systems.every((system) => {
    const { answered, accepted } = answersOf(scenario, system)
    return answered === accepted
  })
  return all ? title : `${title} (accepted answers)`
}
