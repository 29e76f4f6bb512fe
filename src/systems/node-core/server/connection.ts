/**
 * What Node's HTTP server leaves to its user: requests that cannot be parsed or do not arrive in time, CONNECT, unknown
 * expectations, and clients that close their sending side early. All of them get an answer in the edge's own format.
 */
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { lastAnswer, lastAnswerText, type Refusal } from './refusal.ts'

/** How long a client may take from the first byte of a request to the last of its body. */
export const requestDeadlineMs = 60_000

export const connectionOptions: ServerOptions = {
  headersTimeout: requestDeadlineMs,
  connectionsCheckingInterval: 1000,
  // Node would refuse without a body; request-check.ts looks at Host.
  requireHostHeader: false,
}

/** For a client that still sends: closed at once, the kernel would take the answer back with a reset (RFC 9112 §9.6). */
const lingerMs = 500

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}
/** The newest request of each connection. */
const newest = new WeakMap<Duplex, Exchange>()
const ending = new WeakSet<Duplex>()

/** Whether a connection has had its last answer: what else was sent on it is not read as requests (RFC 9112 §9.6). */
export function isEnding(socket: Duplex): boolean {
  return ending.has(socket)
}

export function answerEverything(server: Server): void {
  // Node's own name for it, outside its documentation: a client that has sent its request and closed its sending side
  // still waits for the answer.
  Object.assign(server, { httpAllowHalfOpen: true })
  // At CONNECT the server takes its own listener away: without this one, a client that is gone would end the process.
  server.on('connection', (socket) => socket.on('error', () => {}))
  server.on('request', (request, response) => newest.set(request.socket, { request, response }))
  server.on('connect', (_request, socket) => endWith(socket, 'not_implemented'))
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) =>
    answerLast(response, 'expectation_failed'),
  )
}

/** Node's parser gave up on a connection, or a deadline passed. */
export function onClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
  else endWith(socket, refusalOf(error))
}

function refusalOf({ code, message }: Error & { readonly code?: string }): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'request_timeout'
    case 'HPE_HEADER_OVERFLOW':
      return 'headers_too_large'
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 'content_too_large'
    case 'HPE_INVALID_METHOD':
      return 'not_implemented'
    // The parser has one code for a version that it does not know and for a line that does not end after it …
    case 'HPE_INVALID_VERSION':
      return message.includes('CRLF') ? 'bad_request' : 'http_version_not_supported'
    // … and one for a coding that it does not know and for any beside a Content-Length (smuggling).
    case 'HPE_INVALID_TRANSFER_ENCODING':
      return message.includes('Content-Length') ? 'bad_request' : 'not_implemented'
    default:
      return 'bad_request'
  }
}

/** Answers in turn, after what was asked before on the same connection, and closes it. */
function endWith(socket: Duplex, refusal: Refusal): void {
  if (ending.has(socket)) return
  ending.add(socket)
  const last = newest.get(socket)
  if (!last || (last.request.complete && last.response.closed)) close(socket, refusal)
  else if (last.request.complete) last.response.once('close', () => close(socket, refusal))
  // The body of the newest request is broken: its answer, if it is that one's turn and nothing of it has been sent.
  else if (last.response.socket === socket && !last.response.headersSent) answerLast(last.response, refusal)
  else socket.destroy()
}

function close(socket: Duplex, refusal: Refusal): void {
  if (!socket.writable) return
  socket.end(lastAnswerText(refusal))
  const linger = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(linger))
}

/** Answers a request, in its turn, and closes the connection after that. */
export function answerLast(response: ServerResponse, refusal: Refusal): void {
  ending.add(response.req.socket)
  const { status, headers, body } = lastAnswer(refusal)
  response.writeHead(status, headers).end(body)
}
