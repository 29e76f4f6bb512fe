/**
 * undici's shared cache (RFC 9111), told what the policy says. Whether an answer may be stored, is fresh, must be asked
 * for again or may be served stale is the library's to decide. Around it lie layers of ours: above it the policy's key
 * and the client's conditions; below it those who ask at once are made one, and the library is told what the policy
 * adds; beside it the store.
 */
import { interceptors } from 'undici'
import type { Cache } from '../../../policy/features/cache/line.ts'
import { cacheStatusHeader, consumerHeader } from '../../../policy/policy.ts'
import {
  type Handler,
  headersOf,
  type Interceptor,
  type Options,
  type RequestHeaders,
  type ResponseHeaders,
  relay,
} from '../upstream/relay.ts'
import { type Note, noteOf, type Passage, withPassage } from './cache-note.ts'
import { askingOrigin } from './cache-origin.ts'
import { AnswerStore, keySeparator } from './cache-store.ts'
import { coalescing } from './coalescing.ts'
import { conditional, takeConditions } from './conditions.ts'

const limits = { entries: 20_000, bytes: 256 * 1024 * 1024, largest: 8 * 1024 * 1024 }

/** The cache of one line of the policy. */
export function caching(cache: Cache): Interceptor {
  const store = new AnswerStore(limits, cache.staleOnErrorMs)
  const layers = [
    askingOrigin(cache, store),
    ...(cache.coalesce ? [coalescing(limits.largest)] : []),
    // Milliseconds, though undici's documentation does not say so.
    interceptors.cache({ store, methods: ['GET'], type: 'shared', cacheByDefault: cache.ttlMs }),
  ]
  return (dispatch) => {
    const cached = layers.reduce((below, layer) => layer(below), dispatch)
    return (options, handler) => {
      const headers = withoutGaps(headersOf(options))
      const isRead = options.method === 'GET' || options.method === 'HEAD'
      // Only the origin can say whether such a condition holds (RFC 9111 §4.3.2).
      if (isRead && (headers['if-match'] !== undefined || headers['if-unmodified-since'] !== undefined))
        return dispatch(options, reporting(handler, undefined))
      // What a successful request of another method has changed, the library takes out of the store.
      if (!isRead) return cached(options, reporting(handler, undefined))
      const passage: Passage = { path: options.path, asked: false, renewed: false, overtaken: false, stored: undefined }
      const conditions = takeConditions(headers, options.method)
      // Stored answers are never compressed: no client gets an encoding that only another one asked for.
      delete headers['accept-encoding']
      // HEAD is answered from what GET stored.
      const keyed: Options = { ...options, method: 'GET', headers, path: keyOf(cache, options.path, headers) }
      const asked = conditions ? conditional(handler, conditions) : handler
      return cached(withPassage(keyed, passage), reporting(asked, passage))
    }
  }
}

/**
 * What makes two requests the same. The Host is always part of it: the origin gets it as the client wrote it, and may
 * answer by it.
 */
function keyOf({ key }: Cache, path: string, headers: RequestHeaders): string {
  return [
    key.includes('query') ? path : path.replace(/\?.*/s, ''),
    headers['host'],
    key.includes('consumer') ? headers[consumerHeader] : '',
    key.includes('representation') ? headers['accept'] : '',
  ].join(keySeparator)
}

/** The client gets what the origin sent, and in X-Cache what the cache did. */
function reporting(handler: Handler, passage: Passage | undefined): Handler {
  return relay(handler, {
    onResponseStart: (controller, status, headers, message) => {
      const note = noteOf(headers)
      const { age } = headers
      const sent = note?.sent ?? headers
      const word = passage ? wordFor(passage, note, headers) : 'BYPASS'
      const told = { ...sent, ...(note && !note.passage && { age }), [cacheStatusHeader]: word }
      handler.onResponseStart?.(controller, status, told, message)
    },
  })
}

function wordFor(passage: Passage, note: Note | undefined, headers: ResponseHeaders): string {
  // Not stored, not fetched: the library's own 504 to `only-if-cached`.
  if (!note) return 'MISS'
  // The library marks what it serves after its time by a warning of its own.
  if (!note.passage) return headers['warning'] === note.sent['warning'] ? 'HIT' : 'STALE'
  if (note.passage !== passage) return 'HIT'
  return passage.renewed ? 'REVALIDATED' : 'MISS'
}

/** Headers that a filter has taken away are there with no value: the library would take them for sent. */
function withoutGaps(headers: RequestHeaders): RequestHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
}
