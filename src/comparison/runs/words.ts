import { formatMs, formatNumber } from '../../units.ts'
import type { Change } from './changes.ts'
import type { ComparedMetric } from './figures.ts'

export const metricNouns: Readonly<Record<ComparedMetric, string>> = {
  p50: 'median latency',
  p90: 'p90 latency',
  p99: 'p99 latency',
  cpu: 'CPU per request',
}

export function figureInWords(metric: ComparedMetric, value: number): string {
  return metric === 'cpu' ? `${formatNumber(value)} µs` : formatMs(value)
}

/** 1.083 → `+8.3 %` */
export function changeInWords(ratio: number): string {
  if (!Number.isFinite(ratio)) return '–'
  const percent = (ratio - 1) * 100
  const digits = Math.abs(percent) < 10 ? 1 : 0
  const text = Math.abs(percent).toFixed(digits)
  return `${Number(text) === 0 ? '±' : percent < 0 ? '−' : '+'}${text} %`
}

/** `+1.2 % to +9.8 %` */
export function spanInWords({ low, high }: Pick<Change, 'low' | 'high'>): string {
  return Number.isFinite(low) ? `${changeInWords(low)} to ${changeInWords(high)}` : '–'
}
