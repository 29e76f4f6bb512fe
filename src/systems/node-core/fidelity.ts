import type { PolicyLine } from '../../policy/lines.ts'
import type { Policy } from '../../policy/policy.ts'
import { formatMs } from '../../units.ts'
import type { Carried } from '../fidelity.ts'

/** How the shared program carries out routes, balancing and cache. */
export function carriedByCore(policy: Policy, { feature, index }: PolicyLine): Carried {
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
  const { staleOnErrorMs } = policy.cache[index]!
  const how = 'undici’s cache and deduplicate interceptors; the lifetime to the millisecond where the origin names none'
  return staleOnErrorMs % 1000 === 0
    ? { level: 'exact', how }
    : {
        level: 'approximated',
        how: `${how}; stale-if-error is in whole seconds: ${formatMs(staleOnErrorMs)} is rounded up`,
      }
}
