/** The host's HTTPS server. Not yet listening. */
import type { Socket } from 'node:net'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { attempts } from '../limits/attempts.ts'
import { limits } from '../limits/limits.ts'
import type { RefusalLog } from '../refusal-log.ts'
import type { Certificate } from '../state/certificate.ts'
import { boundConnections } from './connections.ts'
import { gate } from './gate.ts'
import { addressOf, answerRefusals, RefusedRequest } from './refuse.ts'
import { addRoutes, type Desk } from './routes.ts'

interface Parts extends Omit<Desk, 'attempts'> {
  readonly tls: Certificate
  readonly log: RefusalLog
  /** Is told what nobody foresaw. */
  readonly defect: (error: unknown) => void
}

export function hostServer({ tls, log, defect, ...parts }: Parts): FastifyInstance {
  const refused = answerRefusals(log, defect)
  const app = fastify({
    https: {
      cert: tls.certificate,
      key: tls.key,
      minVersion: 'TLSv1.3',
      handshakeTimeout: limits.handshakeMs,
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: limits.headers,
    },
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    bodyLimit: limits.body,
    exposeHeadRoutes: false,
    // A host that ends does not wait for streams.
    forceCloseConnections: true,
    frameworkErrors: refused as never,
    clientErrorHandler: (error, socket) => onClientError(error as FastifyError, socket, log),
  })
  app.removeContentTypeParser('text/plain')
  const desk: Desk = { ...parts, attempts: attempts() }
  const connections = boundConnections(app.server, log.add)
  app.decorateRequest('participant', '')
  app.addHook('onRequest', gate({ credentials: desk.ledger.credentials, attempts: desk.attempts, connections }))
  app.setErrorHandler<FastifyError | RefusedRequest>(refused)
  // The gate has refused it already, unless it was let in by mistake.
  app.setNotFoundHandler(() => {
    throw new RefusedRequest('unknown path')
  })
  addRoutes(app, desk)
  return app
}

/** Node's parser gave up on a connection, or a deadline passed. What was not understood is not answered at length. */
function onClientError({ code }: FastifyError, socket: Socket, log: RefusalLog): void {
  const isGone = code === 'ECONNRESET' || code === 'EPIPE' || !socket.writable
  const isSlow = code === 'ERR_HTTP_REQUEST_TIMEOUT'
  if (!isGone) {
    log.add(addressOf(socket.remoteAddress), isSlow ? 'too slow' : 'not HTTP')
    socket.write(`HTTP/1.1 ${isSlow ? '408 Request Timeout' : '400 Bad Request'}\r\nconnection: close\r\n\r\n`)
  }
  socket.destroySoon()
}
