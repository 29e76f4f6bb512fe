import type { PolicyLine } from '../../policy/lines.ts'
import type { Policy } from '../../policy/policy.ts'
import { formatMs } from '../../units.ts'
import type { LineFidelity } from '../fidelity.ts'

/** How the shared program carries out routes, balancing and cache. */
export function carriedByCore(policy: Policy, { feature, index }: PolicyLine): LineFidelity {
  if (feature === 'balancing')
    return {
      level: 'exact',
      how: 'balance.ts: one counter for all connections of the one process; keepAlive: they stay open',
    }
  if (feature === 'routes')
    return {
      level: 'exact',
      how: 'locations in edge.json, longest path first; compared decoded, dot segments resolved; forwarded: the origin is told who asks',
    }
  const { coalesce, staleOnErrorMs, ttlMs } = policy.cache[index]!
  return {
    level: 'exact',
    how: [
      `undici’s cache interceptor with a store of its own; ${ttlMs > 0 ? 'the lifetime to the millisecond where the origin states none' : 'without a ttl an answer that states no lifetime is asked for again each time'}`,
      coalesce ? 'coalescing.ts: who waits shares only what was stored for them' : '',
      staleOnErrorMs > 0 ? `${formatMs(staleOnErrorMs)} of stale-if-error in the store, never in a header` : '',
      'a client’s Cache-Control counts',
    ]
      .filter(Boolean)
      .join('; '),
  }
}
