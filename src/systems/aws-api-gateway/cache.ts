import type { Cache } from '../../policy/features/cache/line.ts'
import { formatMs } from '../../units.ts'
import type { LineFidelity } from '../cell.ts'
import { otherKeys } from './api-key.ts'
import type { ApiCell } from './definition/adds.ts'
import { whyNoResource } from './definition/resources.ts'
import type { MethodSetting } from './definition/stage.ts'

const longestSeconds = 3600

export const cache: ApiCell<'cache'> = {
  support: {
    level: 'native',
    how: 'A cache of the stage, paid by the hour and size, for GET. Its key are the parameters that you declare by name, and nothing else: a query parameter that nobody declared makes no difference. It does not read what the origin says: private, no-store, Set-Cookie and Vary are kept and given to everybody, errors too. So here nothing reaches the origin of a cached path that is not part of the key, and no cookie comes back. Requests that wait for the same answer each ask the origin; nothing is served stale; nothing tells the client of a hit. Cache-Control: max-age=0 of a client with permission renews an entry.',
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html',
  },
  traits: { coalescing: 'none' },
  adds: {
    mappedGet: ({ cache, apiKey }) =>
      cache && {
        isCached: true,
        requestHeaders: ['Authorization'],
        // Who asks is part of the key wherever it is known: the cache does not heed `private`.
        keyHeaders: apiKey ? ['X-API-Key'] : [],
      },
    setting: ({ cache }, httpMethod): Partial<MethodSetting> => {
      // Not those of the path around it either.
      if (!cache || httpMethod !== 'GET') return {}
      return {
        CachingEnabled: true,
        CacheTtlInSeconds: Math.min(longestSeconds, Math.ceil(cache.ttlMs / 1000)),
        RequireAuthorizationForCacheControl: true,
        UnauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
      }
    },
  },
  cannot: ({ path, ttlMs }, policy) =>
    whyNoResource(path) ??
    (ttlMs === 0
      ? 'The stage cache does not read what the origin says of keeping: without a ttl it keeps nothing.'
      : undefined) ??
    otherKeys(policy, path),
  fidelity,
}

function fidelity({ ttlMs, key, coalesce, staleOnErrorMs }: Cache): LineFidelity {
  const seconds = Math.min(longestSeconds, Math.ceil(ttlMs / 1000))
  return {
    level: 'approximated',
    how: [
      `CacheTtlInSeconds ${seconds}${seconds * 1000 === ttlMs ? '' : ` for ${formatMs(ttlMs)}: whole seconds, an hour at most`}, whatever the origin says: private and no-store are kept as well, errors too.`,
      'The key are the path, Authorization, and the caller’s key where the path wants one.',
      key.includes('query')
        ? 'No query parameter is in it, because API Gateway takes those that are declared by name and the policy names none: they do not reach the origin of a cached path.'
        : '',
      'Vary and Set-Cookie of the origin do not reach the client. An answer above 1 MB is not kept.',
      coalesce ? 'No coalescing: requests that wait for the same answer each ask the origin.' : '',
      staleOnErrorMs > 0 ? 'Nothing is served stale.' : '',
      'A POST takes nothing out of the cache. No header tells of a hit.',
    ]
      .filter(Boolean)
      .join(' '),
  }
}
