/** How much of what a run wants to know is known by now, in words. */
import type { KnownInterval } from '../../experiment/events.ts'
import { halfWidthOf } from '../../statistics/interval.ts'

/** `±3 %`, `±0.4 %`; after a start or two an interval may be wider than any picture of it. */
export function widthText(share: number): string {
  if (!(share <= 1)) return '±>100 %'
  const percent = share * 100
  return `±${percent < 1 ? percent.toFixed(1) : String(Math.round(percent))} %`
}

/** `×1.05 ±3 %` */
export function knownText(interval: KnownInterval): string {
  const { ratio } = interval
  const digits = ratio >= 10 ? ratio.toFixed(1) : ratio >= 0.1 ? ratio.toFixed(2) : ratio.toPrecision(2)
  return `×${digits} ${widthText(halfWidthOf(interval))}`
}

/** What the run waits for; empty before there is an interval. `precision`: the wanted half-width, as a share. */
export function waitingWords(known: readonly KnownInterval[], precision: number): string {
  if (known.length === 0) return ''
  const open = known.filter(({ isOpen }) => isOpen)
  const count = `${known.length - open.length} of ${known.length} comparisons known`
  const [widest] = open.toSorted((a, b) => halfWidthOf(b) - halfWidthOf(a))
  if (!widest) return `${count}.`
  const what = `${widest.metric === 'p50' ? 'p50' : 'CPU'} of ${widest.label}`
  return `${count}; widest: ${what}, ${widthText(halfWidthOf(widest))}, wanted ${widthText(precision)}.`
}
