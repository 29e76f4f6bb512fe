/** What the control APIs of our programs have in common: who may ask, what was asked, short answers. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

const maxRequestBytes = 4 * 1024 * 1024

/** Tells requests that carry the token from others. */
export function holderOf(token: string): (request: IncomingMessage) => boolean {
  const digest = sha256(`Bearer ${token}`)
  // Digests have one length whatever was sent, so that the comparison takes one time.
  return ({ headers }) => timingSafeEqual(sha256(headers.authorization ?? ''), digest)
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Throws RangeError and SyntaxError for what the caller got wrong. */
export async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxRequestBytes) throw new RangeError('the request is too large')
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

export function end(response: ServerResponse, status: number, text?: string): void {
  response.writeHead(status, text === undefined ? {} : { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}
