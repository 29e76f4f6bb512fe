/** What both systems say of a cache line. */
import type { Cache } from '../../../../policy/features/cache/line.ts'
import type { LineFidelity } from '../../../cell.ts'
import { wholeSeconds } from './cache.ts'

/** What nginx does where RFC 9111 §4.4 wants a stored answer invalidated. */
export const invalidationDiffers =
  'nginx has no way to remove an entry (purging is part of its commercial version): after a POST, PUT, PATCH or DELETE the old answer is given until its time is over.'

/** How a cache line is carried out, and how that differs from what the policy says. */
export function cacheFidelity({ ttlMs, coalesce, staleOnErrorMs }: Cache): LineFidelity {
  return {
    level: 'approximated',
    how: [
      lifetimeInWords(ttlMs),
      'Hits carry no Age. An answer that came with an Age is not kept, because nginx would not take it off the lifetime.',
      invalidationDiffers,
      'Requests with Authorization go to the origin (BYPASS); what they get is kept for others where it says public, s-maxage or must-revalidate.',
      'An answer that varies by x-forwarded-for, or by x-consumer where that is not in the key, is not kept: nginx compares what the client sent. Of several Vary lines, versions before 1.23 read the last alone.',
      coalesce
        ? 'proxy_cache_lock: those who wait look again every 500 ms. If the answer may not be kept (private, no-store, Set-Cookie), they ask the origin one after another, one each half second. An expired entry is fetched by one request, and the others meanwhile get the expired answer (UPDATING).'
        : '',
      staleOnErrorMs > 0
        ? `proxy_cache_use_stale has no limit in time: an expired answer is served for as long as the origin fails, until nobody has asked for it for ten minutes (inactive), not for ${staleOnErrorMs} ms.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  }
}

function lifetimeInWords(ttlMs: number): string {
  const late = 'the clock has whole seconds, so an entry lives up to one second longer.'
  if (ttlMs === 0) return `proxy_cache keeps answers as the origin says, and no others: ${late}`
  const seconds = wholeSeconds(ttlMs)
  const rounded = seconds * 1000 === ttlMs ? '' : ` (rounded up from ${ttlMs} ms: nginx has whole seconds only)`
  return `proxy_cache_valid 200 ${seconds}s${rounded}: ${late}`
}
