/** How much each consumer may ask for in a day or a month, however slowly. */
export interface Quota {
  readonly path: string
  /** Requests of one consumer that are let through in a period, everything below the path together. */
  readonly requests: number
  /** Of the calendar, in UTC: what is left of one is not carried over into the next. */
  readonly period: QuotaPeriod
}

export const quotaPeriods = ['day', 'month'] as const
export type QuotaPeriod = (typeof quotaPeriods)[number]
