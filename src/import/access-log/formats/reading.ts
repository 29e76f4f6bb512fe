/** What all formats of lines have in common: quoted fields with escapes, request lines, numbers. */
import type { Recorded } from '../../recorded.ts'

/** Why a line is not counted; undefined where it was read. */
export type Unread = string | undefined

/**
 * Reads one line into `into`. A format holds no more than what makes the next line quicker. Lines are latin1: one
 * character for each byte, so that bytes of any encoding come through and none is refused.
 */
export type LineReader = (line: string, into: Recorded) => Unread

export const notThisFormat = 'not a line of this format'
export const noRequestLine = 'no request was read (a request line that is none: scanners, TLS to a plain port)'

/** Where the quoted field that begins at `from` ends; -1 where it does not. A backslash protects what follows it. */
export function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from)
  while (at > 0 && line.charCodeAt(at - 1) === 0x5c && isEscaped(line, at, from)) at = line.indexOf('"', at + 1)
  return at
}

function isEscaped(line: string, at: number, from: number): boolean {
  let backslashes = 0
  while (at - 1 - backslashes >= from && line.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes += 1
  return backslashes % 2 === 1
}

/** NGINX writes `\x22`, Apache `\"`, `\\` and `\xhh`, HAProxy `#22`: the text as it was sent. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, hex: string | undefined, other: string) =>
    hex === undefined ? other : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** `GET /x?y HTTP/1.1`, of any version, 0.9 without one; true where it is a request. */
export function readRequestLine(written: string, into: Recorded): boolean {
  const text = unescaped(written)
  const first = text.indexOf(' ')
  if (first < 3 || first > 20 || !isToken(text, first)) return false
  const last = text.lastIndexOf(' ')
  const hasVersion = last > first && text.startsWith('HTTP/', last + 1)
  const target = text.slice(first + 1, hasVersion ? last : text.length)
  if (target === '') return false
  into.method = text.slice(0, first)
  into.target = target
  return true
}

/** Methods are tokens, and all that are registered have capitals alone, hyphens apart. */
function isToken(text: string, end: number): boolean {
  for (let at = 0; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if ((code < 0x41 || code > 0x5a) && code !== 0x2d) return false
  }
  return true
}

/** The whole number that stands at `from`, up to a space or the line’s end; -1 for anything else, `-` included. */
export function wholeAt(line: string, from: number): number {
  let value = 0
  let at = from
  for (; at < line.length; at += 1) {
    const digit = line.charCodeAt(at) - 0x30
    if (digit === -16) break
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return at === from ? -1 : value
}

/** A status that HTTP knows, else 0: NGINX’s 000 and HAProxy’s -1 say that there was no answer. */
export function statusOf(value: number): number {
  return value >= 100 && value <= 599 ? value : 0
}
