/** Latency drawn: by percentile, and second by second. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { requestsNeeded } from '../../../../measurement/slices/pooled.ts'
import { formatMs } from '../../../../units.ts'
import { answersOf, ofKind } from '../../../answers.ts'
import { list } from '../../../blocks.ts'
import { isSliced } from '../../../costs/sliced.ts'
import type { ChartBlock } from '../../../finding.ts'
import { bySecond, latencyOf, percentileMs, roundsOf, seriesOf, spanOf, spansInWords } from '../../../rounds.ts'

/**
 * x is 1 / (1 − p): each tenfold step is another nine, so that tails have room. Of slices, a line ends where too few requests
 * lie beyond it.
 */
export function percentileChart(scenario: ScenarioRecord, systems: readonly SystemRecord[]): ChartBlock {
  const percentiles = [0, 25, 50, 75, 90, 95, 98, 99, 99.5]
  const series = systems.map((system) => {
    const { label } = system
    const accepted = ofKind('accepted', scenario, system)
    const histogram = latencyOf(seriesOf(scenario, roundsOf(scenario, label), accepted))
    const points = percentiles.map((p) => {
      const tooFew = isSliced(scenario) && p > 50 && histogram.totalCount < requestsNeeded(p / 100)
      const ms = tooFew ? Number.NaN : percentileMs(histogram, p)
      return [100 / (100 - p), Number.isFinite(ms) ? ms : null] as const
    })
    return { name: label, points }
  })
  const at = (p: number) =>
    series.map(({ points }) => points.find(([x]) => x >= 100 / (100 - p) - 1e-6)?.[1] ?? Number.NaN)
  const [most, oneIn] = at(99).some(Number.isFinite) ? [at(99), 'a hundred'] : [at(90), 'ten']
  const named = series.map(({ name }, index) => `${name} ${formatMs(most[index]!)}`)
  return {
    kind: 'chart',
    shape: 'line',
    title: titleOf('Latency by percentile', scenario, systems),
    x: { title: 'one request in … is slower (2 is the median, 100 is p99)', scale: 'log' },
    y: { title: 'latency, ms', scale: 'log' },
    series,
    summary: `One request in ${oneIn} took longer than: ${list(named)}.`,
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
    title: titleOf(`Median latency, ${spansInWords(scenario)}`, scenario, systems),
    x: { title: 'seconds from the start of a round (all rounds pooled)', scale: 'linear' },
    y: { title: 'p50, ms', scale: 'log' },
    series,
    summary:
      spans.length === 0
        ? 'Nothing was accepted.'
        : `Medians of ${spanOf(scenario) === 1 ? 'single seconds' : `${spanOf(scenario)} s each`}: ${list(spans)}.`,
  }
}

/** Where not every answer was accepted, a chart says that it shows no others. */
export function titleOf(title: string, scenario: ScenarioRecord, systems: readonly SystemRecord[]): string {
  const all = systems.every((system) => {
    const { answered, accepted } = answersOf(scenario, system)
    return answered === accepted
  })
  return all ? title : `${title} (accepted answers)`
}
