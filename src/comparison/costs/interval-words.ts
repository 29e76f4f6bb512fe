/** Ratios and their intervals, as sentences and tables say them. */
import type { Interval } from '../../statistics/interval.ts'
import { formatNumber } from '../../units.ts'

/** `×1.83` */
export function ratioInWords(ratio: number): string {
  return Number.isFinite(ratio) ? `×${factor(ratio)}` : '–'
}

/** `1.79–1.88`; nothing where one start cannot tell how starts differ. */
export function spanInWords({ low, high, starts }: Pick<Interval, 'low' | 'high' | 'starts'>): string {
  return starts > 1 ? `${factor(low)}–${factor(high)}` : '–'
}

/** `×1.83, 95 % interval 1.79–1.88` */
export function intervalInWords(interval: Interval): string {
  const ratio = ratioInWords(interval.ratio)
  if (interval.starts < 2) return `${ratio}, one start, so without an interval`
  return `${ratio}, ${levelInWords(interval)} interval ${spanInWords(interval)}`
}

/** `95 %`; more where the run could stop early, so that all of its looks together are wrong as seldom. */
export function levelInWords({ level }: Pick<Interval, 'level'>): string {
  const percent = level * 100
  return `${percent > 99 ? percent.toFixed(1) : Math.round(percent)} %`
}

/** `4 %`: rounded up, because it says what would surely have been seen. */
export function atLeastPercent(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(Math.ceil(share * 100 - 1e-9))} %` : 'any size'
}

/** `1.3 %` */
export function differencePercent(ratio: number): string {
  return `${((Math.max(ratio, 1 / ratio) - 1) * 100).toFixed(1)} %`
}

/** `0.031`, `< 0.001` */
export function pInWords(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

function factor(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : formatNumber(value)
}
