/** Answers a client's conditions and ranges from the whole answer that cache or origin gives (RFC 9110 §13, §14). */
import { STATUS_CODES } from 'node:http'
import { type Handler, type RequestHeaders, type ResponseHeaders, relay } from '../upstream/relay.ts'

const names = ['if-none-match', 'if-modified-since', 'range', 'if-range'] as const
export type Conditions = Readonly<Partial<Record<(typeof names)[number], string>>>

/** Takes a request's conditions out of its headers, so that what is asked for and stored is the whole answer. */
export function takeConditions(headers: RequestHeaders, method: string): Conditions | undefined {
  const taken: Partial<Record<(typeof names)[number], string>> = {}
  for (const name of names) {
    const value = headers[name]
    if (value === undefined) continue
    delete headers[name]
    // Ranges are for GET alone (RFC 9110 §14.2).
    if (method === 'GET' || !name.includes('range')) taken[name] = String(value)
  }
  return Object.keys(taken).length > 0 ? taken : undefined
}

/** A part of the body, in bytes; `to` is the first that is not in it. */
interface Part {
  readonly status: 206 | 304 | 416
  readonly headers: ResponseHeaders
  readonly from: number
  readonly to: number
}

/** Passes a 200 on as what the conditions make of it, and any other answer as it is. */
export function conditional(handler: Handler, conditions: Conditions): Handler {
  let part: Part | undefined
  let at = 0
  return relay(handler, {
    onResponseStart: (controller, status, headers, message) => {
      part = status === 200 ? partOf(headers, conditions) : undefined
      if (part) handler.onResponseStart?.(controller, part.status, part.headers, STATUS_CODES[part.status])
      else handler.onResponseStart?.(controller, status, headers, message)
    },
    onResponseData: (controller, chunk) => {
      if (!part) return handler.onResponseData?.(controller, chunk)
      const wanted = chunk.subarray(Math.max(0, part.from - at), Math.max(0, part.to - at))
      at += chunk.length
      if (wanted.length > 0) handler.onResponseData?.(controller, wanted)
    },
  })
}

function partOf(headers: ResponseHeaders, conditions: Conditions): Part | undefined {
  if (isUnchanged(headers, conditions)) {
    const { 'content-length': _, 'content-type': __, 'content-encoding': ___, ...kept } = headers
    return { status: 304, headers: kept, from: 0, to: 0 }
  }
  const size = Number(headers['content-length'])
  const { range } = conditions
  if (range === undefined || !Number.isInteger(size) || !rangeHolds(headers, conditions)) return undefined
  // Several ranges at once would be a multipart answer; such a request gets the whole answer (RFC 9110 §14.2).
  const [, first = '', last = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(range) ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  if (from >= to)
    return {
      status: 416,
      headers: { ...headers, 'content-length': '0', 'content-range': `bytes */${size}` },
      from: 0,
      to: 0,
    }
  return {
    status: 206,
    headers: { ...headers, 'content-length': String(to - from), 'content-range': `bytes ${from}-${to - 1}/${size}` },
    from,
    to,
  }
}

/** RFC 9110 §13.1.2 and §13.1.3; where there is no Last-Modified its place is taken by Date (RFC 9111 §4.3.2). */
function isUnchanged(headers: ResponseHeaders, conditions: Conditions): boolean {
  const { 'if-none-match': tags, 'if-modified-since': since } = conditions
  const { etag, 'last-modified': modified = headers['date'] } = headers
  if (tags !== undefined) {
    if (typeof etag !== 'string') return false
    return tags.trim() === '*' || tags.trim() === etag || tagsOf(tags).includes(opaque(etag))
  }
  return since !== undefined && Date.parse(String(modified)) <= Date.parse(since)
}

/** A range that goes with a version holds for that version alone (RFC 9110 §13.1.5). */
function rangeHolds(
  { etag, 'last-modified': modified }: ResponseHeaders,
  { 'if-range': version }: Conditions,
): boolean {
  if (version === undefined) return true
  return version.startsWith('"') ? version === etag : version === modified
}

const tagsOf = (list: string): readonly string[] => (list.match(/(?:W\/)?"[^"]*"/g) ?? []).map(opaque)
const opaque = (tag: string): string => tag.replace(/^W\//, '')
