/** The headers in which every edge says what it did, whichever system it is. */

/** What the cache did, told to the client: HIT, MISS, STALE, … (absent: no cache on this path). */
export const cacheStatusHeader = 'x-cache'

/** Words of that header for answers that cost the origin nothing. */
export const fromCacheWords: readonly string[] = ['HIT', 'STALE', 'UPDATING']

/** Who the caller is, told to the origin. */
export const consumerHeader = 'x-consumer'
