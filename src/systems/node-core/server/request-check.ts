import type { IncomingMessage } from 'node:http'
import type { Refusal } from './refusal.ts'
import type { RequestPath } from './request-path.ts'

/** `uri-host [":" port]` of RFC 3986 §3.2.2; never empty, because http has no URI without a host (RFC 9110 §4.2.1). */
const hostAndPort = /^(?:\[[0-9a-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})+)(?::\d*)?$/i

/** Why a request that Node's parser let pass may not go on to an origin; undefined where it may. */
export function refusalOf(
  { headers, headersDistinct, httpVersion }: IncomingMessage,
  { authority }: RequestPath,
): Refusal | undefined {
  const coding = headers['transfer-encoding']
  // RFC 9112 §6.1: a coding that is not understood, and one that HTTP/1.0 does not have.
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return 'not_implemented'
  if (coding !== undefined && httpVersion === '1.0') return 'bad_request'
  // RFC 9112 §3.2: exactly one Host in HTTP/1.1, and a valid one wherever there is one.
  const hosts = headersDistinct['host'] ?? []
  if (hosts.length > 1 || (hosts.length === 0 && httpVersion === '1.1')) return 'bad_request'
  const named = authority === undefined ? hosts : [...hosts, authority]
  return named.every((host) => hostAndPort.test(host)) ? undefined : 'bad_request'
}
