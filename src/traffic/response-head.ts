/**
 * Reads the head of an HTTP/1.1 response. Built for speed, because the driver reads tens of thousands a second: one
 * pass over the bytes, and nothing is decoded but the few headers that framing and counting need.
 */

export type HeaderList = readonly (readonly [string, string])[]

export interface ResponseHead {
  status: number
  /** Value of X-Cache, upper case; empty where there is none. */
  cache: string
  /** False after `Connection: close`, for HTTP/1.0 without keep-alive, and where the body ends with the connection. */
  keepAlive: boolean
  chunked: boolean
  /** Content-Length; -1 where none is given. */
  length: number
  /** A transfer coding that is not chunked at its end: only the end of the connection ends the body. */
  untilClose: boolean
}

export function newHead(): ResponseHead {
  return { status: 0, cache: '', keepAlive: true, chunked: false, length: -1, untilClose: false }
}

const tab = 9
const lf = 10
const cr = 13
const space = 32
const colon = 58

/** Cache words of the systems we know; told apart without an allocation. */
const cacheWords = ['HIT', 'MISS', 'STALE', 'EXPIRED', 'BYPASS', 'UPDATING', 'REVALIDATED', 'DYNAMIC']
const longestCacheWord = 24

/**
 * Reads `data[from, end)` into `head`; `end` is where the CR LF CR LF begins. Returns what is wrong with it, or ''.
 */
export function readHead(data: Buffer, from: number, end: number, head: ResponseHead): string {
  // HTTP/1.x NNN
  const minor = data[from + 7]! - 48
  const hundreds = data[from + 9]! - 48
  const tens = data[from + 10]! - 48
  const ones = data[from + 11]! - 48
  if (end - from < 12 || !startsLikeHttp(data, from, end) || (minor !== 0 && minor !== 1))
    return 'no HTTP/1.1 status line'
  if (hundreds < 1 || hundreds > 9 || tens < 0 || tens > 9 || ones < 0 || ones > 9) return 'no status code'
  if (end - from > 12 && data[from + 12] !== space && data[from + 12] !== cr) return 'no status code'
  head.status = hundreds * 100 + tens * 10 + ones
  head.cache = ''
  head.keepAlive = minor === 1
  head.chunked = false
  head.untilClose = false
  head.length = -1

  let at = endOfLine(data, from + 12)
  if (data[at] !== cr || data[at + 1] !== lf) return 'a control character in the status line'
  at += 2
  let foldable = false
  while (at < end) {
    const start = at
    if (data[at] === space || data[at] === tab) {
      // obs-fold (RFC 9112 §5.2) may be taken for spaces, except where it would change the framing.
      if (!foldable) return 'a folded line'
    } else {
      while (data[at]! > space && data[at] !== colon) at += 1
      if (data[at] !== colon || at === start) return 'a header line without a name and a colon'
    }
    const size = at - start
    const stop = endOfLine(data, at)
    if (data[stop] !== cr || data[stop + 1] !== lf) return 'a control character in a header'
    foldable = true
    if (size === 14 && equals(data, start, at, 'content-length')) {
      foldable = false
      const length = readLength(data, at + 1, stop)
      if (length < 0) return 'Content-Length is no number'
      if (head.length >= 0 && head.length !== length) return 'two different Content-Lengths'
      head.length = length
    } else if (size === 10 && equals(data, start, at, 'connection')) {
      foldable = false
      readConnection(data, at + 1, stop, head)
    } else if (size === 7 && equals(data, start, at, 'x-cache')) {
      head.cache = readCacheWord(data, at + 1, stop)
    } else if (size === 17 && equals(data, start, at, 'transfer-encoding')) {
      foldable = false
      // Only the last coding frames the message; without chunked at the end, the connection does (RFC 9112 §6.3).
      head.chunked = /(^|[,\s])chunked\s*$/i.test(data.toString('latin1', at + 1, stop))
      head.untilClose = !head.chunked
    }
    at = stop + 2
  }
  if (head.chunked || head.untilClose) {
    // Transfer-Encoding overrides Content-Length, and such a connection is not trusted further (RFC 9112 §6.1, §6.3).
    if (head.length >= 0 || minor === 0) head.keepAlive = false
    head.length = -1
  }
  return ''
}

/** Whether what is there so far could be the beginning of a response. */
export function startsLikeHttp(data: Buffer, from: number, end: number): boolean {
  const available = Math.min(end - from, 7)
  for (let index = 0; index < available; index += 1) {
    if (data[from + index] !== 'HTTP/1.'.charCodeAt(index)) return false
  }
  return end - from < 9 || data[from + 8] === space
}

/** The whole list of a head, names as they came, values latin1; folded lines are joined by a space. */
export function decodeHeaders(data: Buffer, from: number, end: number): HeaderList {
  const [, ...lines] = data
    .toString('latin1', from, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  return lines.map((line) => {
    const at = line.indexOf(':')
    return [line.slice(0, at), trimmed(line.slice(at + 1))] as const
  })
}

/** Optional white space is space and tab only (RFC 9110 §5.6.3); trim() would take more. */
function trimmed(value: string): string {
  return value.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '')
}

/** The next CR, LF or NUL-like control character: there is always one, the head ends with CR. */
function endOfLine(data: Buffer, from: number): number {
  let at = from
  while (data[at]! > cr || data[at] === tab) at += 1
  return at
}

/** Compares without regard to case; `name` is lower case. */
function equals(data: Buffer, from: number, to: number, name: string): boolean {
  if (to - from !== name.length) return false
  for (let index = 0; index < name.length; index += 1) {
    if ((data[from + index]! | 0x20) !== name.charCodeAt(index)) return false
  }
  return true
}

/** Digits between optional white space; -1 for anything else. */
function readLength(data: Buffer, from: number, to: number): number {
  let at = from
  let end = to
  while (at < end && (data[at] === space || data[at] === tab)) at += 1
  while (end > at && (data[end - 1] === space || data[end - 1] === tab)) end -= 1
  if (at === end || end - at > 15) return -1
  let value = 0
  for (; at < end; at += 1) {
    const digit = data[at]! - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function readConnection(data: Buffer, from: number, to: number, head: ResponseHead): void {
  const start = data[from] === space ? from + 1 : from
  // What NGINX says in every answer; for HTTP/1.1 it means nothing new.
  if (head.keepAlive && equals(data, start, to, 'keep-alive')) return
  const options = data
    .toString('latin1', from, to)
    .toLowerCase()
    .split(',')
    .map((option) => option.trim())
  if (options.includes('close')) head.keepAlive = false
  else if (options.includes('keep-alive')) head.keepAlive = true
}

function readCacheWord(data: Buffer, from: number, to: number): string {
  const start = data[from] === space ? from + 1 : from
  for (const word of cacheWords) {
    if (word.length === to - start && sameWord(data, start, word)) return word
  }
  return data.toString('latin1', from, to).trim().toUpperCase().slice(0, longestCacheWord)
}

function sameWord(data: Buffer, from: number, word: string): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (data[from + index] !== word.charCodeAt(index)) return false
  }
  return true
}
