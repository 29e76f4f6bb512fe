/** One start's blocks, summed up: their middle, and how far another stretch of the same start would have put it. */
import { medianSorted, sampleVariance } from 'simple-statistics'

/** One block: the natural logarithm of the one side's figure by the other's. */
export interface BlockRatio {
  readonly start: number
  readonly block: number
  readonly log: number
}

export interface StartSummary {
  readonly middle: number
  /** Of the middle, by resampling runs of neighbouring blocks; 0 where there is one block. */
  readonly variance: number
}

export function summariesOf(ratios: readonly BlockRatio[]): readonly StartSummary[] {
  return [...Map.groupBy(ratios, ({ start }) => start).values()].map((blocks) => {
    const logs = blocks.toSorted((a, b) => a.block - b.block).map(({ log }) => log)
    return { middle: middleOf(logs), variance: varianceOfMiddle(logs) }
  })
}

function middleOf(values: readonly number[]): number {
  return medianSorted(values.toSorted((a, b) => a - b))
}

const resamples = 200

/** Moving blocks (Künsch 1989): neighbours are alike, so they are drawn together, some ∛n at a time. */
function varianceOfMiddle(values: readonly number[]): number {
  const n = values.length
  if (n === 1) return 0
  const length = Math.min(n, Math.ceil(n ** (1 / 3)))
  const draw = fixedGenerator()
  const middles = Array.from({ length: resamples }, () => {
    const drawn: number[] = []
    while (drawn.length < n) {
      const from = Math.floor(draw() * (n - length + 1))
      for (let at = from; at < from + length && drawn.length < n; at += 1) drawn.push(values[at]!)
    }
    return middleOf(drawn)
  })
  return sampleVariance(middles)
}

/** The same record gives the same findings: the generator is fixed (Park and Miller 1988). */
function fixedGenerator(): () => number {
  let state = 20_261_124
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
