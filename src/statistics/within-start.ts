/** One start's blocks, summed up. */
import { mean } from 'simple-statistics'

/** One block: the natural logarithm of the one side's figure by the other's. */
export interface BlockRatio {
  readonly start: number
  readonly block: number
  readonly log: number
}

/** The middle of each start. */
export function middlesOf(ratios: readonly BlockRatio[]): readonly number[] {
  return [...Map.groupBy(ratios, ({ start }) => start).values()].map((blocks) => middleOf(blocks.map(({ log }) => log)))
}

/**
 * Mean of the middle third: blocks in which a neighbour of the machine took the core are off by any factor and do not
 * count, and what is left varies less from start to start than the median.
 */
function middleOf(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b)
  const cut = Math.floor(values.length / 3)
  return mean(ascending.slice(cut, values.length - cut))
}
