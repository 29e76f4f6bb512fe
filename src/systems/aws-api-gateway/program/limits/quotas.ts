import type { UsagePlan } from '../../definition/stage.ts'

type Period = NonNullable<UsagePlan['Quota']>['Period']

/** Counts the requests of each key in the current period of its plan. */
export function createQuotas(): (plan: UsagePlan, keyId: string, now: Date) => boolean {
  const used = new Map<string, { readonly period: string; count: number }>()
  return ({ UsagePlanName, Quota }, keyId, now) => {
    if (!Quota) return true
    const owner = JSON.stringify([UsagePlanName, keyId])
    const period = periodOf(Quota.Period, now)
    const before = used.get(owner)
    // The offset counts as used in the period in which counting begins, and in no later one.
    const current = before?.period === period ? before : { period, count: before ? 0 : Quota.Offset }
    used.set(owner, current)
    if (current.count >= Quota.Limit) return false
    current.count += 1
    return true
  }
}

/** Its first day, in UTC; a week begins on Sunday. */
function periodOf(period: Period, now: Date): string {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()))
  if (period === 'WEEK') day.setUTCDate(day.getUTCDate() - day.getUTCDay())
  if (period === 'MONTH') day.setUTCDate(1)
  return day.toISOString()
}
