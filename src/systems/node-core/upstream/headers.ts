import { type IncomingHttpHeaders, validateHeaderValue } from 'node:http'
import { consumerHeader } from '../../../policy/policy.ts'
import type { RequestContext } from '../server/request-context.ts'

/** Headers that belong to one connection and are never passed on (RFC 9110 §7.6.1). */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // 100-continue is answered by Node's server before the request gets here.
  'expect',
]

/**
 * Request headers with other names than these go no further, as in NGINX (`ignore_invalid_headers on`,
 * `underscores_in_headers off`): CGI and its heirs read `X_Consumer` as `X-Consumer`, which only the edge may say.
 */
const plainName = /^[a-z0-9-]+$/

/** What the origin is sent: the client's headers (a copy, changed here) and, `forwarded`, who the client is. */
export function headersToOrigin(
  headers: IncomingHttpHeaders,
  original: IncomingHttpHeaders,
  address: string | undefined,
  forwarded: boolean,
  context: RequestContext,
): IncomingHttpHeaders {
  for (const name of Object.keys(headers)) if (!plainName.test(name)) delete headers[name]
  for (const name of hopByHop) delete headers[name]
  headers.host = context.host
  if (forwarded) {
    const before = original['x-forwarded-for']
    // A connection that has just broken has no address any more.
    const client = address ?? 'unknown'
    headers['x-forwarded-for'] = before === undefined ? client : `${before}, ${client}`
    headers['x-forwarded-proto'] = 'http'
  }
  // Only the edge says who the consumer is.
  delete headers[consumerHeader]
  return Object.assign(headers, context.headers)
}

/** A legal name for a header, but not for a property of the objects that Fastify keeps headers in. */
const unspeakable = '__proto__'

/** What the client is sent: the origin's headers but for those of the edge's own connection to it. */
export function headersToClient(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  // undici has an array for a header that came more than once.
  const named = [headers.connection ?? []].flat().flatMap((value) => value.toLowerCase().split(','))
  for (const name of [...hopByHop, unspeakable, ...named.map((value) => value.trim())]) delete headers[name]
  // Fastify reads this one, and throws where it has several values.
  const type: unknown = headers['content-type']
  if (Array.isArray(type)) headers['content-type'] = String(type[0])
  return headers
}

/** Whether Node's server takes an answer with this status and these headers: where it does not, it throws. */
export function isSendable(status: number, headers: IncomingHttpHeaders): boolean {
  if (!Number.isInteger(status) || status < 200 || status > 599) return false
  try {
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) validateHeaderValue(name, String(value))
    return true
  } catch {
    return false
  }
}
