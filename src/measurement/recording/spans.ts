/** The course of a round, as fine as a view shows it: a record of many systems is small only by what it keeps together. */
import { spelled } from '../../scenario/requests/spells.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { packedSum } from '../../traffic/measure/histogram.ts'
import { classOf, mergeSeries } from '../../traffic/measure/merge.ts'
import type { Frame, Series } from '../../traffic/plan.ts'
import type { SecondRecord } from '../run-record.ts'

/** Points enough for a line over a round; each costs a record as much, of every class of answers in every round. */
const mostSpans = 12

/**
 * Whole seconds that a record keeps together: one, but more in rounds that last longer than twelve. Who waits while an
 * origin is slow is told second by second, however long the round.
 */
export function spanSeconds(scenario: Pick<Scenario, 'clients' | 'traffic' | 'policy' | 'origins'>): number {
  if (spelled(scenario, ({ slowing }) => slowing)) return 1
  const seconds = scenario.traffic.reduce((sum, { forMs }) => sum + forMs, 0) / 1000
  return Math.max(1, Math.ceil(seconds / mostSpans))
}

/** What is kept together. */
export interface Together {
  /** Whole seconds; absent: each by itself. */
  readonly seconds?: number
  /** Answers of one kind, of which nobody asks apart how long they took from their send; absent: those of a class. */
  readonly kindOf?: (series: Series) => string
}

export function inSpans(
  frames: readonly Frame[],
  { seconds = 1, kindOf = classOf }: Together,
): readonly SecondRecord[] {
  // A frame belongs to the second in which most of it lies: it ends at atMs and is a quarter of a second long.
  const secondOf = ({ atMs }: Frame): number => Math.floor(Math.max(0, atMs - 125) / 1000)
  const spans = Map.groupBy(frames, (frame) => Math.floor(secondOf(frame) / seconds) * seconds)
  const kinds = Map.groupBy(
    frames.flatMap(({ series }) => series),
    kindOf,
  )
  const taken = new Set<string>()
  /** With the first of its kind. To two digits: its median is read, and compared with nothing. */
  const serviceOf = (series: Series): string => {
    const kind = kindOf(series)
    const all = taken.has(kind) ? [] : kinds.get(kind)!.map(({ service }) => service)
    taken.add(kind)
    return packedSum(all, 2)
  }
  return [...spans].map(([at, group]) => {
    const merged = mergeSeries(
      group.flatMap(({ series }) => series),
      (histograms) => packedSum(histograms),
    )
    return { at, series: merged.map((series) => ({ ...series, service: serviceOf(series) })) }
  })
}
