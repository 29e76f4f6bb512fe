/** The instances of every origin, and whose turn it is. */
import type { Balancing } from '../../policy/features/balancing/line.ts'
import { balancingOf } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { LineFidelity } from '../cell.ts'
import type { YamlData } from '../emit/yaml.ts'
import { hostAndPort, type Site } from '../system.ts'
import type { ByName, TraefikCell } from './native/adds.ts'
import { nameOf } from './native/names.ts'

export const balancing: TraefikCell<'balancing'> = {
  support: {
    level: 'native',
    how: 'A service with its servers: smooth weighted turns (wrr) by default. For the fewest connections there is p2c, which draws two servers and takes the less busy one; it ignores weights.',
    docs: 'https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/service/',
  },
  adds: { services },
  fidelity,
}

/** One service for every origin that a route names. */
function services(policy: Policy, site: Site): ByName {
  const origins = [...new Set(policy.routes.map(({ origin }) => origin))]
  return Object.fromEntries(
    origins.map((origin): [string, YamlData] => {
      const { method, weights } = balancingOf(policy, origin)
      const servers = (site.origins[origin] ?? []).map((address, index) => ({
        url: `http://${hostAndPort(address)}`,
        weight: method === 'weighted' ? (weights?.[index] ?? 1) : undefined,
      }))
      const strategy = method === 'least-connections' ? 'p2c' : 'wrr'
      return [nameOf(origin), { loadBalancer: { strategy, servers } }]
    }),
  )
}

function fidelity({ method, weights }: Balancing): LineFidelity {
  const nobodyElse =
    'Without a retry middleware and health checks, whoever meets an instance that fails gets its failure.'
  switch (method) {
    case 'round-robin':
      return { level: 'exact', how: `strategy wrr, where all weights are 1. ${nobodyElse}` }
    case 'weighted':
      return { level: 'exact', how: `strategy wrr with ${weights?.join(' : ')}, in smooth turns. ${nobodyElse}` }
    case 'least-connections':
      return {
        level: 'approximated',
        how: `strategy p2c: of two instances drawn by lot the less busy one, which of more than two need not be the least busy of all. ${nobodyElse}`,
      }
  }
}
