/** A client that sends bytes as they are, whatever HTTP says of them. */
import { connect } from 'node:net'

export interface Conversation {
  /** All that came, as Latin-1. */
  readonly text: string
  /** Status and body of each answer in it, in order; informational ones are left out. Throws where it is cut short. */
  readonly answers: readonly { readonly status: number; readonly body: string }[]
}

/**
 * Sends the bytes in these parts, each in a turn of its own, and reads until the other side closes. `end`: whether the
 * client closes its sending side after them, or breaks the connection. Rejects where the other side is silent and open
 * for `withinMs`.
 */
export function converse(
  port: number,
  parts: string | readonly string[],
  { end = 'stay', withinMs = 10_000 }: { readonly end?: 'stay' | 'close' | 'reset'; readonly withinMs?: number } = {},
): Promise<Conversation> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }, async () => {
      for (const [n, part] of [parts].flat().entries()) {
        if (n > 0) await new Promise((turn) => setImmediate(turn))
        if (socket.writable) socket.write(part, 'latin1')
      }
      if (end === 'close') socket.end()
      if (end === 'reset') socket.resetAndDestroy()
    })
    socket.setTimeout(withinMs, () => socket.destroy(new Error(`still open after ${JSON.stringify(parts)}`)))
    socket.on('data', (chunk) => chunks.push(chunk))
    // The other side may close before it has read everything.
    socket.on('error', (error: NodeJS.ErrnoException) => /ECONNRESET|EPIPE/.test(error.code ?? '') || reject(error))
    socket.on('end', () => socket.end())
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('latin1')
      resolve({
        text,
        get answers() {
          return answersIn(text)
        },
      })
    })
  })
}

function answersIn(text: string): Conversation['answers'] {
  const answers: { status: number; body: string }[] = []
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\r\n\r\n', at)
    if (end === -1) throw new Error(`not HTTP: ${JSON.stringify(text.slice(at))}`)
    const head = text.slice(at, end)
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1])
    if (!status) throw new Error(`not HTTP: ${JSON.stringify(head)}`)
    at = end + 4
    if (status < 200) continue
    const length = /^content-length: *(\d+)/im.exec(head)?.[1]
    let body = ''
    if (/^transfer-encoding: *chunked/im.test(head)) {
      for (;;) {
        const line = text.indexOf('\r\n', at)
        const size = Number.parseInt(text.slice(at, line), 16)
        if (line === -1 || !(size >= 0)) throw new Error(`a broken chunk: ${JSON.stringify(text.slice(at))}`)
        body += text.slice(line + 2, line + 2 + size)
        at = line + 2 + size + 2
        if (size === 0) break
      }
    } else {
      body = text.slice(at, length === undefined ? undefined : at + Number(length))
      at += body.length
    }
    answers.push({ status, body })
  }
  return answers
}
