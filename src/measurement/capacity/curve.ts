/** The steps of one system → its curve: one point for each number of connections, over all starts. */
import { medianSorted } from 'simple-statistics'
import { unansweredOf } from '../../http/failure.ts'
import { percentileUs, sumHistograms } from '../../traffic/measure/histogram.ts'
import type { CapacityRecord, StepRecord } from './capacity-record.ts'

export interface Point {
  readonly connections: number
  /** Answers as they were meant by the time, median of the starts. */
  readonly perSecond: number
  /** The same of each start. */
  readonly ofStarts: readonly number[]
  /** Over the answers of all starts, microseconds; NaN where there are none, of p99 where there are too few. */
  readonly p50Us: number
  readonly p99Us: number
  /** CPU time for one answer, microseconds, median of the starts; NaN where nobody tells. */
  readonly cpuUs: { readonly system: number; readonly origins: number; readonly driver: number }
  readonly steps: readonly StepRecord[]
}

/** So many answers tell what one in a hundred is like. */
const enoughForP99 = 10_000

/** By ascending connections; steps that were not taken are left out. */
export function curveOf({ ladder, steps }: Pick<CapacityRecord, 'ladder' | 'steps'>, label: string): readonly Point[] {
  return ladder.flatMap((connections) => {
    const own = steps.filter((step) => step.label === label && step.connections === connections)
    return own.length === 0 ? [] : [pointOf(connections, own)]
  })
}

function pointOf(connections: number, steps: readonly StepRecord[]): Point {
  const ofStarts = steps.map(perSecondOf)
  const latency = sumHistograms(steps.map((step) => step.latency))
  const cpuUs = (who: keyof StepRecord['account']['cpuNs']): number =>
    median(
      steps.flatMap(({ account: { cpuNs, answered } }) => {
        const ns = cpuNs[who]
        return ns === null || answered === 0 ? [] : [ns / 1000 / answered]
      }),
    )
  return {
    connections,
    perSecond: median(ofStarts),
    ofStarts,
    p50Us: percentileUs(latency, 50),
    p99Us: latency.totalCount < enoughForP99 ? Number.NaN : percentileUs(latency, 99),
    cpuUs: { system: cpuUs('system'), origins: cpuUs('origins'), driver: cpuUs('driver') },
    steps,
  }
}

function perSecondOf({ answered, unexpected, measuredMs }: StepRecord): number {
  return ((answered - unexpected) / measuredMs) * 1000
}

/** Requests of these steps that were not answered, or not as they were meant. */
export function errorsOf(steps: readonly Pick<StepRecord, 'unexpected' | 'failures'>[]): number {
  return steps.reduce((sum, { unexpected, failures }) => sum + unexpected + unansweredOf(failures), 0)
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : medianSorted(values.toSorted((a, b) => a - b))
}
