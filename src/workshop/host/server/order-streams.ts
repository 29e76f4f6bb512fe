/** Server-sent events towards participants: orders at once, after every change, and again every few seconds. */
import type { ServerResponse } from 'node:http'
import { heartbeatMs, type Orders } from '../../protocol/messages.ts'
import type { Refused } from '../../protocol/refused.ts'
import { limits } from '../limits/limits.ts'

export interface OrderStreams {
  /** Begins the answer. A participant has one stream: the one before ends. */
  open(participant: string, response: ServerResponse): void
  /** Sends the orders as they are now to everybody. */
  send(): void
  /** Says to a participant that they were removed, as the last thing. */
  dismiss(participant: string): void
  close(): void
}

export function orderStreams(
  orders: () => Orders,
  connected: (participant: string, isConnected: boolean) => void,
): OrderStreams {
  const open = new Map<string, ServerResponse>()
  const send = (): void => {
    const event = eventOf(orders())
    for (const response of open.values()) {
      response.write(event)
      // Its reader has stopped reading, and what is sent would fill the host's memory.
      if (response.writableLength > limits.unread) response.destroy()
    }
  }
  const beat = setInterval(send, heartbeatMs).unref()
  return {
    open: (participant, response) => {
      open.get(participant)?.end()
      open.set(participant, response)
      response.on('close', () => {
        if (open.get(participant) !== response) return
        open.delete(participant)
        connected(participant, false)
      })
      // A connection that broke: `close` follows.
      response.on('error', () => {})
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(eventOf(orders()))
      connected(participant, true)
    },
    send,
    dismiss: (participant) => {
      const refused: Refused = { refused: 'removed', why: '' }
      open.get(participant)?.end(eventOf(refused))
    },
    close: () => {
      clearInterval(beat)
      for (const response of open.values()) response.end()
    },
  }
}

/** JSON has no line breaks of its own, so that one `data` line holds it. */
function eventOf(what: Orders | Refused): string {
  return `data: ${JSON.stringify(what)}\n\n`
}
