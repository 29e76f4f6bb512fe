/** Rules of routers. Their arguments are strings of Go, in which no value can end the string. */

/** Takes a path prefix on segment borders: PathPrefix alone would take /productsale for /products. */
export function pathRule(prefix: string): string {
  if (prefix === '/') return `PathPrefix(${goString('/')})`
  const slash = prefix.endsWith('/')
  if (reserved.test(prefix)) return `PathRegexp(${goString(`^${regexText(prefix)}${slash ? '' : '(/|$)'}`)})`
  return slash
    ? `PathPrefix(${goString(prefix)})`
    : `Path(${goString(prefix)}) || PathPrefix(${goString(`${prefix}/`)})`
}

export function headerRule(header: string, value: string): string {
  return `Header(${goString(header)}, ${goString(value)})`
}

/** The longer a prefix, the sooner it is asked; `tier`, below 10, orders what has the same prefix. */
export function priorityOf(prefix: string, tier = 0): number {
  return 10 * prefix.length + tier
}

/**
 * Reserved characters (RFC 3986 §2.2), as Traefik knows them (withRoutingPath in pkg/server/router): it compares paths
 * with all others decoded, and these as they were sent.
 */
const reserved = /[:?#[\]@!$&'()*+,;=%]/

/** As a regular expression of Go, in which a reserved character is taken encoded, too. */
function regexText(text: string): string {
  return [...text]
    .map((character) => {
      const literal = character.replace(/[\\^$.|?*+()[\]{}]/, '\\$&')
      const encoded = `%${character.charCodeAt(0).toString(16).toUpperCase()}`
      return reserved.test(character) ? `(${literal}|${encoded})` : literal
    })
    .join('')
}

/** Throws TypeError on half a surrogate pair. */
function goString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError(`no UTF-8 text holds this value: ${JSON.stringify(value)}`)
  // What JSON leaves as it is and Go's reader refuses: a byte order mark.
  return JSON.stringify(value).replaceAll('\ufeff', '\\ufeff')
}
