/** What a bill is made from: the prices and what is assumed beside them, EdgeLab's own or a reader's. */
import { type Assumptions, usualAssumptions } from './assumptions.ts'
import { knownPrices } from './known.ts'
import type { Price } from './price.ts'

export interface Terms {
  readonly prices: readonly Price[]
  readonly assumptions: Assumptions
}

export const usualTerms: Terms = { prices: knownPrices, assumptions: usualAssumptions }

/** A month's traffic, as it is paid for. */
export interface MonthShape {
  readonly requests: number
  /** Mean size of an answer, bytes. */
  readonly bodyBytes: number
  /** Size of the managed cache; null: none. */
  readonly cacheGb: number | null
}
