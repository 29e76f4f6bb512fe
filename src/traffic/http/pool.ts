/** At most so many keep-alive connections to one target; requests beyond that wait in order. */

import type { FailureKind } from '../../http/failure.ts'
import type { Target } from '../plan.ts'
import { type Connection, type ConnectionEvents, openConnection } from './connection.ts'

/** A request on its way. Times are `performance.now()`. */
export interface Outgoing {
  /** HEAD is answered without a body. */
  readonly method: string
  /** The whole request, latin1. */
  readonly text: string
  /** When it was to leave. */
  readonly dueAt: number
  /** When it left; 0 while it waits. */
  sentAt: number
}

export type PoolEvents<Request> = Pick<
  ConnectionEvents<Request>,
  'head' | 'body' | 'failed' | 'connected' | 'unasked' | 'spent'
> & {
  /** It goes out now: `sentAt` is set. */
  sent(request: Request): void
  answered(request: Request, ...rest: AnsweredRest<Request>): void
}
type AnsweredRest<Request> =
  Parameters<ConnectionEvents<Request>['answered']> extends [unknown, unknown, ...infer Rest] ? Rest : never

export interface PoolOptions {
  readonly target: Target
  /** Most connections at a time. */
  readonly connections: number
  /** An answer that takes longer is a `timeout`; a request that waits longer for a connection goes `unsent`. */
  readonly timeoutMs: number
}

export interface Pool<Request> {
  submit(request: Request): void
  /** Requests submitted of which nothing has been told yet. */
  readonly outstanding: number
  /** Requests on a connection. */
  readonly inFlight: number
  /** From now on these hear what happens; for a pool that outlives a plan, while nothing is outstanding. */
  heardBy(events: PoolEvents<Request>): void
  /**
   * Opens as many connections as were ever open at once, in place of those that were closed since. Resolves when each
   * is there or failed: at the latest after `withinMs`.
   */
  refill(withinMs: number): Promise<void>
  /** Closes every connection. What is under way fails as `timeout`, what waits as `unsent`. */
  close(): void
}

const sweepMs = 50

export function openPool<Request extends Outgoing>(options: PoolOptions, heard: PoolEvents<Request>): Pool<Request> {
  const { target, connections, timeoutMs } = options
  let events = heard
  const open = new Set<Connection<Request>>()
  /** The one used last is on top: it is warm, and the others may close for want of use. */
  const idle: Connection<Request>[] = []
  const waiting: Request[] = []
  /** Where `waiting` begins; shifting an array of thousands for every request would cost more than the request. */
  let first = 0
  let inFlight = 0
  let closing = false
  let mostOpen = 0
  /** Called when a connection is there, or is no more. */
  let changed = (): void => undefined

  const connectionEvents: ConnectionEvents<Request> = {
    head: (...told) => events.head(...told),
    body: (...told) => events.body(...told),
    connected: () => {
      events.connected()
      changed()
    },
    unasked: () => events.unasked(),
    spent: (ms) => events.spent(ms),
    answered: (connection, request, head, bodyBytes, at) => {
      inFlight -= 1
      if (connection.usable) {
        if (first < waiting.length) send(nextWaiting(), connection)
        else idle.push(connection)
      }
      // Late answers count as none, however soon the sweep would have come.
      if (at - request.sentAt > timeoutMs) events.failed(request, 'timeout', '')
      else events.answered(request, head, bodyBytes, at)
    },
    failed: (request, kind, why) => {
      inFlight -= 1
      events.failed(request, kind, why)
    },
    closed: (connection) => {
      open.delete(connection)
      const at = idle.indexOf(connection)
      if (at >= 0) idle.splice(at, 1)
      if (!closing && first < waiting.length) send(nextWaiting(), connectAnother())
      changed()
    },
  }

  function connectAnother(): Connection<Request> {
    const connection = openConnection(target, connectionEvents)
    open.add(connection)
    mostOpen = Math.max(mostOpen, open.size)
    return connection
  }

  function nextWaiting(): Request {
    const request = waiting[first]!
    first += 1
    if (first >= 1024) {
      waiting.splice(0, first)
      first = 0
    }
    return request
  }

  function send(request: Request, connection: Connection<Request>): void {
    inFlight += 1
    request.sentAt = performance.now()
    events.sent(request)
    connection.send(request, request.method, request.text)
  }

  const sweep = setInterval(() => {
    const oldest = performance.now() - timeoutMs
    for (const connection of [...open]) {
      if (connection.current !== null && connection.current.sentAt < oldest) connection.destroy('timeout')
    }
    while (first < waiting.length && waiting[first]!.dueAt < oldest) events.failed(nextWaiting(), 'unsent', '')
  }, sweepMs)

  return {
    submit: (request) => {
      const connection = idle.pop() ?? (open.size < connections ? connectAnother() : undefined)
      if (connection) send(request, connection)
      else waiting.push(request)
    },
    get outstanding() {
      return inFlight + waiting.length - first
    },
    get inFlight() {
      return inFlight
    },
    heardBy: (others) => {
      events = others
    },
    refill: (withinMs) =>
      new Promise((resolve) => {
        const fresh = Array.from({ length: mostOpen - open.size }, connectAnother)
        const done = (): void => {
          clearTimeout(late)
          changed = () => undefined
          // Below those that were in use: they are the warmer ones.
          idle.unshift(...fresh.filter(({ usable }) => usable))
          resolve()
        }
        const late = setTimeout(done, withinMs)
        changed = () => {
          if (fresh.every(({ from, usable }) => from !== '' || !usable)) done()
        }
        changed()
      }),
    close: () => {
      closing = true
      clearInterval(sweep)
      for (const request of waiting.splice(first)) events.failed(request, 'unsent' satisfies FailureKind, '')
      waiting.length = first = 0
      for (const connection of [...open]) connection.destroy('timeout')
    },
  }
}
