/** Sums of money, for people. */
import type { Bill } from '../../../../prices/bill.ts'
import { unconfirmedMark } from '../../../../prices/price.ts'
import { formatNumber } from '../../../../units.ts'

/** `119 USD`, `8.50 USD`, `0.90 USD` */
export function money(amount: number, currency: string): string {
  const text = amount < 10 ? amount.toFixed(2) : formatNumber(Math.round(amount))
  return `${text} ${currency}`
}

/** `119 USD (unconfirmed)`: the mark of a sum that rests on a price which nobody confirmed. */
export function totalOf({ total, currency, prices }: Pick<Bill, 'total' | 'currency' | 'prices'>): string {
  const doubtful = prices.some(({ standing }) => standing === 'unconfirmed')
  return `${money(total, currency)}${doubtful ? ` ${unconfirmedMark}` : ''}`
}
