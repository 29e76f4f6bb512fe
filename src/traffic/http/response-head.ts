/**
 * Reads the head of an HTTP/1.1 response. Built for speed, because the driver reads tens of thousands a second: one
 * pass over the bytes, and nothing is decoded but the few headers that framing and counting need.
 */

import type { HeaderList } from '../../http/headers.ts'

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
const zero = 48
const nine = 57
const colon = 58

/** What a byte may be part of: a token, such as a header's name (RFC 9110 §5.6.2); a header's value (§5.5). */
const inToken = 1
const inValue = 2
const byteKinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = byte === tab || (byte >= space && byte !== 127) ? inValue : 0
  return /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(byte)) ? value | inToken : value
})

const statusLine = Buffer.from('HTTP/1.1 ')

/** Cache words of the systems we know; told apart without an allocation. */
const cacheWords = ['HIT', 'MISS', 'STALE', 'EXPIRED', 'BYPASS', 'UPDATING', 'REVALIDATED', 'DYNAMIC']
const longestCacheWord = 24

/**
 * Reads `data[from, end)` into `head`; `end` is where the CR LF of its last line begins. Returns what is wrong with it,
 * or ''. Statuses of 600 and more are answers like any other: clients take them for a 5xx (RFC 9110 §15).
 */
export function readHead(data: Buffer, from: number, end: number, head: ResponseHead): string {
  if (end - from < 12) return 'no HTTP/1.1 status line'
  const wrongStart = wrongStatusLine(data, from, end)
  if (wrongStart !== '') return wrongStart
  const minor = data[from + 7]! - zero
  head.status = (data[from + 9]! - zero) * 100 + (data[from + 10]! - zero) * 10 + data[from + 11]! - zero
  head.cache = ''
  head.chunked = false
  head.untilClose = false
  head.length = -1
  let closes = false
  let persists = minor === 1

  let at = endOfValue(data, from + 12)
  if (data[at] !== cr || data[at + 1] !== lf) return wrongByte(data[at]!)
  at += 2
  while (at < end) {
    const start = at
    at = endOfName(data, at)
    if (data[at] !== colon || at === start) return wrongName(data, start, at)
    const size = at - start
    const stop = endOfValue(data, at)
    if (data[stop] !== cr || data[stop + 1] !== lf) return wrongByte(data[stop]!)
    if (size === 14 && equals(data, start, at, 'content-length')) {
      const length = readLength(data, at + 1, stop)
      if (length < 0) return 'Content-Length is no number'
      if (head.length >= 0 && head.length !== length) return 'two different Content-Lengths'
      head.length = length
    } else if (size === 10 && equals(data, start, at, 'connection')) {
      const said = readConnection(data, at + 1, stop)
      closes ||= said === 'close'
      persists ||= said === 'keep-alive'
    } else if (size === 7 && equals(data, start, at, 'x-cache')) {
      head.cache = readCacheWord(data, at + 1, stop)
    } else if (size === 17 && equals(data, start, at, 'transfer-encoding')) {
      const wrong = readCodings(data, at + 1, stop, head)
      if (wrong !== '') return wrong
    }
    at = stop + 2
  }
  // close wins, wherever it stands (RFC 9112 §9.3).
  head.keepAlive = persists && !closes
  if (head.chunked || head.untilClose) {
    // Transfer-Encoding overrides Content-Length, and such a connection is not trusted further (RFC 9112 §6.1, §6.3).
    if (head.length >= 0 || minor === 0) head.keepAlive = false
    head.length = -1
  }
  return ''
}

/**
 * What is wrong already with a head whose end has not come yet, `data[from, to)`, or ''. A sender that then stays
 * silent would otherwise be taken for a slow one.
 */
export function wrongSoFar(data: Buffer, from: number, to: number, head: ResponseHead): string {
  const last = data.lastIndexOf(lf, to - 1)
  if (last < from) {
    const wrong = wrongStatusLine(data, from, to)
    return wrong !== '' || to - from < 13 ? wrong : wrongEnd(data, endOfValue(data, from + 12), to)
  }
  if (last === from || data[last - 1] !== cr) return wrongByte(lf)
  return readHead(data, from, last - 1, head) || wrongHeaderLine(data, last + 1, to)
}

/** What is wrong with a header line, or with as much of it as has come, `data[start, to)`, up to its CR; or ''. */
export function wrongHeaderLine(data: Buffer, start: number, to: number): string {
  const at = endOfName(data, start)
  if (at >= to) return ''
  // The empty line, begun.
  if (at === start && data[at] === cr) return wrongEnd(data, at, to)
  return wrongName(data, start, at) || wrongEnd(data, endOfValue(data, at), to)
}

/** A status line, or as much of it as has come, up to the byte after its status. */
function wrongStatusLine(data: Buffer, from: number, to: number): string {
  const available = to - from
  for (let index = 0; index < 9 && index < available; index += 1) {
    const byte = data[from + index]!
    if (byte !== statusLine[index]! && !(index === 7 && byte === zero)) return 'no HTTP/1.1 status line'
  }
  for (let index = 9; index < 12 && index < available; index += 1) {
    const byte = data[from + index]!
    if (byte < zero || byte > nine || (index === 9 && byte === zero)) return 'no status code'
  }
  if (available > 12 && data[from + 12] !== space && data[from + 12] !== cr) return 'no status code'
  return ''
}

/** What ends a line too early, or ends it wrongly. */
function wrongByte(byte: number): string {
  if (byte === lf) return 'a line that ends with LF alone'
  return byte === cr ? 'a CR without an LF' : 'a control character in the head'
}

/** Where a line stops at `at` but more of it has come: only a CR may be its last byte. */
function wrongEnd(data: Buffer, at: number, to: number): string {
  return at >= to || (at === to - 1 && data[at] === cr) ? '' : wrongByte(data[at]!)
}

/** What is wrong with a header's name that stops at `at`, where its colon should be; or ''. */
function wrongName(data: Buffer, start: number, at: number): string {
  const byte = data[at]
  if (byte === space || byte === tab) {
    // A fold is a fault although clients may join it (RFC 9112 §5.2): no server may write one.
    return at === start ? 'a folded line' : 'white space in the name of a header'
  }
  if (byte === colon) return at === start ? 'a header without a name' : ''
  if (byte === cr) return 'a header without a colon'
  return byte === lf ? wrongByte(lf) : 'a character that no name of a header may have'
}

/** The whole list of a head that `readHead` found good: names as they came, values latin1. */
export function decodeHeaders(data: Buffer, from: number, end: number): HeaderList {
  const [, ...lines] = data.toString('latin1', from, end).split('\r\n')
  return lines.map((line) => {
    const at = line.indexOf(':')
    return [line.slice(0, at), trimmed(line.slice(at + 1))] as const
  })
}

/** Optional white space is space and tab only (RFC 9110 §5.6.3); trim() would take more. */
function trimmed(value: string): string {
  return value.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '')
}

/** The next byte that no value may have: a CR, where all is well. There is one before the data ends. */
function endOfValue(data: Buffer, from: number): number {
  let at = from
  while ((byteKinds[data[at]!]! & inValue) !== 0) at += 1
  return at
}

/** The next byte that no name may have: a colon, where all is well. */
function endOfName(data: Buffer, from: number): number {
  let at = from
  while ((byteKinds[data[at]!]! & inToken) !== 0) at += 1
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

function readConnection(data: Buffer, from: number, to: number): 'close' | 'keep-alive' | '' {
  const start = data[from] === space ? from + 1 : from
  // What NGINX says in every answer.
  if (equals(data, start, to, 'keep-alive')) return 'keep-alive'
  const options = data.toString('latin1', from, to).toLowerCase().split(',').map(trimmed)
  if (options.includes('close')) return 'close'
  return options.includes('keep-alive') ? 'keep-alive' : ''
}

const transferCoding = /^[!#$%&'*+.^_`|~0-9a-z-]+([ \t]*;[ \t]*[^\s;]+)*$/

/**
 * Notes in `head` what frames the message; lines of one head add up. Only the last coding may be chunked, once and
 * without parameters (RFC 9112 §6.1, §7.1); without it, the end of the connection ends the body. Returns what is wrong,
 * or ''.
 */
function readCodings(data: Buffer, from: number, to: number, head: ResponseHead): string {
  // Empty elements of a list are ignored (RFC 9110 §5.6.1).
  const codings = data.toString('latin1', from, to).toLowerCase().split(',').map(trimmed).filter(Boolean)
  if (codings.length === 0) return 'Transfer-Encoding names no coding'
  for (const coding of codings) {
    if (head.chunked) return 'a transfer coding after chunked'
    if (!transferCoding.test(coding) || /^chunked[ \t;]/.test(coding)) return 'Transfer-Encoding is no list of codings'
    head.chunked = coding === 'chunked'
    head.untilClose = !head.chunked
  }
  return ''
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
