/**
 * Headers that API Gateway keeps from an integration, and those of an answer that it hands on under another name
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html).
 */
import type { HeaderMap } from '../answer.ts'

const notToOrigin = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'host',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'proxy-connection',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
])

/** What a proxy integration hands on of the client’s headers. */
export function headersToOrigin(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !notToOrigin.has(name)))
}

const remapped = new Set(['connection', 'content-length', 'date', 'server', 'www-authenticate'])
const dropped = new Set(['keep-alive', 'proxy-authenticate', 'trailer', 'transfer-encoding', 'upgrade'])

/** What a proxy integration hands on of the origin’s: those that API Gateway sets itself get another name. */
export function headersToClient(headers: HeaderMap): HeaderMap {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !dropped.has(name))
      .map(([name, value]) => [remapped.has(name) ? `x-amzn-remapped-${name}` : name, value]),
  )
}
