/** The filter cache_v2 at the edge. What is done with a request and its answer behind it, a second manager does. */
import type { Cache } from '../../policy/features/cache/line.ts'
import { cacheStatusHeader } from '../../policy/policy.ts'
import { commented } from '../emit/yaml.ts'
import type { Site } from '../system.ts'
import type { EnvoyCell, LocationContext, LocationPart, PlacedFilter } from './bootstrap/adds.ts'
import { cacheFidelity } from './bootstrap/cache/fidelity.ts'
import { keyFilters, ownKey } from './bootstrap/cache/key.ts'
import { lifetimeFilter, lifetimeName } from './bootstrap/cache/lifetime.ts'
import { extension, switchedOn, typed } from './bootstrap/extension.ts'
import { headerMutation, remove, set } from './bootstrap/header-mutation.ts'

export const cache: EnvoyCell<'cache'> = {
  support: {
    level: 'native',
    how: 'The filter cache_v2, in memory or on disk, in which one of several requests for the same fetches. It obeys the origin’s Cache-Control and nothing else, asks the origin by itself, past all filters and route settings behind it, and its key is host, path and query. So the policy’s ttl is added by a second connection manager behind it, and another key takes a script. It keeps no answer with Vary, gives none that has expired and removes none. Its makers mark it as work in progress: not for production, and not covered by Envoy’s security policy.',
    docs: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/cache_v2_filter',
  },
  traits: { coalescing: 'told' },
  adds: {
    filters: ({ cache }, site) => (cache.length > 0 ? filtersOf(cache, site) : []),
    location: ({ cache }, context) => (cache ? cachingPart(cache, context) : {}),
  },
  fidelity: cacheFidelity,
}

const cacheFilter = 'envoy.filters.http.cache_v2'
const restoreFilter = 'edge.caller-behind-cache'
/** Who the caller is, past the cache, which writes its own address into x-forwarded-for. */
const callerHeader = 'x-edge-forwarded-for'

function filtersOf(lines: readonly Cache[], site: Site): readonly PlacedFilter[] {
  return [
    ...keyFilters(site),
    {
      place: 'cache',
      filter: extension(cacheFilter, 'envoy.extensions.filters.http.cache_v2.v3.CacheV2Config', {
        typed_config: commented(
          'On disk, because there it has a limit; in memory entries are never removed.',
          typed('envoy.extensions.http.cache_v2.file_system_http_cache.v3.FileSystemHttpCacheV2Config', {
            manager_config: { thread_pool: { thread_count: 1 } },
            cache_path: `${site.scratchDir}/`,
            max_cache_size_bytes: 64 * 1024 * 1024,
          }),
        ),
        ignore_request_cache_control_header: true,
      }),
    },
    {
      place: 'origin',
      filter: headerMutation(restoreFilter, {
        request: [set('x-forwarded-for', `%REQ(${callerHeader})%`), remove(callerHeader), remove('x-envoy-internal')],
      }),
    },
    ...lines.map((line, index) => lifetimeFilter(line, index)),
  ]
}

function cachingPart(cache: Cache, context: LocationContext): LocationPart {
  const key = ownKey(cache, context)
  const lifetime = lifetimeName(context.policy.cache.indexOf(cache))
  return {
    apart: true,
    edge: { ...key?.edge, [cacheFilter]: switchedOn },
    origin: {
      [restoreFilter]: switchedOn,
      ...key?.origin,
      ...(cache.ttlMs > 0 ? { [lifetime]: switchedOn } : {}),
    },
    headers: {
      request: [set(callerHeader, '%REQ(x-forwarded-for)%'), ...(key?.request ?? [])],
      response: [remove('x-envoy-upstream-service-time'), set(cacheStatusHeader, statusInWords)],
    },
    // Compressed, an answer would be kept for nobody: it varies.
    withheld: ['accept-encoding'],
  }
}

/** Nothing where the edge refused before it looked. */
const statusInWords = [
  "%CEL(response.code_details == 'cache.response_from_cache_filter' ? 'HIT'",
  ": response.code_details.endsWith('via_upstream') ? 'MISS' : '')%",
].join(' ')
