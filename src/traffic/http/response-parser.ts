/** Finds the responses in the bytes of one connection: framing after RFC 9112 §6 and §7.1. */
import { newHead, type ResponseHead, readHead, wrongHeaderLine, wrongSoFar } from './response-head.ts'

/** No response of the lab has more; a sender that goes on is not speaking HTTP. */
const maxHeadBytes = 64 * 1024
const maxChunkLineBytes = 4096

export interface ParserEvents {
  /**
   * The final head is read, from `data[from, end)`; these bytes are good during this call only. True asks for the body.
   * `head` is the parser's own and holds until the next response.
   */
  head(head: ResponseHead, data: Buffer, from: number, end: number): boolean
  /** A piece of the body without its framing; the bytes are good during this call only. */
  body(data: Buffer, from: number, end: number): void
  complete(head: ResponseHead, bodyBytes: number): void
  /** This is no HTTP/1.1 response, or no request asked for it. The connection is of no more use. */
  garbage(why: string): void
}

export interface ResponseParser {
  /** A request has been sent. Bytes that come without one are garbage. */
  expect(method: string): void
  /** Takes `data[from, to)`. What must be kept is copied, so the buffer can be used again. */
  push(data: Buffer, from: number, to: number): void
  /** The peer ended the connection. True where that completed a response. */
  end(): boolean
}

type State = 'head' | 'length' | 'close' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailers' | 'dead'

const headEnd = Buffer.from('\r\n\r\n')
const more = -1
const surplusFound = 'bytes after the answer'
/** RFC 9112 §7.1: a size in hexadecimal; what follows it (extensions, §7.1.1) means nothing to us. */
const chunkLine = /^0*([0-9a-f]{1,12})(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?$/i
const chunkLineBegun = /^0*[0-9a-f]{0,12}(?:[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?)?\r?$/i

export function responseParser(events: ParserEvents): ResponseParser {
  const head = newHead()
  let state: State = 'head'
  /** The beginning of something that came in pieces. */
  let pending: Buffer | null = null
  let awaiting = false
  let answeredBefore = false
  let noBody = false
  let wanted = false
  let remaining = 0
  let bodyBytes = 0
  let trailerBytes = 0

  function fail(why: string): typeof more {
    state = 'dead'
    pending = null
    events.garbage(why)
    return more
  }

  /**
   * `surplus`: bytes were left after the response. With one request under way they belong to none (RFC 9112 §9.2), and
   * the next may not be sent: they would be taken for its answer. Where the connection closes, nothing more is read.
   */
  function complete(surplus: boolean): void {
    const unasked = surplus && head.keepAlive
    state = surplus ? 'dead' : 'head'
    awaiting = false
    answeredBefore = true
    if (surplus) head.keepAlive = false
    events.complete(head, bodyBytes)
    if (unasked) fail(surplusFound)
  }

  function takeHead(data: Buffer, from: number, to: number): number {
    if (!awaiting) return fail(answeredBefore ? surplusFound : 'bytes before the request')
    const end = data.indexOf(headEnd, from)
    if (end < 0 || end + 4 > to) {
      if (to - from > maxHeadBytes) return fail('the head is too long')
      const wrong = wrongSoFar(data, from, to, head)
      return wrong === '' ? more : fail(wrong)
    }
    if (end - from > maxHeadBytes) return fail('the head is too long')
    const wrong = readHead(data, from, end, head)
    if (wrong !== '') return fail(wrong)
    const next = end + 4
    if (head.status < 200) {
      // Interim responses come before the final one (RFC 9110 §15.2). Nobody asked for another protocol.
      return head.status === 101 ? fail('a protocol switch that was not asked for') : next
    }
    bodyBytes = 0
    wanted = events.head(head, data, from, end)
    if (noBody || head.status === 204 || head.status === 304) {
      complete(next < to)
    } else if (head.chunked) {
      state = 'chunk-size'
      trailerBytes = 0
    } else if (head.length >= 0) {
      remaining = head.length
      state = 'length'
      if (remaining === 0) complete(next < to)
    } else {
      head.keepAlive = false
      remaining = Number.POSITIVE_INFINITY
      state = 'close'
    }
    return next
  }

  function takeBody(data: Buffer, from: number, to: number): number {
    const end = to - from > remaining ? from + remaining : to
    remaining -= end - from
    bodyBytes += end - from
    if (wanted) events.body(data, from, end)
    return end
  }

  function takeChunkSize(data: Buffer, from: number, to: number): number {
    const end = lineEnd(data, from, to)
    if (state === 'dead') return more
    if (end === more) {
      if (to - from > maxChunkLineBytes) return fail('a chunk’s first line is too long')
      return chunkLineBegun.test(data.toString('latin1', from, to)) ? more : fail('a chunk without a size')
    }
    const match = chunkLine.exec(data.toString('latin1', from, end))
    if (!match) return fail('a chunk without a size')
    remaining = Number.parseInt(match[1]!, 16)
    state = remaining === 0 ? 'trailers' : 'chunk-data'
    return end + 2
  }

  function takeChunkEnd(data: Buffer, from: number, to: number): number {
    if (data[from] !== 13 || (to - from > 1 && data[from + 1] !== 10))
      return fail('a chunk of another size than it said')
    if (to - from < 2) return more
    state = 'chunk-size'
    return from + 2
  }

  function takeTrailers(data: Buffer, from: number, to: number): number {
    const end = lineEnd(data, from, to)
    if (state === 'dead') return more
    trailerBytes += end === more ? 0 : end - from
    if (trailerBytes > maxHeadBytes || (end === more && to - from > maxHeadBytes))
      return fail('the trailers are too long')
    if (end === from) {
      complete(end + 2 < to)
      return end + 2
    }
    const wrong = wrongHeaderLine(data, from, end === more ? to : end + 1)
    if (wrong !== '') return fail(wrong)
    return end === more ? more : end + 2
  }

  /** Where the CR LF of this line is; a bare LF ends the connection. */
  function lineEnd(data: Buffer, from: number, to: number): number {
    const at = data.indexOf(10, from)
    if (at < 0 || at >= to) return more
    return at > from && data[at - 1] === 13 ? at - 1 : fail('a line that ends with LF alone')
  }

  function step(data: Buffer, from: number, to: number): number {
    switch (state) {
      case 'head':
        return takeHead(data, from, to)
      case 'length': {
        const next = takeBody(data, from, to)
        if (remaining === 0) complete(next < to)
        return next
      }
      case 'close':
        return takeBody(data, from, to)
      case 'chunk-size':
        return takeChunkSize(data, from, to)
      case 'chunk-data': {
        const next = takeBody(data, from, to)
        if (remaining === 0) state = 'chunk-end'
        return next
      }
      case 'chunk-end':
        return takeChunkEnd(data, from, to)
      case 'trailers':
        return takeTrailers(data, from, to)
      case 'dead':
        return more
    }
  }

  return {
    expect: (method) => {
      noBody = method === 'HEAD'
      awaiting = true
    },
    push: (fresh, from, to) => {
      let data = fresh
      let at = from
      let end = to
      if (pending) {
        data = Buffer.concat([pending, fresh.subarray(from, to)])
        at = 0
        end = data.length
        pending = null
      }
      while (at < end) {
        const next = step(data, at, end)
        if (state === 'dead') return
        if (next === more) {
          pending = Buffer.from(data.subarray(at, end))
          return
        }
        at = next
      }
    },
    end: () => {
      if (state !== 'close') return false
      complete(false)
      return true
    },
  }
}
