import type { PolicyLine } from '../../policy/lines.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Carried } from '../fidelity.ts'

/** How the shared program carries out routes, balancing and cache. */
export function carriedByCore(policy: Policy, { feature, index }: PolicyLine): Carried {
  if (feature === 'balancing')
    return { level: 'exact', how: 'balance.ts: one counter for all connections of the one process' }
  if (feature === 'routes') return { level: 'exact', how: 'locations in edge.json, longest path first' }
  const line = policy.cache[index]
  return line && line.ttlMs % 1000 !== 0
    ? { level: 'approximated', how: 'Cache-Control knows whole seconds: the lifetime is rounded up' }
    : { level: 'exact', how: 'undici’s cache and deduplicate interceptors; a lifetime where the origin names none' }
}
