/** The two HTTP connection managers: the edge, which clients reach, and the one behind its caches. */
import { consumerHeader } from '../../../policy/policy.ts'
import { commented, type YamlData } from '../../emit/yaml.ts'
import type { Address } from '../../system.ts'
import { extension, type YamlMap } from './extension.ts'
import { append, headerMutation, remove } from './header-mutation.ts'

/** How what is kept at the edge reaches the second manager: within the process, through a listener without a port. */
export const behindCaches = 'edge.behind-caches'

/** What a manager knows of the policy. */
export interface Passing {
  readonly routes: readonly YamlData[]
  readonly filters: readonly YamlData[]
  readonly refusals: YamlData
}

export function edgeListener({ host, port }: Address, passing: Passing): YamlMap {
  return {
    name: 'edge',
    address: { socket_address: { address: host, port_value: port } },
    enable_reuse_port: commented('A port that is taken is an error, not shared with whoever has it.', false),
    filter_chains: filterChains('edge', passing, {
      use_remote_address: commented('Nobody in front of us is trusted to say who the caller is.', true),
      skip_xff_append: commented(
        'Done below: where the caller is on this machine, Envoy would add its own address.',
        true,
      ),
      common_http_protocol_options: {
        headers_with_underscores_action: commented('To some origins x_consumer is x-consumer.', 'DROP_HEADER'),
      },
      http_protocol_options: { accept_http_10: true, default_host_for_http_10: 'edge' },
      normalize_path: commented(
        'So that /a/../b, //b, /%62 and /a%2F..%2Fb are all /b to the routes. Off by default.',
        true,
      ),
      merge_slashes: true,
      path_with_escaped_slashes_action: 'UNESCAPE_AND_FORWARD',
    }),
  }
}

/** The first filter of the edge: what a client must not say itself, and who it is. */
export const callerFilter: YamlMap = headerMutation('edge.caller', {
  request: [
    remove(consumerHeader),
    remove('x-envoy-external-address'),
    append('x-forwarded-for', '%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%'),
  ],
})

export function innerListener(passing: Passing): YamlMap {
  return { name: behindCaches, internal_listener: {}, filter_chains: filterChains(behindCaches, passing, {}) }
}

export const innerCluster: YamlMap = {
  name: behindCaches,
  type: 'STATIC',
  circuit_breakers: noLimits(),
  load_assignment: {
    cluster_name: behindCaches,
    endpoints: [
      { lb_endpoints: [{ endpoint: { address: { envoy_internal_address: { server_listener_name: behindCaches } } } }] },
    ],
  },
}

export const innerExtension: YamlMap = extension(
  'envoy.bootstrap.internal_listener',
  'envoy.extensions.bootstrap.internal_listener.v3.InternalListener',
)

/** The defaults are 1024 requests and connections for a cluster: more would be refused by us, not by the origin. */
export function noLimits(): YamlMap {
  const many = 100_000
  return { thresholds: [{ max_connections: many, max_pending_requests: many, max_requests: many }] }
}

function filterChains(name: string, { routes, filters, refusals }: Passing, settings: YamlMap): YamlData {
  const manager = extension(
    'envoy.filters.network.http_connection_manager',
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: name,
      ...settings,
      server_header_transformation: commented(
        'Answers keep the Server of their origin, and get none of ours.',
        'PASS_THROUGH',
      ),
      generate_request_id: false,
      local_reply_config: refusals,
      route_config: { virtual_hosts: [{ name, domains: ['*'], routes }] },
      http_filters: commented(
        'Requests pass them downwards, answers upwards. What is disabled a route switches on, by its name.',
        [...filters, router],
      ),
    },
  )
  return [{ filters: [manager] }]
}

const router: YamlMap = extension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router', {
  suppress_envoy_headers: true,
})
