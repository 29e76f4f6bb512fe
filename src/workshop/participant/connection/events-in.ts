/**
 * Server-sent events (html.spec.whatwg.org, 9.2.6), as far as a host uses them: `data` of each event, in order. undici's
 * own EventSource sends no token and waits the same time before each attempt.
 */
import { heartbeatMs } from '../../protocol/messages.ts'

/** Orders come every few seconds: who has missed three of them is no longer connected, whatever the socket says. */
const silenceMs = 3 * heartbeatMs
const longestEvent = 64 * 1024

interface Stream extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): unknown
}

/** Rejects where nothing comes for too long, and where an event does not end. */
export async function* eventsIn(stream: Stream): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const silence = setTimeout(() => stream.destroy(new Error('the host says nothing any more')), silenceMs)
  let rest = ''
  let data: string[] = []
  try {
    for await (const bytes of stream) {
      silence.refresh()
      const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop()!
      for (const line of lines) {
        if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
        if (line !== '' || data.length === 0) continue
        yield data.join('\n')
        data = []
      }
      if (rest.length + data.join('').length > longestEvent) throw new Error('the host sends no end')
    }
  } finally {
    clearTimeout(silence)
    stream.destroy()
  }
}
