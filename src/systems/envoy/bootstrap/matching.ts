/** From a policy's path prefix on segment borders to what a route of Envoy matches. */
import type { YamlMap } from './extension.ts'

/** Envoy leaves all of these alone or, where they came percent-encoded, decodes them (normalize_path). */
const plain = /^[A-Za-z0-9._~/-]*$/

/**
 * Envoy compares with the path as it was sent, but for letters, digits and `-._~`. Any other character may come as itself
 * or percent-encoded: a regular expression takes both.
 * Throws TypeError on half a surrogate pair and on NUL, which no path has.
 */
export function pathMatch(path: string): YamlMap {
  if (!path.isWellFormed() || path.includes('\0')) throw new TypeError(`not a path: ${JSON.stringify(path)}`)
  if (!plain.test(path)) return { safe_regex: { regex: sentForms(path) + (path.endsWith('/') ? '.*' : '(?:/.*)?') } }
  return path.endsWith('/') ? { prefix: path } : { path_separated_prefix: path }
}

/**
 * Envoy refuses regular expressions of more than 100 instructions unless it is told otherwise: a word in Greek has more.
 * Undefined where no path needs one.
 */
export function largerPatterns(paths: readonly string[]): YamlMap | undefined {
  if (paths.every((path) => plain.test(path))) return undefined
  return { layers: [{ name: 'patterns', static_layer: { 're2.max_program_size.error_level': 10_000 } }] }
}

function sentForms(path: string): string {
  return [...path]
    .map((character) => {
      if (plain.test(character)) return character.replace('.', '\\.')
      const encoded = [...new TextEncoder().encode(character)]
        .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
        .join('')
      // What is not ASCII comes encoded or not at all: normalize_path encodes it.
      return character > '\u007f' ? `(?i:${encoded})` : `(?:${literal(character)}|(?i:${encoded}))`
    })
    .join('')
}

function literal(character: string): string {
  return /[A-Za-z0-9_]/.test(character) ? character : `\\${character}`
}

/** A matcher of a request header by RE2, which wants all of its value. */
export function headerMatch(name: string, regex: string, invert = false): YamlMap {
  return { name, string_match: { safe_regex: { regex } }, ...(invert ? { invert_match: true } : {}) }
}
