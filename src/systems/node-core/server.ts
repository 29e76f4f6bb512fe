import replyFrom, { type FastifyReplyFromHooks, type FastifyReplyFromOptions } from '@fastify/reply-from'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { readyPath } from '../system.ts'
import type { EdgeConfig } from './config.ts'
import { headersToClient, headersToOrigin } from './headers.ts'
import { findLocation, requestPath } from './request-path.ts'
import type { Upstream } from './upstream.ts'
import type { Gate, Visit } from './visit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit | undefined
  }
}

/** The edge's HTTP server: finds a request's location, asks the gates in their order, forwards. Not yet listening. */
export async function createServer(
  { locations, forwarded }: EdgeConfig,
  upstream: Upstream,
  gatesOf: (app: FastifyInstance) => Promise<readonly Gate[]>,
): Promise<FastifyInstance> {
  const app = fastify({
    forceCloseConnections: true,
    frameworkErrors: (_error, _request, reply) => void (reply as FastifyReply).code(400).send({ error: 'bad_request' }),
  })
  app.decorateRequest('visit', undefined)
  await app.register(replyFrom, {
    undici: upstream as unknown as NonNullable<FastifyReplyFromOptions['undici']>,
    disableCache: true,
    disableRequestLogging: true,
  })
  const gates = await gatesOf(app)
  const forwarding = forwardingWith(forwarded)

  // Bodies are not read here: they stream through to the origin as they are.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  app.get(readyPath, (_request, reply) => reply.code(204).send())
  app.all('/*', async (request, reply) => {
    const path = requestPath(request.raw.url ?? '/')
    if (!path) return reply.code(400).send({ error: 'bad_request' })
    const location = findLocation(locations, path)
    if (!location) return reply.code(404).send({ error: 'not_found' })
    const visit: Visit = { location, headers: {} }
    request.visit = visit
    for (const gate of gates) if (await gate(visit, request, reply)) return reply
    // Lets Node read to the end of this request first: a cache hit is answered at once, and reply-from closes the
    // connection of a request that is still incomplete.
    await Promise.resolve()
    return reply.from(upstream.urlOf(location, path.sent), forwarding)
  })
  return app
}

const forwardingWith = (forwarded: boolean): FastifyReplyFromHooks => ({
  rewriteRequestHeaders: ({ raw, ip, visit, method }, headers) => {
    const sent = headersToOrigin(headers, raw.headers, ip, forwarded, visit as Visit)
    // The library drops the body of these methods, so its length must go as well.
    if (method === 'GET' || method === 'HEAD') delete sent['content-length']
    return sent
  },
  rewriteHeaders: headersToClient,
  // Without this the library repeats a GET up to ten times where the origin answers 503.
  retryDelay: () => null,
  onError: (reply, { error }) => {
    const timedOut = (error as { statusCode?: number }).statusCode === 504
    reply.code(timedOut ? 504 : 502).send({ error: timedOut ? 'gateway_timeout' : 'bad_gateway' })
  },
})
