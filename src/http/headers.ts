/** Headers of requests and answers, as they stand in the message. */

/** In order, repeats included: names as they were written, which compare without regard to case (RFC 9110 §5.1). */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** A header's value; the values of one that is repeated joined by `, ` (RFC 9110 §5.3). Undefined where it is not there. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const values = headers.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

/** Those of `headers` that `over` does not have, then all of `over`. */
export function withHeaders(headers: HeaderList, over: HeaderList): HeaderList {
  const replaced = new Set(over.map(([name]) => name.toLowerCase()))
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...over]
}
