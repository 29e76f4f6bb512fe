import type { Quota, QuotaPeriod } from '../../../policy/features/quota/line.ts'

/** Counts a request of a consumer; seconds until the next period begins where nothing is left of this one. */
export function countQuota({ requests, period }: Quota): (consumer: string, now: Date) => number | undefined {
  let current = { endsMs: 0, counts: new Map<string, number>() }
  return (consumer, now) => {
    // A new period forgets everybody: nobody's count outlasts it.
    if (now.getTime() >= current.endsMs) current = { endsMs: endOf(period, now), counts: new Map() }
    const count = current.counts.get(consumer) ?? 0
    if (count >= requests) return Math.ceil((current.endsMs - now.getTime()) / 1000)
    current.counts.set(consumer, count + 1)
    return undefined
  }
}

/** The first moment of the next day or month, in UTC. Milliseconds of the epoch. */
function endOf(period: QuotaPeriod, now: Date): number {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  return period === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1)
}
