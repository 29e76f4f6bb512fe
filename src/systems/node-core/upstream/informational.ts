/**
 * Takes informational answers (100, 102, 103 …) out of what origins send. A client must read past those that it did
 * not ask for (RFC 9110 §15.2), but undici gives the connection up at a 100. None are handed on to the edge's clients.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { buildConnector } from 'undici'

/** 101 is left to undici: it changes the protocol, which is never asked for here. */
const informational = /^HTTP\/1\.[01] 1(?!01)\d\d/
const beginnings = ['HTTP/1.0 1', 'HTTP/1.1 1']
const statusEnd = 'HTTP/1.1 100'.length
const headEnd = '\r\n\r\n'
/** As much as undici takes for a head. */
const longestHead = 16 * 1024

/** Connections whose next bytes begin an answer: without pipelining, those to which a request has just gone. */
const atHead = new WeakSet<Socket>()
subscribe('undici:client:sendHeaders', (message) => atHead.add((message as { socket: Socket }).socket))

/** undici's connector, on whose connections informational answers are not seen. For HTTP/1.1 without pipelining. */
export function finalAnswersOnly(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options)
  return (target, callback) =>
    connect(target, (...result) => {
      if (result[1]) skipInformational(result[1])
      callback(...result)
    })
}

/** Changes how the socket is read: what may be an informational head is held until it is known whether it is one. */
function skipInformational(socket: Socket): void {
  const read = socket.read.bind(socket)
  let held: Buffer = Buffer.alloc(0)
  socket.read = (size?: number): Buffer | null => {
    const chunk: Buffer | null = read(size)
    if (chunk === null || !atHead.has(socket)) return chunk
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    for (;;) {
      const start = held.toString('latin1', 0, statusEnd)
      const end = informational.test(start) ? held.indexOf(headEnd) : -1
      if (end === -1) break
      held = held.subarray(end + headEnd.length)
    }
    const start = held.toString('latin1', 0, statusEnd)
    const open =
      start.length < statusEnd
        ? beginnings.some((beginning) => beginning.startsWith(start.slice(0, beginning.length)))
        : informational.test(start)
    if (open && held.length < longestHead) return null
    atHead.delete(socket)
    const rest = held
    held = Buffer.alloc(0)
    return rest
  }
}
