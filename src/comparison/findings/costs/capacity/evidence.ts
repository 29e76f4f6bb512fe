/** Capacity as tables and charts. */
import type { CapacityRecord } from '../../../../measurement/capacity/capacity-record.ts'
import type { Point } from '../../../../measurement/capacity/curve.ts'
import { nearlyAll } from '../../../../measurement/capacity/knee.ts'
import type { Limit } from '../../../../measurement/capacity/limit.ts'
import { intervalOfStarts } from '../../../../measurement/capacity/of-starts.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { list, table } from '../../../blocks.ts'
import type { ChartBlock, TableBlock } from '../../../finding.ts'
import type { Climbed } from './climbed.ts'

const us = (value: number): string => (Number.isFinite(value) ? `${formatNumber(value)} µs` : '–')
const ms = (valueUs: number): string => formatMs(valueUs / 1000)

const limitWords: Readonly<Record<Limit, string>> = {
  driver: 'driver',
  system: 'system',
  origins: 'origins',
  shared: 'shared core',
  foreign: 'other programs',
  none: 'no core full',
  untold: 'not known',
}

export function kneeTable(all: readonly Climbed[], starts: number): TableBlock {
  return table(
    'At the knee',
    [
      'system',
      '>requests/s',
      ...(starts > 1 ? ['>95 % interval'] : []),
      '>connections',
      '>p50',
      '>p99',
      '>CPU per request',
      '>origins per request',
      '>system’s share',
      'limit',
    ],
    all.map(({ subject, knee, isLast, limits, ownShare }) => {
      const head = [subject.label]
      if (!knee) return [...head, ...Array.from({ length: starts > 1 ? 8 : 7 }, () => '–'), 'not as expected']
      return [
        ...head,
        formatNumber(knee.perSecond),
        ...(starts > 1 ? [spanOf(knee.ofStarts)] : []),
        `${knee.connections}${isLast ? '+' : ''}`,
        ms(knee.p50Us),
        ms(knee.p99Us),
        us(knee.cpuUs.system),
        us(knee.cpuUs.origins),
        formatShare(ownShare),
        limits.map((limit) => limitWords[limit]).join(' and '),
      ]
    }),
    `The knee is the fewest connections with at least ${formatShare(nearlyAll)} of the highest throughput, which is the mean of the steps on the plateau. Each figure is the median of the starts, its interval by Student’s t over them; without a duplicate no system is said to carry more than another; p99 needs 10 000 answers. The system’s share is that of the CPU time that it and the origins used together.`,
  )
}

function spanOf(values: readonly number[]): string {
  const interval = intervalOfStarts(values)
  return interval ? `${formatNumber(interval.low)} – ${formatNumber(interval.high)}` : '–'
}

export function throughputChart(all: readonly Climbed[], { ladder }: CapacityRecord): ChartBlock {
  const highest = all.flatMap(({ subject, knee }) =>
    knee ? [`${subject.label} ${formatNumber(knee.perSecond)} with ${knee.connections}`] : [],
  )
  return {
    kind: 'chart',
    shape: 'line',
    title: 'Throughput by connections',
    x: {
      title: 'connections, each of which sends as soon as it has its answer',
      scale: ladder.length > 1 ? 'log' : 'linear',
    },
    y: { title: 'requests a second', scale: 'log' },
    series: all.map(({ subject, curve }) => ({
      name: subject.label,
      points: curve.map(({ connections, perSecond }) => [connections, perSecond > 0 ? perSecond : null] as const),
    })),
    summary: `Requests a second at the knee: ${list(highest)}.`,
  }
}

/** Up to the highest throughput: beyond it there is only more waiting. */
export function latencyChart(all: readonly Climbed[]): ChartBlock {
  const series = all.map(({ subject, curve }) => ({ name: subject.label, points: rising(curve) }))
  const ends = series.flatMap(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)]
    return first && last && first !== last ? [`${name} from ${formatMs(first[1])} to ${formatMs(last[1])}`] : []
  })
  return {
    kind: 'chart',
    shape: 'line',
    title: 'Median latency by throughput',
    x: { title: 'requests a second', scale: 'linear' },
    y: { title: 'p50, ms', scale: 'log' },
    series,
    summary: `From the first step to the highest throughput the median grew: ${list(ends)}.`,
  }
}

/** The steps that carried more than every step before: a curve that never turns back. */
function rising(curve: readonly Point[]): readonly (readonly [perSecond: number, p50Ms: number])[] {
  const points: (readonly [number, number])[] = []
  for (const { perSecond, p50Us } of curve) {
    const last = points.at(-1)
    if (Number.isFinite(p50Us) && (!last || perSecond > last[0])) points.push([perSecond, p50Us / 1000])
  }
  return points
}
