/** When a workshop ends, as a facilitator types it. */

/**
 * `16:30` is today, or tomorrow where that has passed; `20` and `+20` are minutes from now. Empty: no end. ISO time, null
 * for no end, undefined where it is none of these.
 */
export function endTime(typed: string, now: number): string | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  const minutes = /^\+?(\d{1,3})(?: ?min)?$/.exec(text)
  if (minutes) return new Date(now + Number(minutes[1]) * 60_000).toISOString()
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (!clock) return undefined
  const at = new Date(now)
  at.setHours(Number(clock[1]), Number(clock[2]), 0, 0)
  if (at.getTime() <= now) at.setDate(at.getDate() + 1)
  return at.toISOString()
}
