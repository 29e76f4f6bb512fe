/** Path prefixes as matchers. */
import type { Module } from './adds.ts'

/**
 * Takes the prefix on segment borders. By path_regexp: the matcher `path` does not look at the case of letters. None for
 * `/`, which takes everything.
 */
export function pathMatch(prefix: string): Module {
  return prefix === '/' ? {} : { path_regexp: { pattern: prefixPattern(prefix) } }
}

/** Compared with the path as Caddy has decoded and cleaned it. */
export function prefixPattern(prefix: string): string {
  return prefix.endsWith('/') ? `^${regexText(prefix)}` : `^${regexText(prefix)}(/|$)`
}

/** As a regular expression of Go. Braces as `\xHH`, so that they cannot begin a placeholder either. */
function regexText(text: string): string {
  return text
    .replaceAll(/[\\^$.|?*+()[\]]/g, '\\$&')
    .replaceAll(
      /[{}\u0000-\u001f\u007f]/g,
      (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
}

/**
 * Paths that Caddy, which decides by the decoded and cleaned path, and an origin, which gets the path as it was sent,
 * could read differently: encoded dots, slashes, backslashes and NUL, empty segments, dot segments.
 */
export const ambiguousPath: Module = {
  vars_regexp: {
    '{http.request.orig_uri}': { pattern: '(?i)^[^?]*(%2e|%2f|%5c|%00|\\\\|//|/\\.{1,2}(/|\\?|$))' },
  },
}
