/**
 * undici's shared cache (RFC 9111) and its coalescing, told what the policy says. Storage, freshness, age and stale
 * answers are the library's. Two thin layers of ours lie around it: the one above writes the policy's key into the path
 * that the cache sees, the one below tells it what the policy adds to the origin's Cache-Control.
 */
import { cacheStores, interceptors } from 'undici'
import { type Cache, cacheStatusHeader, consumerHeader } from '../../policy/policy.ts'
import { headersOf, type Interceptor, type Options, type ResponseHeaders, relay } from './relay.ts'
import { wholeAnswers } from './whole-answer.ts'

const mostEntries = 20_000
const mostBytes = 256 * 1024 * 1024
const largestEntry = 8 * 1024 * 1024

/** Carries the origin's own wording of the headers that we reword for the cache. Never leaves the edge. */
const asSent = 'edge-as-sent'

/** What the layers know of one request; undici copies it along with the options. */
interface Passage {
  readonly path: string
  asked: boolean
}
const passage = Symbol('passage')
type CachedOptions = Options & { readonly [passage]?: Passage }

/** Innermost first, as undici composes them. */
export function caching(cache: Cache): readonly Interceptor[] {
  const store = new cacheStores.MemoryCacheStore({
    maxCount: mostEntries,
    maxSize: mostBytes,
    maxEntrySize: largestEntry,
  })
  return [
    belowCache(cache),
    ...(cache.coalesce
      ? [interceptors.deduplicate({ excludeHeaderNames: [...notAsked], maxBufferSize: largestEntry })]
      : []),
    // Milliseconds, though undici's documentation does not say so.
    interceptors.cache({ store, methods: ['GET'], type: 'shared', cacheByDefault: cache.ttlMs }),
    aboveCache(cache),
  ]
}

/** Who and through what a client asks, not what for: two requests that differ only here are one for coalescing. */
const notAsked = [
  consumerHeader,
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-request-id',
  'traceparent',
  'tracestate',
  'user-agent',
  'referer',
  'host',
]

/**
 * A client's wishes that a shared cache at the edge does not follow: nobody can reach past it to the origin, and what
 * is stored is always the whole, uncompressed answer (NGINX's proxy_cache drops the conditions and ranges as well).
 */
const dropped = [
  'cache-control',
  'pragma',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'range',
  'accept-encoding',
]

function aboveCache({ key }: Cache): Interceptor {
  return (dispatch) => (options, handler) => {
    const cacheable = options.method === 'GET' || options.method === 'HEAD'
    const passed: Passage = { path: options.path, asked: !cacheable }
    const answered = relay(handler, {
      onResponseStart: (controller, status, headers, message) =>
        handler.onResponseStart?.(
          controller,
          status,
          toClient(status, headers, cacheable ? passed : undefined),
          message,
        ),
    })
    if (!cacheable) return dispatch(options, answered)
    const headers = { ...headersOf(options) }
    for (const name of dropped) delete headers[name]
    const path = key.includes('query') ? options.path : options.path.replace(/\?.*/s, '')
    const parts = [
      key.includes('consumer') ? headers[consumerHeader] : '',
      key.includes('representation') ? headers['accept'] : '',
    ]
    // `#` ends a path, so that no request can write another's key. HEAD is answered from what GET stored.
    const keyed: CachedOptions = {
      ...options,
      method: 'GET',
      headers,
      path: `${path}#${parts.join('#')}`,
      [passage]: passed,
    }
    return dispatch(keyed, answered)
  }
}

/** The origin's own wording again, and what the cache did. */
function toClient(status: number, headers: ResponseHeaders, passed: Passage | undefined): ResponseHeaders {
  const { [asSent]: wording, warning, ...rest } = headers
  const stale = typeof warning === 'string' && warning.startsWith('110')
  return {
    ...rest,
    ...(wording === undefined ? {} : JSON.parse(String(wording))),
    ...(warning === undefined || stale ? {} : { warning }),
    [cacheStatusHeader]: !passed ? 'BYPASS' : stale ? 'STALE' : passed.asked || status !== 200 ? 'MISS' : 'HIT',
  }
}

function belowCache({ coalesce, staleOnErrorMs }: Cache): Interceptor {
  return (dispatch) => (options: CachedOptions, handler) => {
    const passed = options[passage]
    if (!passed) return dispatch(options, handler)
    passed.asked = true
    const headers = { ...headersOf(options) }
    // undici 8.12 does not renew an entry by a 304, so an expired one is fetched whole.
    delete headers['if-modified-since']
    delete headers['if-none-match']
    const told = relay(handler, {
      onResponseStart: (controller, status, sent, message) =>
        handler.onResponseStart?.(controller, status, toCache(status, sent, staleOnErrorMs), message),
    })
    // In one piece, so that everybody who asks before it is stored can still join: undici lets nobody join an answer
    // whose body has begun.
    const gathered = coalesce ? wholeAnswers(told, largestEntry, isKept, (answer) => answer) : told
    return dispatch({ ...options, path: passed.path, headers }, gathered)
  }
}

const isKept = (status: number): boolean => status === 200

function toCache(status: number, sent: ResponseHeaders, staleOnErrorMs: number): ResponseHeaders {
  const own = sent['cache-control']
  const { date, 'last-modified': modified } = sent
  const headers: ResponseHeaders = {
    ...sent,
    [asSent]: JSON.stringify({ 'cache-control': own, date, 'last-modified': modified }),
  }
  if (!isKept(status)) return { ...headers, 'cache-control': 'no-store' }
  if (own === undefined) {
    // Dates would make it older by up to a second, or give it a lifetime of their own: here the policy's counts.
    delete headers['date']
    delete headers['last-modified']
  }
  if (staleOnErrorMs > 0 && !String(own).includes('stale-if-error')) {
    const stale = `stale-if-error=${Math.ceil(staleOnErrorMs / 1000)}`
    headers['cache-control'] = own === undefined ? stale : `${own}, ${stale}`
  }
  return headers
}
