/** Path prefixes: which of them take a path. */

/** True where `prefix` takes `path`: on segment borders, `/` takes everything. */
export function prefixTakes(prefix: string, path: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`)
}

/** The line whose prefix takes the path; the longest wins. */
export function longestPrefix<Line extends { readonly path: string }>(
  lines: readonly Line[],
  path: string,
): Line | undefined {
  return lines
    .filter((line) => prefixTakes(line.path, path))
    .reduce<Line | undefined>((best, line) => (best && best.path.length >= line.path.length ? best : line), undefined)
}
