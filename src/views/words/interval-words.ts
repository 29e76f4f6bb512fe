/** Ratios with their intervals, and what may be said of them, in words. */
import type { IntervalRow, IntervalsBlock } from '../../comparison/finding.ts'
import { formatNumber, formatShare } from '../../units.ts'

/** What is claimed; the colour and the place of a dot never say it alone. */
export const claimWords = {
  higher: 'higher',
  lower: 'lower',
  none: 'no detectable difference',
  noise: 'not claimed',
} as const satisfies Record<IntervalRow['claim'], string>

/** The same for where there is little room. */
export const shortClaimWords = { ...claimWords, none: 'not detected' } as const

/** `0.024`, `0.98`, `1.62`, `12.4`, `380` */
export function ratioText(ratio: number): string {
  if (!Number.isFinite(ratio)) return '–'
  if (ratio >= 100) return formatNumber(ratio)
  return ratio >= 10 ? ratio.toFixed(1) : ratio >= 0.1 ? ratio.toFixed(2) : ratio.toPrecision(2)
}

/** `1.55–1.70`; where there is one start only, nothing tells how starts differ. */
export function spanText({ low, high }: Pick<IntervalRow, 'low' | 'high'>): string {
  return Number.isFinite(high) ? `${ratioText(low)}–${ratioText(high)}` : 'one start'
}

/** `1.62 (1.55–1.70)` */
export function intervalText(row: IntervalRow): string {
  return `${ratioText(row.ratio)} (${spanText(row)})`
}

/** `p50 latency: ratio to direct (log scale)` */
export function axisWords({ quantity, reference }: IntervalsBlock): string {
  return `${quantity}: ratio to ${reference} (log scale)`
}

/** What the band around 1 means; empty where there is none. */
export function floorWords({ floor }: IntervalsBlock): string {
  return floor > 0 ? `Shaded: within ±${formatShare(floor)} of the reference, too small to be claimed.` : ''
}
