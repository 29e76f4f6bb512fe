/** Requests as bytes. Everything that changes between two requests of a class is the path. */
import type { Target } from './plan.ts'

/** Header names are tokens (RFC 9110 §5.6.2), values visible characters, spaces and tabs: nothing can break out. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/
const requestTarget = /^[\x21-\x7e]+$/

/**
 * The head of a GET, HEAD or POST. A `host` among the headers takes the place of the target's.
 * Throws RangeError where method, path or a header could not be sent as one.
 */
export function requestHead(
  method: string,
  path: string,
  target: Target,
  headers: readonly (readonly [string, string])[],
): string {
  const hosted = headers.some(([name]) => name.toLowerCase() === 'host')
  if (!token.test(method)) throw new RangeError(`“${method}” is no method`)
  const lines = headerLines(hosted ? headers : [['host', `${target.host}:${target.port}`], ...headers])
  return `${method} ${checkedPath(path)} HTTP/1.1\r\n${lines}\r\n`
}

/** Throws RangeError. */
export function headerLines(headers: readonly (readonly [string, string])[]): string {
  return headers
    .map(([name, value]) => {
      if (!token.test(name) || !fieldValue.test(value)) throw new RangeError(`the header “${name}” cannot be sent`)
      return `${name}: ${value}\r\n`
    })
    .join('')
}

/** The path as it goes into the request line: characters that may not stand there are percent-encoded. */
export function checkedPath(path: string): string {
  if (requestTarget.test(path)) return path
  const encoded = encodeURI(path)
  if (!requestTarget.test(encoded)) throw new RangeError(`the path “${path}” cannot be sent`)
  return encoded
}
