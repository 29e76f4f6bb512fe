/** How each system's median moved in the course of the run: a machine that gets hot, or a neighbour, would show here. */
import type { SystemRecord } from '../../../../../measurement/run-record.ts'
import { countedSlices, p50Of } from '../../../../../measurement/slices/counted.ts'
import { acceptedByBoth } from '../../../../../measurement/slices/family.ts'
import { formatMs } from '../../../../../units.ts'
import { list } from '../../../../blocks.ts'
import { median } from '../../../../costs/rounds-statistics.ts'
import type { SlicedScenario } from '../../../../costs/sliced.ts'
import type { ChartBlock } from '../../../../finding.ts'

/** More points than this would be drawn over each other. */
const points = 40

export function timeLine(scenario: SlicedScenario, systems: readonly SystemRecord[], title: string): ChartBlock {
  const all = countedSlices(scenario.slices)
  const endMs = Math.max(...all.map(({ atMs, durationMs }) => atMs + durationMs))
  const stretchMs = endMs / points
  const series = systems.map((system) => {
    const accepted = acceptedByBoth(scenario, system, system)
    const own = all.filter(({ label }) => label === system.label)
    const stretches = Map.groupBy(own, ({ atMs }) => Math.floor(atMs / stretchMs))
    const line = [...stretches]
      .sort(([a], [b]) => a - b)
      .map(([at, slices]) => {
        const us = median(slices.flatMap((slice) => p50Of(slice, accepted) ?? []))
        const seconds = Number((((at + 0.5) * stretchMs) / 1000).toFixed(1))
        return [seconds, Number.isFinite(us) ? us / 1000 : null] as const
      })
    return { name: system.label, points: line }
  })
  const spans = series.flatMap(({ name, points: line }) => {
    const ms = line.flatMap(([, each]) => each ?? [])
    return ms.length === 0 ? [] : [`${name} ${formatMs(Math.min(...ms))} to ${formatMs(Math.max(...ms))}`]
  })
  return {
    kind: 'chart',
    shape: 'line',
    title,
    x: { title: 'seconds since the first slice, fresh starts included', scale: 'linear' },
    y: { title: 'p50, ms', scale: 'log' },
    series,
    summary: spans.length === 0 ? 'Nothing was accepted.' : `Medians in the course of the run: ${list(spans)}.`,
  }
}
