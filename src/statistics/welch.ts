/** Two samples that have nothing in common: figures of one run against figures of another. */
import { mean, sampleVariance } from 'simple-statistics'
import { tCritical, tTwoSided } from './distributions.ts'

export interface Shift {
  /** Mean of the second sample less that of the first. */
  readonly shift: number
  /** The 95 % interval of the shift. */
  readonly low: number
  readonly high: number
  /** Two-sided p of no shift at all. */
  readonly p: number
  /** One-sided p of a shift of `bound` at most; of `bound` at least. */
  readonly pBeyond: (bound: number, side: 'above' | 'below') => number
}

/**
 * Welch's interval and test, which do not take the two variances for equal (Welch 1947; degrees of freedom after
 * Satterthwaite 1946). undefined where a sample has less than three values: there is no telling how they scatter.
 */
export function welch(first: readonly number[], second: readonly number[]): Shift | undefined {
  if (first.length < 3 || second.length < 3) return undefined
  const [ofFirst, ofSecond] = [first, second].map((each) => sampleVariance([...each]) / each.length) as [number, number]
  const shift = mean([...second]) - mean([...first])
  const squared = ofFirst + ofSecond
  const error = Math.sqrt(squared)
  if (error === 0) {
    const pBeyond: Shift['pBeyond'] = (bound, side) => ((side === 'above' ? shift > bound : shift < bound) ? 0 : 1)
    return { shift, low: shift, high: shift, p: shift === 0 ? 1 : 0, pBeyond }
  }
  const degrees = squared ** 2 / (ofFirst ** 2 / (first.length - 1) + ofSecond ** 2 / (second.length - 1))
  const half = tCritical(0.05, degrees) * error
  return {
    shift,
    low: shift - half,
    high: shift + half,
    p: tTwoSided(shift / error, degrees),
    pBeyond: (bound, side) => {
      const t = (side === 'above' ? shift - bound : bound - shift) / error
      const tail = tTwoSided(t, degrees) / 2
      return t > 0 ? tail : 1 - tail
    },
  }
}
