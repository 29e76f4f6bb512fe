/** From the locations of a policy to routes: at the edge and, where a location caches, one behind the cache as well. */
import { type Location, locations } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import { readyPath } from '../../system.ts'
import type { EnvoyAdds, LocationPart, Way } from './adds.ts'
import type { YamlMap } from './extension.ts'
import { headerMutationOfRoute, type Mutations } from './header-mutation.ts'
import { behindCaches } from './managers.ts'
import { pathMatch } from './matching.ts'

export interface LocationRoutes {
  /** Longest paths first: the first route that matches counts. */
  readonly edge: readonly YamlMap[]
  /** None where nothing is cached. */
  readonly inner: readonly YamlMap[]
}

/** The filter that a location's own headers are set by. */
export const locationHeaders = 'edge.headers'

const anyWay: Way = { headers: [], representation: 'plain', filters: {}, withheld: [] }

export function locationRoutes(policy: Policy, adds: readonly EnvoyAdds[]): LocationRoutes {
  const pairs = locations(policy).flatMap((location) => {
    const ways = adds.flatMap((add) => add.ways?.(policy, location) ?? [])
    const all = ways.length > 0 ? ways : [anyWay]
    return all.map((way) => {
      const context = { policy, way, manyWays: all.length > 1 }
      return routesOf(
        location,
        way,
        adds.flatMap((add) => add.location?.(location, context) ?? []),
      )
    })
  })
  const inner = pairs.flatMap((pair) => pair.inner)
  return {
    edge: [ready(inner.length > 0), ...pairs.flatMap(({ edge }) => edge)],
    inner: inner.length > 0 ? [answersReady, ...inner] : [],
  }
}

const readyMatch: YamlMap = { path: readyPath }
const answersReady: YamlMap = { match: readyMatch, direct_response: { status: 204 } }

/** Through both managers where there are two. */
function ready(twoManagers: boolean): YamlMap {
  return twoManagers ? { match: readyMatch, route: { cluster: behindCaches } } : answersReady
}

function routesOf(location: Location, way: Way, parts: readonly LocationPart[]): LocationRoutes {
  const together = (of: (part: LocationPart) => YamlMap | undefined): YamlMap =>
    Object.assign({}, ...parts.map((part) => of(part)))
  const mutations: Mutations = {
    request: parts.flatMap(({ headers }) => headers?.request ?? []),
    response: parts.flatMap(({ headers }) => headers?.response ?? []),
  }
  const changes = (mutations.request?.length ?? 0) + (mutations.response?.length ?? 0) > 0
  const edge = {
    ...together((part) => part.edge),
    ...(changes ? { [locationHeaders]: headerMutationOfRoute(mutations) } : {}),
  }
  const origin = { ...together((part) => part.origin), ...way.filters }
  const withheld = [...new Set([...parts.flatMap((part) => part.withheld ?? []), ...way.withheld])]
  const match = { ...pathMatch(location.path), headers: way.headers.length > 0 ? way.headers : undefined }
  const toOrigin = { cluster: location.route.origin, timeout: originTimeout }
  if (!parts.some(({ apart }) => apart))
    return {
      edge: [route(match, toOrigin, { ...edge, ...origin }, withheld, way)],
      inner: [],
    }
  return {
    edge: [route(match, { cluster: behindCaches, timeout: originTimeout }, edge, [], anyWay)],
    inner: [route(match, toOrigin, origin, withheld, way)],
  }
}

/** As long as NGINX waits by default; Envoy would 15 s. */
const originTimeout = '60s'

function route(
  match: YamlMap,
  action: YamlMap,
  filters: YamlMap,
  withheld: readonly string[],
  { fields }: Way,
): YamlMap {
  return {
    match,
    route: action,
    ...fields,
    request_headers_to_remove: withheld.length > 0 ? withheld : undefined,
    typed_per_filter_config: Object.keys(filters).length > 0 ? filters : undefined,
  }
}
