/** What may stand in a header that a configuration writes. */

/**
 * A consumer's name where it becomes a header's value: a line break in it would be a header of its own. Throws
 * TypeError on control characters.
 */
export function headerValue(name: string): string {
  if (/[\u0000-\u001f\u007f]/.test(name)) throw new TypeError(`not a header value: ${JSON.stringify(name)}`)
  return name
}
