import type { IncomingHttpHeaders } from 'node:http'
import { consumerHeader } from '../../policy/policy.ts'
import type { Visit } from './visit.ts'

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

/** What the origin is sent: the client's headers (a copy, changed here) and, `forwarded`, who the client is. */
export function headersToOrigin(
  headers: IncomingHttpHeaders,
  original: IncomingHttpHeaders,
  address: string,
  forwarded: boolean,
  visit: Visit,
): IncomingHttpHeaders {
  for (const name of hopByHop) delete headers[name]
  headers.host = original.host
  if (forwarded) {
    const before = original['x-forwarded-for']
    headers['x-forwarded-for'] = before === undefined ? address : `${before}, ${address}`
    headers['x-forwarded-proto'] = 'http'
  }
  // Only the edge says who the consumer is.
  delete headers[consumerHeader]
  return Object.assign(headers, visit.headers)
}

/** What the client is sent: the origin's headers but for those of the edge's own connection to it. */
export function headersToClient(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = headers.connection?.toLowerCase().split(/\s*,\s*/) ?? []
  for (const name of [...hopByHop, ...named]) delete headers[name]
  return headers
}
