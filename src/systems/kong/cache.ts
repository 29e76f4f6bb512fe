import type { Cache } from '../../policy/features/cache/line.ts'
import type { Location } from '../../policy/locations.ts'
import { consumerHeader } from '../../policy/policy.ts'
import { formatMs } from '../../units.ts'
import { luaString } from '../emit/lua.ts'
import { cacheLua } from './assets/cache.lua.ts'
import type { KongCell, RouteAdds } from './native/adds.ts'

export const cache: KongCell<'cache'> = {
  support: {
    level: 'plugin',
    how: 'proxy-cache, in memory that the workers share: by route, consumer, path and query, and by headers that are named. It either follows the origin’s Cache-Control or a TTL of its own, never the one where the other is missing, and ignores Vary: a few lines of Lua before it mend both. It holds nobody back who asks for what is being fetched, and gives nothing that has expired.',
    docs: 'https://developer.konghq.com/plugins/proxy-cache/',
  },
  traits: { coalescing: 'none' },
  adds: {
    route: (location) => (location.cache ? routeFor(location.cache, location) : {}),
    modules: { entry: 'edge.cache', sources: { 'edge.cache': cacheLua } },
  },
  fidelity: ({ ttlMs, key, coalesce, staleOnErrorMs }) => ({
    level: 'approximated',
    how: [
      'proxy-cache with cache_control: it keeps what the origin gives a lifetime.',
      ttlMs > 0
        ? `pre-function gives ${wholeSeconds(ttlMs)} s${wholeSeconds(ttlMs) * 1000 === ttlMs ? '' : ` (rounded up from ${formatMs(ttlMs)}: whole seconds only)`} to answers that state none, and clients are told so too.`
        : '',
      'An answer that varies by a header that is not told apart is not kept, and goes on with no-store. Entries differ by Host and Authorization; what came for one Authorization is given to nobody with another, even if it says public. Types other than those with no parameter or charset UTF-8 are not kept.',
      invalidationDiffers,
      key.includes('query')
        ? ''
        : 'Kong’s list of parameters cannot be empty: it has one that nobody sends. A path with any query and without one are two entries.',
      key.includes('consumer') ? '' : 'Where keys are checked each consumer has entries of its own all the same.',
      coalesce ? coalescingDiffers : '',
      staleOnErrorMs > 0 ? staleDiffers : '',
    ]
      .filter(Boolean)
      .join(' '),
  }),
}

export const coalescingDiffers =
  'proxy-cache has no lock: all who ask for an entry that is missing or has just expired go to the origin.'
export const staleDiffers = 'proxy-cache gives nothing that has expired, whether the origin fails or not.'
export const invalidationDiffers =
  'An entry is removed by its lifetime or the Admin API, not by a POST, PUT, PATCH or DELETE of its URI.'

function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000)
}

/** Entries differ by these, so that answers may vary by them. */
const keyHeaders = ['Authorization', 'Host']

function routeFor({ ttlMs, key }: Cache, { apiKey }: Location): RouteAdds {
  // Compressed, an answer could be kept for a client that cannot read it: the origin is asked for plain ones.
  const known = [...keyHeaders, 'Accept-Encoding', ...(apiKey ? [consumerHeader] : [])]
  return {
    withheld: ['accept-encoding'],
    plugins: [
      {
        name: 'proxy-cache',
        config: {
          strategy: 'memory',
          cache_control: true,
          request_method: ['GET'],
          response_code: [200],
          content_type: ['*/*', '*/*; charset=utf-8', '*/*; charset=UTF-8'],
          vary_headers: keyHeaders,
          // An empty list would mean all of them.
          ...(key.includes('query') ? {} : { vary_query_params: ['-'] }),
          response_headers: { 'X-Cache-Key': false },
        },
      },
    ],
    functions: [
      {
        plugin: 'pre-function',
        phase: 'header_filter',
        lua: `return require("edge.cache").filling(${wholeSeconds(ttlMs)}, ${luaSet(known)})`,
      },
      { plugin: 'post-function', phase: 'header_filter', lua: 'return require("edge.cache").tell' },
    ],
  }
}

function luaSet(names: readonly string[]): string {
  return `{ ${names.map((each) => `[${luaString(each.toLowerCase())}] = true`).join(', ')} }`
}
