import type { Balancing } from '../../policy/features/balancing/line.ts'
import { balancingOf } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { hostAndPort, type Site } from '../system.ts'
import type { KongCell } from './native/adds.ts'

export const balancing: KongCell<'balancing'> = {
  support: {
    level: 'native',
    how: 'An upstream is a virtual host that a service points at; its targets are the instances. The algorithm is round robin by weight, least connections, or hashing. It would try five more times where one fails, and take failing targets out, if it were told to.',
    docs: 'https://developer.konghq.com/gateway/entities/upstream/',
  },
  adds: { upstreams },
  fidelity: ({ origin, method }) => ({
    level: 'exact',
    how: `${algorithmOf(method)} in upstream ${origin}. retries 0 and no health checks: whoever meets an instance that fails gets its failure.`,
  }),
}

/** One for every origin that a route names. */
function upstreams(policy: Policy, site: Site) {
  const origins = [...new Set(policy.routes.map(({ origin }) => origin))]
  return origins.map((origin) => {
    const { method, weights } = balancingOf(policy, origin)
    return {
      name: origin,
      algorithm: algorithmOf(method),
      targets: (site.origins[origin] ?? []).map((address, index) => ({
        target: hostAndPort(address),
        ...(method === 'weighted' ? { weight: weights?.[index] ?? 1 } : {}),
      })),
    }
  })
}

function algorithmOf(method: Balancing['method']): string {
  return method === 'least-connections' ? 'least-connections' : 'round-robin'
}
