/** Token buckets: who asks more often than a bucket is filled waits. One for each key, for as many keys as fit. */

export interface BucketLimits {
  /** How many may come at once. */
  readonly burst: number
  readonly perSecond: number
}

export interface Buckets {
  /** Takes one. 0: it was there; else in how many milliseconds there is one, and nothing is taken. */
  take(key: string, nowMs: number): number
  /** The same, without taking. */
  waitOf(key: string, nowMs: number): number
}

/** `most` keys at most: then the one that was not asked for longest is forgotten, and its bucket is full again. */
export function buckets({ burst, perSecond }: BucketLimits, most = 10_000): Buckets {
  const kept = new Map<string, { readonly level: number; readonly atMs: number }>()
  const levelOf = (key: string, nowMs: number): number => {
    const bucket = kept.get(key)
    if (!bucket) return burst
    return Math.min(burst, bucket.level + (Math.max(0, nowMs - bucket.atMs) / 1000) * perSecond)
  }
  const waitAt = (level: number): number => (level >= 1 ? 0 : Math.ceil(((1 - level) / perSecond) * 1000))
  return {
    take: (key, nowMs) => {
      const level = levelOf(key, nowMs)
      if (level < 1) return waitAt(level)
      // Set anew, so that the map's order is that of the last use.
      kept.delete(key)
      kept.set(key, { level: level - 1, atMs: nowMs })
      if (kept.size > most) kept.delete(kept.keys().next().value!)
      return 0
    },
    waitOf: (key, nowMs) => waitAt(levelOf(key, nowMs)),
  }
}
