/** What HAProxy’s cache makes of a line, and what it does not have. */
import type { Cache } from '../../policy/features/cache/line.ts'
import type { LineFidelity } from '../cell.ts'

export const noCoalescing =
  'HAProxy’s cache has no lock: requests that come at once for a missing entry all go to the origin, and the first whole answer is kept.'

export const noStale = 'HAProxy’s cache gives nothing after its time, whether the origin fails or not.'

/**
 * What is written into Cache-Control for a ttl. HAProxy counts whole seconds of the clock, and an entry begins within
 * one: of the lifetime that it is told up to a second is lost.
 */
export function statedSeconds({ ttlMs }: Pick<Cache, 'ttlMs'>): number {
  return Math.ceil(ttlMs / 1000) + 1
}

export function cacheFidelity(cache: Cache): LineFidelity {
  const { ttlMs, key, coalesce, staleOnErrorMs } = cache
  return {
    level: 'approximated',
    how: [
      ttlMs > 0
        ? `cache-use and cache-store, with s-maxage=${statedSeconds(cache)} where the origin says nothing: the clock has whole seconds, so an entry lives up to one second longer${ttlMs % 1000 === 0 ? '' : ` than ${Math.ceil(ttlMs / 1000)} s (rounded up from ${ttlMs} ms)`}.`
        : 'cache-use and cache-store keep answers as the origin says, and no others.',
      'Answers with Set-Cookie or Age are not kept, nor those to requests with Authorization unless they say public. A client that says no-cache gets past it. A request for a part (Range) gets the whole of what is kept.',
      key.includes('consumer')
        ? 'The consumer is put before the Host while the key is made; a POST removes the entry of that consumer only.'
        : '',
      coalesce ? noCoalescing : '',
      staleOnErrorMs > 0 ? noStale : '',
    ]
      .filter(Boolean)
      .join(' '),
  }
}
