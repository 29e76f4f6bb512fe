import type { Cache } from '../../../../policy/features/cache/line.ts'
import type { LineFidelity } from '../../../cell.ts'
import { hasFilterKey } from './key.ts'
import { wholeSeconds } from './lifetime.ts'

export const neverInvalidated =
  'Envoy’s cache_v2 has no way to remove an entry: after a POST, PUT, PATCH or DELETE the old answer is given until its time is over.'

export const neverStale =
  'Envoy’s cache_v2 gives no answer that has expired: while the origin fails, its failure is what the client gets.'

/** How a cache line is carried out, and how that differs from what the policy says. */
export function cacheFidelity(cache: Cache): LineFidelity {
  const { coalesce, staleOnErrorMs } = cache
  return {
    level: 'approximated',
    how: [
      lifetimeInWords(cache),
      hasFilterKey(cache)
        ? ''
        : 'lua/to-cache-key.lua puts the key in place of the query, which the filter looks at, and lua/from-cache-key.lua puts the query back.',
      coalesce
        ? 'One of several requests for the same fetches; if its answer may not be kept, the others ask the origin all at once when it is there.'
        : 'One of several requests for the same fetches, although the policy does not ask for it: the filter has no switch for that.',
      neverInvalidated,
      staleOnErrorMs > 0 ? neverStale : '',
      'Answers with Vary are kept for nobody, and requests with Authorization go to the origin.',
    ]
      .filter(Boolean)
      .join(' '),
  }
}

function lifetimeInWords({ ttlMs }: Cache): string {
  const late =
    'ages are whole seconds, so an entry lives up to one second longer, one that the origin gives max-age=0 too.'
  if (ttlMs === 0) return `cache_v2 keeps answers as the origin says, and no others: ${late}`
  const seconds = wholeSeconds(ttlMs)
  const rounded = seconds * 1000 === ttlMs ? '' : ` (rounded up from ${ttlMs} ms)`
  return `cache_v2, behind it Cache-Control: max-age=${seconds}${rounded} for a 200 that says nothing of its freshness: ${late}`
}
