/** Requests as text. Everything that differs between two requests of one client is the path. */
import type { Target } from '../plan.ts'
import type { HeaderList } from './response-head.ts'

/** Tokens (RFC 9110 §5.6.2) and field values (§5.5): nothing that passes can break out of its line. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * What follows the path in a request: version, Host and the headers, up to the empty line. A `host` among the headers
 * takes the place of the target's. Throws RangeError for a header that could not be sent as one.
 */
export function headAfterPath(target: Target, headers: HeaderList): string {
  const hosted = headers.some(([name]) => name.toLowerCase() === 'host')
  const all: HeaderList = hosted ? headers : [['host', `${target.host}:${target.port}`], ...headers]
  const lines = all.map(([name, value]) => {
    if (!token.test(name) || !fieldValue.test(value)) throw new RangeError(`the header “${name}” cannot be sent`)
    return `${name}: ${value}\r\n`
  })
  return ` HTTP/1.1\r\n${lines.join('')}\r\n`
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
