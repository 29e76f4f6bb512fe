/** One keep-alive connection: one request under way at a time, no retries, every failure told by kind. */
import { connect as connectTcp } from 'node:net'
import type { FailureKind } from '../../http/failure.ts'
import type { Target } from '../plan.ts'
import type { ResponseHead } from './response-head.ts'
import { responseParser } from './response-parser.ts'
import { connectTls } from './tls.ts'

/** What connections tell about the requests they carry. Times are `performance.now()` of the arrival of the bytes. */
export interface ConnectionEvents<Request> {
  /** The head has come, from `data[from, end)`, good during this call only. True asks for the body. */
  head(request: Request, head: ResponseHead, data: Buffer, from: number, end: number): boolean
  /** A piece of the body; the bytes are good during this call only. */
  body(request: Request, data: Buffer, from: number, end: number): void
  /** Called last of all; the connection is free again if it is still `usable`. */
  answered(connection: Connection<Request>, request: Request, head: ResponseHead, bodyBytes: number, at: number): void
  /** No answer will come; the connection is closed. \`why\`: what was wrong with what came, where that was the matter. */
  failed(request: Request, kind: FailureKind, why: string): void
  /** It is of no more use, for whatever reason. Called once, before what happens to the request under way. */
  closed(connection: Connection<Request>): void
  connected(): void
  /** Bytes came that belong to no request: the connection is closed, and the answers before them stand. */
  unasked(): void
  /** Milliseconds spent on bytes that came. */
  spent(ms: number): void
}

export interface Connection<Request> {
  /** Sends the text of a whole request, latin1. Only while nothing is under way. */
  send(request: Request, method: string, text: string | Buffer): void
  readonly current: Request | null
  /** False once it is closed, or about to be. */
  readonly usable: boolean
  /** How it came to an end, where it has. */
  readonly endedBy: FailureKind | null
  /** The address that the target sees it come from; empty until it is connected. */
  readonly from: string
  /** Ends it now; a request under way fails with `kind`. */
  destroy(kind: FailureKind): void
}

/** Of connect(2), socket(2) and getaddrinfo(3): what is scarce is on this side, descriptors, ports or memory. */
const localCodes = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM', 'EAI_MEMORY', 'EAI_SYSTEM'])

// All connections read into one buffer: the kernel's bytes are looked at before the next read, and copied where kept.
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024)

/** `localAddress`: where it comes from; undefined: as the kernel chooses. */
export function openConnection<Request>(
  target: Target,
  events: ConnectionEvents<Request>,
  localAddress?: string,
): Connection<Request> {
  let current: Request | null = null
  let usable = true
  /** Somebody took the connection. */
  let reached = false
  /** And requests can be sent: at once, or once TLS has been agreed on. */
  let established = false
  let endedBy: FailureKind | null = null
  let from = ''
  let receivedAt = 0

  function retire(): void {
    if (!usable) return
    usable = false
    socket.destroy()
    events.closed(connection)
  }

  function destroy(kind: FailureKind, why = ''): void {
    const request = current
    current = null
    if (usable) endedBy = kind
    retire()
    if (request !== null) events.failed(request, kind, why)
  }

  const parser = responseParser({
    head: (head, data, from, end) => events.head(current!, head, data, from, end),
    body: (data, from, end) => events.body(current!, data, from, end),
    complete: (head, bodyBytes) => {
      const request = current!
      current = null
      if (!head.keepAlive) retire()
      events.answered(connection, request, head, bodyBytes, receivedAt)
    },
    garbage: (why) => {
      const unasked = current === null
      destroy('protocol', why)
      if (unasked) events.unasked()
    },
  })

  const onread = {
    buffer: readBuffer,
    callback: (size: number) => {
      receivedAt = performance.now()
      parser.push(readBuffer, 0, size)
      events.spent(performance.now() - receivedAt)
      return true
    },
  }
  const { host, port } = target
  const options = { host, port, noDelay: true, onread, ...(localAddress === undefined ? {} : { localAddress }) }
  const socket = target.tls ? connectTls(target.tls, options) : connectTcp(options)
  socket.on('connect', () => {
    reached = true
  })
  socket.on(target.tls ? 'secureConnect' : 'connect', () => {
    established = true
    from = socket.localAddress ?? ''
    events.connected()
  })
  socket.on('end', () => {
    receivedAt = performance.now()
    if (!parser.end()) destroy('reset')
  })
  socket.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== undefined && localCodes.has(code)) destroy('local')
    else if (reached && !established && code !== 'ECONNRESET') destroy('protocol', `no TLS: ${message}`)
    else destroy(reached ? 'reset' : 'refused')
  })
  socket.on('close', () => destroy(reached ? 'reset' : 'refused'))

  const connection: Connection<Request> = {
    send: (request, method, text) => {
      current = request
      parser.expect(method)
      socket.write(text as string, 'latin1')
    },
    get current() {
      return current
    },
    get usable() {
      return usable
    },
    get endedBy() {
      return endedBy
    },
    get from() {
      return from
    },
    destroy,
  }
  return connection
}
