/** Values where Caddy replaces placeholders, `{http.request.uuid}` or `{file./etc/passwd}`. */

/** A value from outside, or text of our own, in which no brace begins a placeholder (caddy/replacer.go). */
export function literal(value: string): string {
  return value.replaceAll(/[{}]/g, '\\$&')
}

/** The placeholder with a request header's values, joined by commas. Throws TypeError on no header name. */
export function headerPlaceholder(header: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(header)) throw new TypeError(`not a header name: ${JSON.stringify(header)}`)
  return `{http.request.header.${header}}`
}
