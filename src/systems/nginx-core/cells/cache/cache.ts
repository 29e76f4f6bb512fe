/** proxy_cache after a policy's cache lines. */

import type { Cache } from '../../../../policy/features/cache/line.ts'
import { type Location, locations } from '../../../../policy/locations.ts'
import type { Policy } from '../../../../policy/policy.ts'
import { blank, block, type ConfNode, comment, directive, verbatim } from '../../../emit/nginx-conf.ts'
import type { Site } from '../../../system.ts'
import type { KeyParts, NginxAdds } from '../../adds.ts'
import { upstreamName } from '../../names.ts'
import { keptForNobody, neverKeptMaps } from './never-kept.ts'

/** nginx counts a TTL in whole seconds; what lies between is rounded up. */
export function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}

/** Settings of the http block: where answers are kept. */
function cacheStore(policy: Policy, site: Site): readonly ConfNode[] {
  if (policy.cache.length === 0) return []
  const seconds = Math.max(...policy.cache.map(({ ttlMs, staleOnErrorMs }) => wholeSeconds(ttlMs + staleOnErrorMs)))
  const byPathAlone = locations(policy).some(({ cache }) => cache && !cache.key.includes('query'))
  return [
    comment('inactive: an entry that nobody asked for so long is removed, fresh or not.'),
    directive(
      'proxy_cache_path',
      verbatim(`${site.scratchDir}/cache`),
      'levels=1:2',
      'keys_zone=edge_cache:4m',
      'max_size=64m',
      `inactive=${Math.max(600, seconds)}s`,
      'use_temp_path=off',
    ),
    comment('What is kept is sent from the file, without a copy in between.'),
    directive('sendfile', 'on'),
    directive('tcp_nopush', 'on'),
    ...(byPathAlone
      ? [
          comment('The path as it was sent: $uri is decoded, so that /a%2Fb would share an entry with /a/b.'),
          block('map', ['$request_uri', '$request_path'], [directive('~^(?<sent_path>[^?]*)', '$sent_path')]),
        ]
      : []),
    ...neverKeptMaps(policy),
    blank,
  ]
}

/** Settings of the server block. Locations with an add_header of their own must repeat it. */
const cacheStatus: readonly ConfNode[] = [
  comment('HIT, MISS, EXPIRED, STALE …; empty, and so not sent, where there is no cache.'),
  directive('add_header', 'X-Cache', '$upstream_cache_status', 'always'),
]

/** What both systems add of a cache. */
export const cacheAdds: NginxAdds = {
  http: cacheStore,
  server: ({ cache }) => (cache.length > 0 ? cacheStatus : []),
  location: (location, { keyParts }) =>
    location.cache ? { cache: cacheLines(location, location.cache, keyParts), uncompressed: true } : {},
}

/** Settings of a location. */
function cacheLines(location: Location, cache: Cache, variables: KeyParts): readonly ConfNode[] {
  const { route } = location
  const parts = (['consumer', 'representation'] as const).flatMap((part) =>
    (cache.key.includes(part) || part === 'representation') && variables[part] ? [variables[part]] : [],
  )
  const uri = cache.key.includes('query') ? '$request_uri' : '$request_path'
  return [
    directive('proxy_cache', 'edge_cache'),
    comment(
      'With the Host, because the origin gets it as the client chose it. It has no slash in it and what follows begins',
    ),
    comment('with one, so that no two keys can read alike.'),
    directive('proxy_cache_key', [upstreamName(route.origin), ...parts, '$http_host', uri].join('|')),
    ...keptForNobody(location),
    ...lifetime(cache),
    comment('From what is kept: a part of it (Range), and 304 to whoever has it.'),
    directive('proxy_force_ranges', 'on'),
    directive('if_modified_since', 'before'),
    ...(cache.coalesce
      ? [
          comment('One request fetches, the others wait: as long as an origin may take (proxy_read_timeout).'),
          directive('proxy_cache_lock', 'on'),
          directive('proxy_cache_lock_timeout', '60s'),
          directive('proxy_cache_lock_age', '60s'),
        ]
      : []),
    ...useStale(cache),
  ]
}

function lifetime({ ttlMs }: Cache): readonly ConfNode[] {
  return [
    ...(ttlMs > 0
      ? [
          comment('Where the origin does not say: its Cache-Control goes first.'),
          directive('proxy_cache_valid', '200', `${wholeSeconds(ttlMs)}s`),
        ]
      : []),
    comment('An expired answer with ETag or Last-Modified is asked for on condition: 304 renews it.'),
    directive('proxy_cache_revalidate', 'on'),
  ]
}

function useStale({ coalesce, staleOnErrorMs }: Cache): readonly ConfNode[] {
  const cases = [
    ...(staleOnErrorMs > 0
      ? ['error', 'timeout', 'invalid_header', 'http_500', 'http_502', 'http_503', 'http_504']
      : []),
    ...(coalesce ? ['updating'] : []),
  ]
  if (cases.length === 0) return []
  return [
    ...(coalesce
      ? [
          comment(
            'updating: the lock is for new entries only; while an expired one is fetched, the others get the old.',
          ),
        ]
      : []),
    directive('proxy_cache_use_stale', ...cases),
  ]
}
