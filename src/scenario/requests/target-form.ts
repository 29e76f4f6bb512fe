/** What may be written as the path and query of a line of the mix: its request’s target (RFC 9112 §3.2). */
import { pathMistake } from '../../policy/paths/path-form.ts'

/** More numbers than that in `{1..n}` are refused: drawing by Zipf's law keeps a sum for each. */
const maxNumbers = 1_000_000

/** What is wrong with it, and how to write it; undefined where nothing is. The query goes out as it is written. */
export function targetMistake(text: string): string | undefined {
  const queryAt = text.indexOf('?')
  const path = queryAt < 0 ? text : text.slice(0, queryAt)
  const query = queryAt < 0 ? '' : text.slice(queryAt)
  const ranges = [...text.matchAll(/\{(\d+)\.\.(\d+)\}/g)]
  if (ranges.length > 1) return `“${text}” has several {a..b}: one is drawn for each request`
  for (const [written, from, to] of ranges) {
    const count = Number(to) - Number(from) + 1
    if (!(count >= 1)) return `“${written}” has no number in it: write the smaller one first`
    if (count > maxNumbers) return `“${written}” has more than ${maxNumbers} numbers`
  }
  if (!/^[\x21\x22\x24-\x7e]*$/.test(query))
    return `“${query}” is not a query: percent-encode what is not printable ASCII`
  return pathMistake(path)
}
