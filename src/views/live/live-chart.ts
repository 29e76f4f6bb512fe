/** What is drawn of a run that is under way: times as they come, and ratios with their intervals as soon as there are any. */
import type { ChartBlock, IntervalsBlock } from '../../comparison/finding.ts'
import { formatMs } from '../../units.ts'
import type { LivePicture } from './live-model.ts'

/** p50 over the latest round of each system, or over its slices, on one scale. undefined while there is nothing to draw. */
export function liveChart({ rows, start }: Pick<LivePicture, 'rows' | 'start'>): ChartBlock | undefined {
  const series = rows
    .filter(({ points }) => points.some(([, ms]) => ms !== null))
    .map(({ label, points }) => ({ name: label, points }))
  if (series.length === 0) return undefined
  const figures = rows.flatMap(({ label, figures: round, slices }) => {
    const ms = slices?.p50Ms ?? round?.p50Ms
    return ms === undefined ? [] : [`${label} ${formatMs(ms)}`]
  })
  return {
    kind: 'chart',
    shape: 'line',
    title: start ? 'p50 by slice' : 'p50 by quarter of a second, latest round of each',
    x: { title: 'seconds', scale: 'linear' },
    // A cached answer and one from the origin lie a factor of 40 apart: on a linear scale one of them is the axis.
    y: { title: 'p50, ms', scale: 'log' },
    series,
    summary: `p50 ${start ? 'so far' : 'of the latest round'}: ${figures.join(', ')}.`,
  }
}

/** `open`: names of those that measuring goes on for. */
export interface LiveIntervals {
  readonly block: IntervalsBlock
  readonly open: readonly string[]
}

/** Ratios of p50 so far. Nothing is claimed before the run is over. undefined while there is none. */
export function liveIntervals({ rows }: Pick<LivePicture, 'rows'>): LiveIntervals | undefined {
  const known = rows.flatMap(({ slices }) => slices?.p50 ?? [])
  const [first] = known
  if (!first) return undefined
  const block: IntervalsBlock = {
    kind: 'intervals',
    title: 'Ratios so far',
    reference: first.reference,
    quantity: 'p50 latency',
    rows: known
      .toSorted((a, b) => a.ratio - b.ratio)
      .map(({ label, ratio, low, high }) => ({ name: label, ratio, low, high, claim: 'noise' })),
    floor: 0,
    caption: '',
    summary: '',
  }
  return { block, open: known.flatMap(({ label, isOpen }) => (isOpen ? [label] : [])) }
}
