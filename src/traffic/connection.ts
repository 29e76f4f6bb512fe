/** One keep-alive connection: one request under way at a time, no retries, every failure told by kind. */
import { connect, type Socket } from 'node:net'
import type { FailureKind, Target } from './plan.ts'
import { type ResponseHead, responseParser } from './response-parser.ts'

/** What happens to one request. Exactly one of `answered` and `failed` is called. */
export interface RequestEvents {
  body(chunk: Buffer): void
  answered(head: ResponseHead, bodyBytes: number): void
  failed(kind: FailureKind): void
}

export interface Connection {
  /** Sends the bytes of a whole request. Only when `busy` is false. */
  send(bytes: Buffer | string, method: string, wantBody: boolean, events: RequestEvents): void
  readonly busy: boolean
  /** False once it is closed, or will be after the answer under way. */
  readonly usable: boolean
  /** Ends it now; a request under way fails with `kind`. */
  destroy(kind: FailureKind): void
}

export interface ConnectionHooks {
  /** The connection is of no more use: closed by either side, or never established. */
  closed(): void
  connected?(): void
}

export function openConnection(target: Target, hooks: ConnectionHooks): Connection {
  let current: RequestEvents | null = null
  let usable = true
  let established = false
  const socket: Socket = connect({ host: target.host, port: target.port, noDelay: true })

  function fail(kind: FailureKind): void {
    usable = false
    const request = current
    current = null
    socket.destroy()
    request?.failed(kind)
  }

  const parser = responseParser({
    body: (chunk) => current?.body(chunk),
    complete: (head, bodyBytes) => {
      const request = current
      current = null
      if (!head.keepAlive) {
        usable = false
        socket.destroy()
      }
      request?.answered(head, bodyBytes)
    },
    garbage: () => fail('protocol'),
  })

  socket.on('connect', () => {
    established = true
    hooks.connected?.()
  })
  socket.on('data', (data) => parser.push(data))
  socket.on('end', () => {
    // A body without a length ends with the connection; anything else that is under way was cut.
    if (!parser.end()) fail('reset')
    usable = false
  })
  socket.on('error', () => fail(established ? 'reset' : 'refused'))
  socket.on('close', () => {
    if (current) fail(established ? 'reset' : 'refused')
    usable = false
    hooks.closed()
  })

  return {
    send: (bytes, method, wantBody, events) => {
      current = events
      parser.expect(method, wantBody)
      socket.write(bytes)
    },
    get busy() {
      return current !== null
    },
    get usable() {
      return usable
    },
    destroy: fail,
  }
}
