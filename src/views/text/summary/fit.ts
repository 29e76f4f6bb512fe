/** What of several parts fits into a number of lines: the important ones stay, in the order in which they are read. */

export interface Part {
  /** What is named where it had to be left out; a part without a name is left out silently. */
  readonly name: string
  /** Lower numbers are kept first. */
  readonly rank: number
  readonly lines: readonly string[]
}

/** Lines kept for a sentence about what was left out. */
const kept = 2

/** At most `most` lines, an empty one between parts. `leftOut`: the sentence, from the names. */
export function fitted(
  parts: readonly Part[],
  most: number,
  leftOut: (names: readonly string[]) => string,
): readonly string[] {
  const taken = new Set<Part>()
  let lines = 0
  for (const part of parts.toSorted((a, b) => a.rank - b.rank)) {
    const more = part.lines.length + (lines > 0 ? 1 : 0)
    if (part.lines.length === 0 || lines + more > most - kept) continue
    taken.add(part)
    lines += more
  }
  const left = parts.filter((part) => !taken.has(part) && part.lines.length > 0 && part.name !== '')
  const shown = parts
    .filter((part) => taken.has(part))
    .flatMap(({ lines: own }, at) => (at === 0 ? [...own] : ['', ...own]))
  return left.length === 0 ? shown : [...shown, '', leftOut(left.map(({ name }) => name))]
}
