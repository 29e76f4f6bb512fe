import type { HeaderList } from '../../src/http/headers.ts'
import { decodeHeaders } from '../../src/traffic/http/response-head.ts'
import { responseParser } from '../../src/traffic/http/response-parser.ts'

export interface Parsed {
  readonly status: number
  readonly cache: string
  readonly keepAlive: boolean
  readonly headers: HeaderList
  readonly body: string
  readonly bodyBytes: number
}

export interface Outcome {
  readonly responses: readonly Parsed[]
  readonly garbage: string | null
}

/** `method`: null where nothing was asked. Gives the pieces to a parser one after another, each in the same buffer, as connections do. */
export function parseAll(method: string | null, pieces: readonly Buffer[], closes: boolean): Outcome {
  const responses: Parsed[] = []
  let garbage: string | null = null
  let headers: HeaderList = []
  const chunks: Buffer[] = []
  const parser = responseParser({
    head: (_head, data, from, end) => {
      headers = decodeHeaders(data, from, end)
      return true
    },
    body: (data, from, end) => chunks.push(Buffer.from(data.subarray(from, end))),
    complete: ({ status, cache, keepAlive }, bodyBytes) => {
      const body = Buffer.concat(chunks.splice(0)).toString('latin1')
      responses.push({ status, cache, keepAlive, headers, body, bodyBytes })
    },
    garbage: (why) => {
      garbage = why
    },
  })
  if (method !== null) parser.expect(method)
  const shared = Buffer.alloc(256 * 1024, '\r\n\r\n')
  for (const piece of pieces) {
    piece.copy(shared, 7)
    parser.push(shared, 7, 7 + piece.length)
  }
  if (closes) parser.end()
  return { responses, garbage }
}

/** Whole, cut in two at every byte, and byte by byte. */
export function everyCut(bytes: Buffer): readonly (readonly Buffer[])[] {
  const inTwo = Array.from({ length: bytes.length }, (_, at) => [bytes.subarray(0, at), bytes.subarray(at)])
  return [...inTwo, Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))]
}
