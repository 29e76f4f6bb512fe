/**
 * Writes configuration for HAProxy: sections of lines, and the map files that they name.
 *
 * A word of a line is one string, and reaches HAProxy as that string and nothing else. What HAProxy reads in it is the
 * line's matter: a value from outside belongs into `acl`, whose pattern is compared as it is, or into a map.
 */

export type CfgLine =
  | { readonly kind: 'line'; readonly words: readonly string[] }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'blank' }

export interface CfgSection {
  /** `frontend` and its name; some have none. */
  readonly head: readonly string[]
  readonly lines: readonly CfgLine[]
}

/** `head`: the keyword and, where it has one, the name. */
export function section(head: readonly string[], lines: readonly CfgLine[]): CfgSection {
  return { head, lines }
}

export function line(...words: readonly string[]): CfgLine {
  return { kind: 'line', words }
}

/** A condition by name; of several lines with one name any will do. A pattern that looks like a flag is none behind `--`. */
export function acl(name: string, sample: string, method: 'str' | 'beg' | 'end' | 'sub', pattern: string): CfgLine {
  return line('acl', name, sample, '-m', method, ...(pattern.startsWith('-') ? ['--'] : []), pattern)
}

/** A comment above what follows; one line of it per line of text. */
export function comment(text: string): CfgLine {
  return { kind: 'comment', text }
}

export const blank: CfgLine = { kind: 'blank' }

/** Throws TypeError where a word cannot be written: NUL, half a surrogate pair, nothing at all. */
export function writeHaproxyCfg(heading: string, sections: readonly CfgSection[]): string {
  const blocks = sections.map(({ head, lines }) => [head.map(quoted).join(' '), ...tidy(lines.flatMap(linesOf))])
  return `${[...linesOf(comment(heading)).map((text) => text.trim()), ...blocks.flatMap((block) => ['', ...block])].join('\n')}\n`
}

function linesOf(one: CfgLine): readonly string[] {
  switch (one.kind) {
    case 'blank':
      return ['']
    case 'comment':
      return one.text.split(/\r\n|\r|\n/).map((text) => `    # ${text}`.trimEnd())
    case 'line':
      return [`    ${one.words.map(quoted).join(' ')}`]
  }
}

/** No blank line doubled, none at either end. */
function tidy(lines: readonly string[]): readonly string[] {
  return lines.filter((text, index) => text !== '' || (![undefined, ''].includes(lines[index + 1]) && index > 0))
}

/** Needs no quotes: outside of them only space, quotes, backslash and `#` mean anything to HAProxy's reader. */
const bare = /^[A-Za-z0-9_.,:;/@=%()<>[\]{}!|^~*+?&$-]+$/

/** Within single quotes everything is itself but the quote, and what ends a line even there. */
const escapes: Readonly<Record<string, string>> = { "'": "\\'", '\n': '\\n', '\r': '\\r' }

function quoted(word: string): string {
  if (word === '' || word.includes('\0') || !word.isWellFormed())
    throw new TypeError(`HAProxy cannot be given this word: ${JSON.stringify(word)}`)
  return bare.test(word) ? word : `'${word.replaceAll(/['\n\r]/g, (character) => `'${escapes[character]}'`)}'`
}

/**
 * A map: a line for each key, what it stands for after a space. Such a file knows no quotes, so that keys are written
 * in the alphabet of `url_enc`; the value of a key that was sent is to be looked up behind that converter. Throws
 * TypeError where a value cannot be written: empty, with spaces at its ends or a control character.
 */
export function writeHaproxyMap(entries: readonly (readonly [key: string, value: string])[]): string {
  return entries.map(([key, value]) => `${urlEncoded(key)} ${mapped(value)}\n`).join('')
}

function mapped(value: string): string {
  // A key without a value would be found, and stand for nothing.
  if (value === '' || value !== value.trim() || /[\u0000-\u001f\u007f]/.test(value) || !value.isWellFormed())
    throw new TypeError(`an HAProxy map cannot hold this value: ${JSON.stringify(value)}`)
  return value
}

/** As the converter `url_enc` does it: all but letters, digits and `-._~`. */
function urlEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
