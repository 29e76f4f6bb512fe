/** Requests as text. Everything that differs between two requests of one client is the path. */
import { type HeaderList, headerOf } from '../../http/headers.ts'
import type { Request } from '../../http/request.ts'
import { authorityOf } from '../../systems/system.ts'
import type { Target } from '../plan.ts'

/** Tokens (RFC 9110 §5.6.2) and field values (§5.5): nothing that passes can break out of its line. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Methods that give content a meaning say its length even where there is none (RFC 9110 §8.6). */
const withContent = ['POST', 'PUT', 'PATCH']

/** A whole request. Throws RangeError for what could not be sent as one. */
export function bytesToSend(target: Target, request: Request): Buffer {
  const line = `${methodToSend(request.method)} ${target.basePath ?? ''}${pathToSend(request.path)}`
  return Buffer.from(line + afterPath(target, request), 'latin1')
}

/**
 * What follows the path in a request, latin1: version, Host, the headers, their length where there is a body, the empty
 * line and the body’s bytes. Throws RangeError for a header that could not be sent as one.
 */
export function afterPath(target: Target, { method, headers, body }: Omit<Request, 'path'>): string {
  const content = Buffer.from(body ?? '', 'utf8')
  const isSized = body !== undefined || withContent.includes(method)
  // A certificate is of one name: whoever is asked by it answers to no other.
  const own = target.tls ? headers.filter(([name]) => name.toLowerCase() !== 'host') : headers
  const all: HeaderList = [
    ...(headerOf(own, 'host') === undefined ? [['host', authorityOf(target)] as const] : []),
    ...own,
    ...(isSized && headerOf(headers, 'content-length') === undefined
      ? [['content-length', String(content.length)] as const]
      : []),
  ]
  const lines = all.map(([name, value]) => {
    if (!token.test(name) || !fieldValue.test(value)) throw new RangeError(`the header “${name}” cannot be sent`)
    return `${name}: ${value}\r\n`
  })
  return ` HTTP/1.1\r\n${lines.join('')}\r\n${content.toString('latin1')}`
}

/** The path as it stands in a request line: what may not stand there is percent-encoded. Throws RangeError. */
export function pathToSend(path: string): string {
  if (!path.startsWith('/')) throw new RangeError(`the path “${path}” does not begin with a slash`)
  return path.toWellFormed().replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent)
}

/** Throws RangeError. CONNECT is left out: what follows it is not HTTP. */
export function methodToSend(method: string): string {
  if (!token.test(method) || method === 'CONNECT') throw new RangeError(`the method “${method}” cannot be sent`)
  return method
}
