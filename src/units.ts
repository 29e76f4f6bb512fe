/** Units as people write them in scenario files and as EdgeLab prints them. Inside, times are milliseconds. */

const durationFactor = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const
const rateFactor = { s: 1, m: 1 / 60, h: 1 / 3600 } as const

/** `250ms`, `2s`, `1.5m` → milliseconds; undefined for anything else, a missing unit or a negative value. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(us|ms|s|m|h)$/.exec(text.trim())
  if (!match) return undefined
  return Number(match[1]) * durationFactor[match[2] as keyof typeof durationFactor]
}

/** `10/s`, `30/m` → events per second; undefined for anything else. */
export function parseRate(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|m|h)$/.exec(text.trim())
  if (!match) return undefined
  return Number(match[1]) * rateFactor[match[2] as keyof typeof rateFactor]
}

const countFactor = { '': 1, k: 1e3, M: 1e6, B: 1e9 } as const

/** `250k`, `50M`, `1.5B`, `1200` → a whole number; undefined for anything else. */
export function parseCount(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kMB]?)$/.exec(text.trim())
  if (!match) return undefined
  const count = Number(match[1]) * countFactor[match[2] as keyof typeof countFactor]
  return Number.isInteger(Math.round(count * 1e6) / 1e6) ? Math.round(count) : undefined
}

/** Large numbers for people: `950`, `34 000`, `34 million`, `1.5 billion`. */
export function formatCount(count: number): string {
  if (count >= 1e12) return `${formatNumber(count / 1e12)} trillion`
  if (count >= 1e9) return `${formatNumber(count / 1e9)} billion`
  return count >= 1e6 ? `${formatNumber(count / 1e6)} million` : formatNumber(count)
}

/** Milliseconds for people: `0.22 ms`, `41 ms`, `2.0 s`; microseconds under a tenth of a millisecond. */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  const abs = Math.abs(ms)
  if (abs < 0.1) return `${formatNumber(ms * 1000)} µs`
  if (abs < 1000) return `${formatNumber(ms)} ms`
  return `${formatNumber(ms / 1000)} s`
}

/** Two to three significant digits, thousands kept apart by a narrow space: `0.22`, `8.4`, `41`, `2 400`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const abs = Math.abs(value)
  if (abs < 10 && !Number.isInteger(value)) return abs < 1 ? value.toPrecision(2) : value.toFixed(abs < 3 ? 2 : 1)
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')
}

/** A share as a percentage: 0.956 → `96 %`; one decimal above 99 and under 1. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '–'
  const percent = share * 100
  const fine = (percent > 99 && percent < 100) || (percent > 0 && percent < 1)
  return `${fine ? percent.toFixed(1) : Math.round(percent)} %`
}

/** Bytes for people: `512 B`, `64 KB`, `1.9 MB` (1 KB = 1024 B). */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${formatNumber(bytes / 1024)} KB`
  return `${formatNumber(bytes / 1024 / 1024)} MB`
}
