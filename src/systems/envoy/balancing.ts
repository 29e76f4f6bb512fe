/** The instances of every origin, and how requests spread over them. */
import { isIP } from 'node:net'
import type { Balancing } from '../../policy/features/balancing/line.ts'
import { balancingOf } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { commented, type YamlData } from '../emit/yaml.ts'
import type { Address, Site } from '../system.ts'
import type { EnvoyCell } from './bootstrap/adds.ts'
import { extension, type YamlMap } from './bootstrap/extension.ts'
import { noLimits } from './bootstrap/managers.ts'

const nobodyElse = 'Envoy asks no second instance unless a route has a retry policy, and none has one here.'

export const balancing: EnvoyCell<'balancing'> = {
  support: {
    level: 'native',
    how: 'A cluster for each origin: round robin with weights, least request, ring hash and more. Least request looks at two instances chosen by lot, the busier of which may still be chosen twice; FULL_SCAN looks at all. Connections are kept by itself, and a limit of 1024 requests at once for each cluster, which nobody asked for, has to be raised.',
    docs: 'https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/load_balancers',
  },
  adds: { clusters },
  fidelity: ({ origin, method, weights }) => {
    const how = {
      'round-robin': `lb_policy ROUND_ROBIN in cluster ${origin}.`,
      'least-connections': `least_request in cluster ${origin}, which counts requests in flight, with FULL_SCAN over all instances; ties are broken by lot.`,
      weighted: `load_balancing_weight ${(weights ?? []).join(', ')} on the endpoints of cluster ${origin} with lb_policy ROUND_ROBIN.`,
    }
    return { level: 'exact', how: `${how[method]} ${nobodyElse}` }
  },
}

/** One cluster for every origin that a route names. */
function clusters(policy: Policy, site: Site): readonly YamlData[] {
  const origins = [...new Set(policy.routes.map(({ origin }) => origin))]
  return origins.map((origin, index) => {
    const line = balancingOf(policy, origin)
    const addresses = site.origins[origin] ?? []
    const limits = noLimits()
    return {
      name: origin,
      type: addresses.every(({ host }) => isIP(host)) ? 'STATIC' : 'STRICT_DNS',
      connect_timeout: '2s',
      ...method(line),
      circuit_breakers: index === 0 ? commented('By default 1024 requests at once, and 503 for more.', limits) : limits,
      load_assignment: {
        cluster_name: origin,
        endpoints: [{ lb_endpoints: addresses.map((address, place) => endpoint(address, line.weights?.[place])) }],
      },
    }
  })
}

function method({ method }: Balancing): YamlMap {
  if (method !== 'least-connections') return { lb_policy: 'ROUND_ROBIN' }
  const leastRequest = extension(
    'envoy.load_balancing_policies.least_request',
    'envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest',
    { selection_method: commented('The default compares two that are drawn by lot.', 'FULL_SCAN') },
  )
  return { load_balancing_policy: { policies: [{ typed_extension_config: leastRequest }] } }
}

function endpoint({ host, port }: Address, weight: number | undefined): YamlData {
  return {
    endpoint: { address: { socket_address: { address: host, port_value: port } } },
    load_balancing_weight: weight,
  }
}
