/** Numbers that people guessed, put into at most eight bins that can be read from the back row. */
import { formatNumber } from '../../units.ts'

export interface NumberBin {
  readonly label: string
  readonly has: (value: number) => boolean
}

/** With no more different values than this each has a bin of its own. */
const fewValues = 7
const mostBins = 8

/**
 * Bins for these numbers, smallest first, without gaps between the first and the last. Guesses over several powers of
 * ten get bins that grow with them; a few wild ones end up in an open bin at the edge instead of squeezing all others.
 */
export function binsFor(values: readonly number[]): readonly NumberBin[] {
  const distinct = [...new Set(values)].sort((a, b) => a - b)
  if (distinct.length <= fewValues) {
    return distinct.map((value) => ({ label: formatNumber(value), has: (other) => other === value }))
  }
  const isWhole = distinct.every(Number.isInteger)
  return betweenEdges(edgesFor([...values].sort((a, b) => a - b)), isWhole)
}

function edgesFor(sorted: readonly number[]): readonly number[] {
  const low = quantile(sorted, 0.05)
  const high = quantile(sorted, 0.95)
  const isWide = sorted[0]! >= 0 && high > 20 * Math.max(quantile(sorted, 0.1), sorted.find((each) => each > 0)!)
  if (isWide) return powerEdges(Math.max(low, sorted.find((each) => each > 0)!), high)
  // All but a few may have guessed the same: the bins are then around the others.
  return low === high ? stepEdges(sorted[0]!, sorted.at(-1)!) : stepEdges(low, high)
}

/** 1, 2, 5, 10, 20 …, or whole powers of ten where those are too many. */
function powerEdges(low: number, high: number): readonly number[] {
  for (const factors of [[1, 2, 5], [1, 3], [1]]) {
    const edges = decades(low, high).flatMap((decade) => factors.map((factor) => cleaned(factor * decade)))
    const within = edges.filter((edge) => edge > low && edge <= high)
    if (within.length < mostBins && within.length > 0) return within
  }
  // Over more than eight powers of ten: every second, third … of them.
  const all = decades(low, high).filter((edge) => edge > low && edge <= high)
  const every = Math.ceil(all.length / (mostBins - 1))
  return all.filter((_, at) => at % every === 0)
}

function decades(low: number, high: number): readonly number[] {
  const first = Math.floor(Math.log10(low))
  const last = Math.ceil(Math.log10(high))
  return Array.from({ length: last - first + 1 }, (_, at) => cleaned(10 ** (first + at)))
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function stepEdges(low: number, high: number): readonly number[] {
  const least = (high - low) / (mostBins - 1)
  const decade = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].map((factor) => factor * decade).find((each) => each >= least)!
  const first = Math.floor(low / step) + 1
  const last = Math.floor(high / step)
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, at) => cleaned((first + at) * step))
}

/** An edge belongs to the bin above it. */
function betweenEdges(edges: readonly number[], isWhole: boolean): readonly NumberBin[] {
  const first = edges[0]!
  const last = edges.at(-1)!
  const between = edges.slice(1).map((to, at): NumberBin => {
    const from = edges[at]!
    const upTo = isWhole && Number.isInteger(to) && Number.isInteger(from) ? to - 1 : null
    const span = upTo === null ? `${formatNumber(from)} to under ${formatNumber(to)}` : spanOf(from, upTo)
    return { label: span, has: (value) => value >= from && value < to }
  })
  return [
    { label: `under ${formatNumber(first)}`, has: (value) => value < first },
    ...between,
    { label: `${formatNumber(last)} or more`, has: (value) => value >= last },
  ]
}

function spanOf(from: number, to: number): string {
  return from === to ? formatNumber(from) : `${formatNumber(from)}–${formatNumber(to)}`
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

/** In floating point 3 × 0.1 is not 0.3. */
function cleaned(value: number): number {
  return Number(value.toPrecision(12))
}
