/** A window over more lines than fit. Where something is hidden, the last row says so. */
import type { Screen } from '../../services.ts'
import { signsFor } from './theme.ts'

export interface Window {
  /** First item that is shown. */
  readonly from: number
  /** How many are shown. */
  readonly count: number
  /** True: one row of the height is taken by the line that says what is hidden. */
  readonly partial: boolean
}

/** The window of `height` rows that begins at `offset` or, near the end, as early as it must to be full. */
export function windowAt(total: number, height: number, offset: number): Window {
  if (total <= height) return { from: 0, count: total, partial: false }
  const count = Math.max(1, height - 1)
  return { from: Math.max(0, Math.min(offset, total - count)), count, partial: true }
}

/** The window that shows item `at` and moves as little as that takes. */
export function windowAround(total: number, height: number, at: number, before: number): Window {
  const { from, count } = windowAt(total, height, before)
  return windowAt(total, height, at < from ? at : at >= from + count ? at - count + 1 : from)
}

/** `▲▼ 3–14 of 40` */
export function windowLine({ from, count }: Window, total: number, screen: Pick<Screen, 'unicode'>): string {
  const { above, below } = signsFor(screen)
  const marks = `${from > 0 ? above : ' '}${from + count < total ? below : ' '}`
  return `${marks} ${from + 1}${screen.unicode ? '–' : '-'}${from + count} of ${total}`
}
