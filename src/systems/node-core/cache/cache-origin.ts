/** Between the library's cache and the origin: tells the library what the policy adds, and renews what a 304 confirms. */
import type { Cache } from '../../../policy/features/cache/line.ts'
import {
  type Handler,
  headersOf,
  type Interceptor,
  type RequestHeaders,
  type ResponseHeaders,
  relay,
} from '../upstream/relay.ts'
import type { Entry } from './cache-entry.ts'
import { type Passage, passageOf, withNote } from './cache-note.ts'
import { type AnswerStore, untold } from './cache-store.ts'
import { wholeAnswers } from './whole-answer.ts'

export function askingOrigin({ ttlMs }: Cache, store: AnswerStore): Interceptor {
  return (dispatch) => (options, handler) => {
    const passage = passageOf(options)
    if (!passage) return dispatch(options, handler)
    passage.asked = true
    const askedAt = Date.now()
    const origin = String(options.origin)
    const headers = { ...headersOf(options) }
    const expired = conditionsFor(headers, (sent) =>
      store.get({ origin, method: 'GET', path: options.path, headers: sent as Record<string, string> }),
    )
    const answered = store.fetching(passage, origin)
    const told = relay(handler, {
      onResponseStart: (controller, status, sent, message) =>
        handler.onResponseStart?.(controller, status, noted(status, sent, passage, ttlMs, askedAt), message),
      onResponseEnd: (controller, trailers) => {
        answered()
        handler.onResponseEnd?.(controller, trailers)
      },
      onResponseError: (controller, error) => {
        answered()
        handler.onResponseError?.(controller, error)
      },
    })
    return dispatch({ ...options, path: passage.path, headers }, expired ? renewing(expired, passage, told) : told)
  }
}

/**
 * The library asks with conditions where it holds an expired entry, and makes up a date where that has none: only what
 * the origin gave is sent back to it. Gives the entry that a 304 would confirm.
 */
function conditionsFor(
  headers: RequestHeaders,
  find: (headers: RequestHeaders) => Entry | undefined,
): Entry | undefined {
  if (headers['if-none-match'] === undefined && headers['if-modified-since'] === undefined) return undefined
  const entry = find(headers)
  if (entry?.headers['last-modified'] === undefined) delete headers['if-modified-since']
  return entry?.etag === undefined && headers['if-modified-since'] === undefined ? undefined : entry
}

/**
 * A 304 becomes the stored answer with the headers that came with it (RFC 9111 §4.3.4), which the library then stores
 * anew: by itself, undici 8.12 sends an expired entry on as it is and asks again the next time.
 */
function renewing(entry: Entry, passage: Passage, handler: Handler): Handler {
  const confirms = (status: number, sent: ResponseHeaders): boolean =>
    status === 304 && (sent['etag'] === undefined || opaque(sent['etag']) === opaque(entry.etag))
  return wholeAnswers(handler, 0, confirms, ({ headers: sent }) => {
    passage.renewed = true
    const { 'content-length': _, 'transfer-encoding': __, ...updates } = sent
    const headers = { ...entry.headers, date: new Date().toUTCString(), ...updates }
    return { status: entry.statusCode, headers, body: Buffer.concat(entry.body) }
  })
}

const opaque = (tag: unknown): string => String(tag).replace(/^W\//, '')

/** The answer as the library is told of it, with a note of what the client is to be sent. */
function noted(
  status: number,
  received: ResponseHeaders,
  passage: Passage,
  ttlMs: number,
  askedAt: number,
): ResponseHeaders {
  // RFC 9110 §6.6.1: who receives an answer without a date gives it one.
  const sent = received['date'] === undefined ? { ...received, date: new Date().toUTCString() } : received
  const told = { ...sent }
  if (sent['age'] !== undefined) told['age'] = firstAge(String(sent['age']))
  if (told['age'] === undefined) delete told['age']
  // Made while it was being asked for, so it has no age yet; its Date, in whole seconds, would give it up to one.
  const madeAt = Date.parse(String(sent['date']))
  if (madeAt > askedAt - 1000 && madeAt <= Date.now()) delete told['date']
  if (statesLifetime(sent)) return withNote(told, { sent, passage, keep: true })
  // Without a lifetime it is kept only to be asked for again, and only if the origin can be asked so.
  if (status !== 200 || ttlMs === 0)
    return withNote(told, { sent, passage, keep: (sent['etag'] ?? sent['last-modified']) !== undefined, ttlMs: 0 })
  // Dates would give it an age or a lifetime of their own: here the policy's counts.
  for (const name of untold) delete told[name]
  return withNote(told, { sent, passage, keep: true, ttlMs })
}

function statesLifetime(headers: ResponseHeaders): boolean {
  return headers['expires'] !== undefined || /(^|[\s,])(s-maxage|max-age)\s*=/i.test(String(headers['cache-control']))
}

/** RFC 9111 §5.1: of several the first counts, and one that is no number is as good as none. */
function firstAge(text: string): string | undefined {
  return /^\s*(\d+)\s*(?:$|[,;])/.exec(text)?.[1]
}
