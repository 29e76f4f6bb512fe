import type { Socket } from 'node:net'

export interface RawOrigin {
  /** Answers each request with what `answers` has for its path, and closes the connection; without one, 200 and `ok`. */
  readonly raw: (socket: Socket) => void
  /** Path → parts in which the answer is written. */
  readonly answers: Map<string, readonly string[]>
  /** The requests that came: head and, where it came along, body. */
  readonly requests: string[]
}

/** An origin that answers in bytes, whatever HTTP says of them. */
export function rawOrigin(): RawOrigin {
  const answers = new Map<string, readonly string[]>()
  const requests: string[] = []
  return {
    answers,
    requests,
    raw: (socket) => {
      let text = ''
      let place: number | undefined
      // Turns of the event loop between the parts, so that they arrive as the test cut them.
      const answer = async (parts: readonly string[]): Promise<void> => {
        for (const part of parts) {
          socket.write(part, 'latin1')
          await new Promise((resolve) => setImmediate(resolve))
        }
        socket.end()
      }
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
        if (place !== undefined) requests[place] = text
        else if (text.includes('\r\n\r\n')) {
          place = requests.push(text) - 1
          const path = text.split(' ')[1] ?? ''
          void answer(answers.get(path) ?? ['HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok'])
        }
      })
    },
  }
}
