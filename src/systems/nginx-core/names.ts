/** Names and patterns of a policy in the forms that NGINX takes. */

/** A name of an upstream or a zone: a policy's name stays itself, any other byte becomes `_` and two hex digits. */
export function upstreamName(origin: string): string {
  return bytesOf(origin, /[A-Za-z0-9-]/, '_')
}

/** A map's source that takes exactly this value. nginx compares plain sources without regard to case, regexes with. */
export function exactly(value: string): string {
  return `~^${regexText(value)}$`
}

/** The text as a regular expression: every byte but letters, digits, `_` and `-` as `\xHH`. */
export function regexText(value: string): string {
  return bytesOf(value, /[A-Za-z0-9_-]/, '\\x')
}

function bytesOf(value: string, plain: RegExp, mark: string): string {
  return [...new TextEncoder().encode(value)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return plain.test(character) ? character : mark + byte.toString(16).padStart(2, '0')
    })
    .join('')
}

/** Throws TypeError on what is no header name that NGINX has a variable for. */
export function headerName(header: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(header)) throw new TypeError(`not a header name: ${JSON.stringify(header)}`)
  return header
}

/** The variable with a request header's value: `x-api-key` → `$http_x_api_key`. Throws as headerName does. */
export function headerVariable(header: string): string {
  return `$http_${headerName(header).toLowerCase().replaceAll('-', '_')}`
}

/** The variable with the verified consumer, in every location of a policy that knows consumers. */
export const consumerVariable = '$consumer'

/** `consumer`, `consumer_2`, `consumer_3` …: the first of its kind needs no number. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}_${index + 1}`
}

/** A header as people write it: `x-api-key` → `X-Api-Key`. */
export function headerTitle(header: string): string {
  return header.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
