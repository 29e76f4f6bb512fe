/**
 * Reads HTTP/1.1 responses from the bytes of one connection, framed after RFC 9112 §6. Built for speed: only the
 * headers that framing and counting need are looked at; the full list is decoded when somebody wants it.
 */

/** The largest header block, as in Node's own parser for requests (64 KiB here, responses carry more). */
const maxHeaderBytes = 64 * 1024

export interface ResponseHead {
  status: number
  /** Value of X-Cache, upper case; empty where there is none. */
  cache: string
  /** False after `Connection: close`, for HTTP/1.0 without keep-alive, and where the body ends with the connection. */
  keepAlive: boolean
  /** The header block without the status line and the last CRLF pair, as bytes. */
  block: Buffer
}

export interface ParserEvents {
  /** A body chunk, framing removed; only called while `wantBody` is set. */
  body(chunk: Buffer): void
  /** A whole response has arrived, `bodyBytes` long. */
  complete(head: ResponseHead, bodyBytes: number): void
  /** The bytes are no HTTP/1.1 response. The connection is of no more use. */
  garbage(why: string): void
}

type State = 'head' | 'length' | 'close' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailers' | 'dead'

export interface ResponseParser {
  /** Tells the parser that a request has been sent: HEAD has no body. Bytes without a request are garbage. */
  expect(method: string, wantBody: boolean): void
  push(data: Buffer): void
  /** The peer ended the connection. True where that completed a response; false where one was cut or none was due. */
  end(): boolean
}

const headEnd = Buffer.from('\r\n\r\n')
const lineEnd = Buffer.from('\r\n')

export function responseParser(events: ParserEvents): ResponseParser {
  let state: State = 'head'
  let pending: Buffer | null = null
  let method = ''
  let awaiting = false
  let wantBody = false
  let head: ResponseHead | null = null
  let remaining = 0
  let bodyBytes = 0
  let trailerBytes = 0

  function fail(why: string): void {
    state = 'dead'
    pending = null
    events.garbage(why)
  }

  function complete(): void {
    const done = head!
    const bytes = bodyBytes
    state = 'head'
    head = null
    bodyBytes = 0
    awaiting = false
    events.complete(done, bytes)
  }

  /** Takes up to `remaining` bytes of body; returns the new offset. */
  function takeBody(data: Buffer, from: number): number {
    const to = Math.min(data.length, from + remaining)
    const size = to - from
    remaining -= size
    bodyBytes += size
    if (wantBody && size > 0) events.body(data.subarray(from, to))
    return to
  }

  /** Returns the new offset, or -1 where more bytes are needed. */
  function takeHead(data: Buffer, from: number): number {
    if (!awaiting) {
      fail('bytes without a request')
      return -1
    }
    const end = data.indexOf(headEnd, from)
    if (end < 0) {
      if (data.length - from > maxHeaderBytes) fail('the header block is too long')
      return -1
    }
    const parsed = readHead(data, from, end)
    if (typeof parsed === 'string') {
      fail(parsed)
      return -1
    }
    const next = end + 4
    // Interim responses (RFC 9110 §15.2) come before the final one; 101 would change the protocol, and was not asked for.
    if (parsed.head.status < 200) {
      if (parsed.head.status === 101) fail('unasked protocol switch')
      return parsed.head.status === 101 ? -1 : next
    }
    head = parsed.head
    if (method === 'HEAD' || head.status === 204 || head.status === 304) {
      complete()
    } else if (parsed.chunked) {
      state = 'chunk-size'
    } else if (parsed.length >= 0) {
      remaining = parsed.length
      state = 'length'
      if (remaining === 0) complete()
    } else {
      head.keepAlive = false
      remaining = Number.POSITIVE_INFINITY
      state = 'close'
    }
    return next
  }

  function takeChunkSize(data: Buffer, from: number): number {
    const end = data.indexOf(lineEnd, from)
    if (end < 0) {
      if (data.length - from > 4096) fail('a chunk’s size line is too long')
      return -1
    }
    // Extensions after “;” are allowed and mean nothing to us (RFC 9112 §7.1.1).
    const match = /^([0-9a-fA-F]{1,13})[ \t]*(;.*)?$/s.exec(data.toString('latin1', from, end))
    if (!match) {
      fail('a chunk without a size')
      return -1
    }
    remaining = Number.parseInt(match[1]!, 16)
    state = remaining === 0 ? 'trailers' : 'chunk-data'
    trailerBytes = 0
    return end + 2
  }

  function takeTrailers(data: Buffer, from: number): number {
    const end = data.indexOf(lineEnd, from)
    if (end < 0) {
      if (data.length - from > maxHeaderBytes) fail('a trailer is too long')
      return -1
    }
    trailerBytes += end - from
    if (trailerBytes > maxHeaderBytes) {
      fail('the trailers are too long')
      return -1
    }
    if (end === from) complete()
    return end + 2
  }

  function push(chunk: Buffer): void {
    if (state === 'dead') return
    const data = pending ? Buffer.concat([pending, chunk]) : chunk
    pending = null
    let at = 0
    while (at < data.length) {
      let next: number
      switch (state) {
        case 'head':
          next = takeHead(data, at)
          break
        case 'length':
          next = takeBody(data, at)
          if (remaining === 0) complete()
          break
        case 'close':
          next = takeBody(data, at)
          break
        case 'chunk-size':
          next = takeChunkSize(data, at)
          break
        case 'chunk-data':
          next = takeBody(data, at)
          if (remaining === 0) state = 'chunk-end'
          break
        case 'chunk-end':
          if (data.length - at < 2) next = -1
          else if (data[at] === 13 && data[at + 1] === 10) {
            state = 'chunk-size'
            next = at + 2
          } else {
            fail('a chunk does not end where it said')
            return
          }
          break
        case 'trailers':
          next = takeTrailers(data, at)
          break
        default:
          return
      }
      if (next < 0) {
        if ((state as State) !== 'dead') pending = at === 0 ? data : data.subarray(at)
        return
      }
      at = next
    }
  }

  return {
    expect: (nextMethod, nextWantBody) => {
      method = nextMethod
      wantBody = nextWantBody
      awaiting = true
    },
    push,
    end: () => {
      if (state !== 'close') return false
      complete()
      return true
    },
  }
}

interface Framing {
  readonly head: ResponseHead
  readonly chunked: boolean
  /** -1: not given. */
  readonly length: number
}

/** Reads status line and the headers that matter out of `data[from, end)`; a string says what is wrong with it. */
function readHead(data: Buffer, from: number, end: number): Framing | string {
  // “HTTP/1.x NNN”
  if (end - from < 12 || data.toString('latin1', from, from + 7) !== 'HTTP/1.' || data[from + 8] !== 32)
    return 'no HTTP/1.1 status line'
  const minor = data[from + 7]! - 48
  const status = (data[from + 9]! - 48) * 100 + (data[from + 10]! - 48) * 10 + (data[from + 11]! - 48)
  const after = data[from + 12]
  if (!(minor === 0 || minor === 1) || !(status >= 100 && status <= 999)) return 'no HTTP/1.1 status line'
  if (end - from > 12 && after !== 32 && after !== 13) return 'no HTTP/1.1 status line'
  let length = -1
  let chunked = false
  let keepAlive = minor === 1
  let cache = ''
  let line = data.indexOf(lineEnd, from)
  const blockStart = line >= end || line < 0 ? end : line + 2
  line = blockStart
  while (line < end) {
    let stop = data.indexOf(lineEnd, line)
    if (stop < 0 || stop > end) stop = end
    // The first letter sorts out nearly every header before anything is decoded: c(ontent-length|onnection), t, x.
    const letter = data[line]! | 0x20
    if (letter === 99 || letter === 116 || letter === 120) {
      const colon = data.indexOf(58, line)
      if (colon < 0 || colon > stop) return 'a header without a colon'
      const size = colon - line
      if (size === 14 && named(data, line, colon, 'content-length')) {
        const value = data.toString('latin1', colon + 1, stop).trim()
        if (!/^\d{1,15}$/.test(value)) return 'Content-Length is no number'
        if (length >= 0 && length !== Number(value)) return 'two different Content-Lengths'
        length = Number(value)
      } else if (size === 17 && named(data, line, colon, 'transfer-encoding')) {
        if (
          data
            .toString('latin1', colon + 1, stop)
            .trim()
            .toLowerCase() !== 'chunked'
        )
          return 'an unknown Transfer-Encoding'
        chunked = true
      } else if (size === 10 && named(data, line, colon, 'connection')) {
        const value = data.toString('latin1', colon + 1, stop).toLowerCase()
        if (value.includes('close')) keepAlive = false
        else if (minor === 0 && value.includes('keep-alive')) keepAlive = true
      } else if (size === 7 && named(data, line, colon, 'x-cache')) {
        cache = cacheWord(data, colon + 1, stop)
      }
    } else if (letter === 0x20 || letter === (9 | 0x20)) {
      // obs-fold (RFC 9112 §5.2): a user agent may take it for spaces; nothing that matters here is ever folded.
      if (line === blockStart) return 'a folded line before any header'
    }
    line = stop + 2
  }
  // Transfer-Encoding overrides Content-Length, and the connection is not trusted any further (RFC 9112 §6.3).
  if (chunked && length >= 0) keepAlive = false
  return { head: { status, cache, keepAlive, block: data.subarray(blockStart, end) }, chunked, length }
}

function named(data: Buffer, from: number, to: number, name: string): boolean {
  for (let index = from; index < to; index += 1) {
    const byte = data[index]!
    const lower = byte >= 65 && byte <= 90 ? byte | 0x20 : byte
    if (lower !== name.charCodeAt(index - from)) return false
  }
  return true
}

/** HIT and MISS without an allocation, for there are thousands of them a second. */
function cacheWord(data: Buffer, from: number, to: number): string {
  const start = data[from] === 32 ? from + 1 : from
  if (to - start === 3 && data[start] === 72 && data[start + 1] === 73 && data[start + 2] === 84) return 'HIT'
  if (to - start === 4 && data[start] === 77 && data[start + 1] === 73 && data[start + 3] === 83) return 'MISS'
  return data.toString('latin1', from, to).trim().toUpperCase().slice(0, 24)
}

/** The header block as pairs, names as they came. */
export function decodeHeaders(block: Buffer): readonly (readonly [string, string])[] {
  return block
    .toString('latin1')
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const
    })
}
