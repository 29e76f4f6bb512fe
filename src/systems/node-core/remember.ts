/**
 * The cache of a location: undici's RFC 9111 cache and its deduplication, told what the policy says.
 *
 * From the outside in: `keyed` leaves the cache only what belongs to its key; undici caches and joins concurrent
 * requests; `fresh` gives answers without a Cache-Control the policy's lifetime.
 */
import { cacheStores, type Dispatcher, interceptors } from 'undici'
import type { Cache } from '../../policy/policy.ts'
import { consumerHeader } from '../../policy/policy.ts'
import { type Headers, headersOf } from './headers.ts'

/** The whole request, carried past the cache in the dispatch options, which interceptors hand on as they are. */
interface Carried extends Dispatcher.DispatchOptions {
  readonly whole?: { readonly path: string; readonly headers: Headers }
}

/** Marks a lifetime that was ours to give, so that it is not passed on to the client. */
export const givenHeader = 'x-edge-lifetime'

/** Interceptors for `Dispatcher.compose`, innermost first; `between` runs below the cache, so that it keeps the result. */
export function remembering(
  line: Cache,
  between: readonly Dispatcher.DispatcherComposeInterceptor[],
): Dispatcher.DispatcherComposeInterceptor[] {
  const store = new cacheStores.MemoryCacheStore({
    maxSize: 64 * 1024 * 1024,
    maxEntrySize: 5 * 1024 * 1024,
    maxCount: 20_000,
  })
  return [
    ...between,
    fresh(line),
    whole,
    ...(line.coalesce ? [interceptors.deduplicate()] : []),
    interceptors.cache({ store, methods: ['GET', 'HEAD'], type: 'shared' }),
    keyed(line),
  ]
}

/** Only what the key names is left to see: path, query or not, consumer, representation. */
function keyed({ key }: Cache): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const headers = headersOf(options.headers)
    const seen: Headers = {}
    if (key.includes('consumer') && headers[consumerHeader]) seen[consumerHeader] = headers[consumerHeader]
    if (key.includes('representation') && headers['accept']) seen['accept'] = headers['accept']
    const path = key.includes('query') ? options.path : options.path.split('?')[0]!
    return dispatch({ ...options, path, headers: seen, whole: { path: options.path, headers } } as Carried, handler)
  }
}

/** Below the cache the request is itself again; headers that the cache added (conditional ones) stay. */
const whole: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { whole: carried, ...rest } = options as Carried
  if (!carried) return dispatch(options, handler)
  const headers = { ...carried.headers, ...headersOf(options.headers) }
  return dispatch({ ...rest, path: carried.path, headers }, handler)
}

/** Where the origin says nothing the policy's lifetime counts. What varies by consumer or representation says so. */
function fresh({ ttlMs, staleOnErrorMs, key }: Cache): Dispatcher.DispatcherComposeInterceptor {
  const seconds = (ms: number): number => Math.ceil(ms / 1000)
  const stale = staleOnErrorMs > 0 ? `, stale-if-error=${seconds(staleOnErrorMs)}` : ''
  const vary = [
    ...(key.includes('consumer') ? [consumerHeader] : []),
    ...(key.includes('representation') ? ['accept'] : []),
  ].join(', ')
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      ...handlerOf(handler),
      onResponseStart: (controller, status, headers, message) => {
        // Our keys take the place of the origin's Vary: the cache sees only what they name.
        const { vary: _, ...kept } = headers
        const given = status === 200 && kept['cache-control'] === undefined
        handler.onResponseStart?.(
          controller,
          status,
          {
            ...kept,
            ...(vary ? { vary } : {}),
            ...(given ? { 'cache-control': `max-age=${seconds(ttlMs)}${stale}`, [givenHeader]: '1' } : {}),
          },
          message,
        )
      },
    })
}

/** The methods of a handler, bound: a handler may be an object of a class. */
export function handlerOf(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (...args) => handler.onRequestStart?.(...args),
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  }
}

/** What the cache did, from what undici adds: Age to everything it kept, a Warning to what is past its time. */
export function cacheStatus(headers: Headers): string {
  if (headers['warning']?.startsWith('110')) return 'STALE'
  return headers['age'] === undefined ? 'MISS' : 'HIT'
}
