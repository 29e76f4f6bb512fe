/**
 * Which algorithm a limiter uses, from its answers alone: what was let through, step by step, is held against what each
 * algorithm would have let through after all that it was seen to let through before.
 */

export type Algorithm = 'token bucket' | 'leaky bucket' | 'fixed window' | 'sliding window'

/** Requests that came at once. */
export interface Step {
  readonly atMs: number
  readonly asked: number
  readonly passed: number
}

export interface Recognised {
  /** One; several where the answers fit them alike; none where they fit no known one. */
  readonly algorithms: readonly Algorithm[]
  /** How many decisions were other than the nearest algorithm’s, of how many. */
  readonly otherwise: number
  readonly decisions: number
}

/** How many it would let through of those that come now; `passed` then tells it how many did. */
interface Limiter {
  room(atMs: number): number
  passed(atMs: number, count: number): void
}

/** More than this share of decisions that are otherwise is no resemblance. */
const tolerated = 0.25

/**
 * `steps`: the first is a flood after a pause, which shows how many it lets through at once. `spreadMs`: between the
 * first and the last answer of those that passed the flood: a leaky bucket lets them wait for each other.
 */
export function recognise(steps: readonly Step[], ratePerSecond: number, spreadMs: number): Recognised {
  const [flood, ...later] = steps
  const capacity = flood?.passed ?? 0
  const decisions = later.reduce((sum, { asked }) => sum + asked, 0)
  if (!flood || capacity === 0 || decisions === 0) return { algorithms: [], otherwise: decisions, decisions }
  const windowMs = (capacity / ratePerSecond) * 1000
  const queued = spreadMs > 0.5 * windowMs * ((capacity - 1) / capacity)
  // No other one lets anybody wait.
  if (queued) {
    const otherwise = differences(tokenBucket(capacity, ratePerSecond), steps)
    return { algorithms: ['leaky bucket'], otherwise, decisions }
  }
  const phases = Array.from({ length: 16 }, (_, n) => flood.atMs - (windowMs * n) / 16)
  const models: readonly (readonly [Algorithm, () => Limiter])[] = [
    ...[0, 1, 2].map((late) => ['token bucket', () => tokenBucket(capacity, ratePerSecond, late)] as const),
    ['fixed window', () => windowFromFirst(capacity, windowMs)],
    ...phases.map((phase) => ['fixed window', () => fixedWindow(capacity, windowMs, phase)] as const),
    ['sliding window', () => slidingLog(capacity, windowMs)],
    ...phases.map((phase) => ['sliding window', () => slidingCounter(capacity, windowMs, phase)] as const),
  ]
  const best = new Map<Algorithm, number>()
  for (const [algorithm, make] of models) {
    const otherwise = differences(make(), steps)
    best.set(algorithm, Math.min(otherwise, best.get(algorithm) ?? Number.POSITIVE_INFINITY))
  }
  const least = Math.min(...best.values())
  // The worse the nearest fits, the less it says against the next: a busy machine moves a few decisions.
  const alike = [...best].filter(([, otherwise]) => otherwise <= least + Math.max(1, Math.ceil(least / 2)))
  return {
    algorithms: least > tolerated * decisions ? [] : alike.map(([algorithm]) => algorithm),
    otherwise: least,
    decisions,
  }
}

/** The flood is not counted: all of them are measured by what it let through. */
function differences(limiter: Limiter, steps: readonly Step[]): number {
  return steps.reduce((sum, { atMs, asked, passed }, at) => {
    const wouldPass = Math.max(0, Math.min(asked, Math.floor(limiter.room(atMs) + 0.001)))
    limiter.passed(atMs, passed)
    return sum + (at === 0 ? 0 : Math.abs(wouldPass - passed))
  }, 0)
}

/** `late`: so many tokens come back later than the flood’s middle lets expect, as a busy system counts it late. */
function tokenBucket(capacity: number, ratePerSecond: number, late = 0): Limiter {
  let level = capacity
  let owed = late
  let since = 0
  const fill = (atMs: number): number => Math.min(capacity, level + ((atMs - since) / 1000) * ratePerSecond)
  return {
    room: fill,
    passed: (atMs, count) => {
      const filled = fill(atMs)
      level = Math.max(Math.min(0, filled), filled - count) - owed
      owed = 0
      since = atMs
    },
  }
}

/** Windows that follow each other by the clock. */
function fixedWindow(capacity: number, windowMs: number, phaseMs: number): Limiter {
  let current = Number.NEGATIVE_INFINITY
  let count = 0
  const usedAt = (atMs: number): number => (Math.floor((atMs - phaseMs) / windowMs) === current ? count : 0)
  return {
    room: (atMs) => capacity - usedAt(atMs),
    passed: (atMs, more) => {
      count = usedAt(atMs) + more
      current = Math.floor((atMs - phaseMs) / windowMs)
    },
  }
}

/** A window begins with the first request after the one before. */
function windowFromFirst(capacity: number, windowMs: number): Limiter {
  let endsMs = Number.NEGATIVE_INFINITY
  let count = 0
  return {
    room: (atMs) => (atMs < endsMs ? capacity - count : capacity),
    passed: (atMs, more) => {
      if (atMs >= endsMs) {
        endsMs = atMs + windowMs
        count = 0
      }
      count += more
    },
  }
}

/** Remembers when each passed. */
function slidingLog(capacity: number, windowMs: number): Limiter {
  const log: { readonly atMs: number; readonly count: number }[] = []
  return {
    room: (atMs) =>
      capacity - log.filter((each) => each.atMs > atMs - windowMs).reduce((sum, { count }) => sum + count, 0),
    passed: (atMs, count) => void log.push({ atMs, count }),
  }
}

/** Two fixed windows, of which the one before counts by as much as the sliding one still covers of it. */
function slidingCounter(capacity: number, windowMs: number, phaseMs: number): Limiter {
  const counts = new Map<number, number>()
  const windowOf = (atMs: number): number => Math.floor((atMs - phaseMs) / windowMs)
  return {
    room: (atMs) => {
      const at = windowOf(atMs)
      const gone = (atMs - phaseMs) / windowMs - at
      return capacity - (counts.get(at) ?? 0) - (counts.get(at - 1) ?? 0) * (1 - gone)
    },
    passed: (atMs, count) => void counts.set(windowOf(atMs), (counts.get(windowOf(atMs)) ?? 0) + count),
  }
}
