import { METHODS } from 'node:http'
import replyFrom, { type FastifyReplyFromHooks, type FastifyReplyFromOptions } from '@fastify/reply-from'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { readyPath } from '../../system.ts'
import type { EdgeConfig } from '../config.ts'
import { headersToClient, headersToOrigin, isSendable } from '../upstream/headers.ts'
import type { Upstream } from '../upstream/upstream.ts'
import {
  answerEverything,
  answerLast,
  connectionOptions,
  isEnding,
  onClientError,
  requestDeadlineMs,
} from './connection.ts'
import { refuse } from './refusal.ts'
import { refusalOf } from './request-check.ts'
import type { Filter, RequestContext } from './request-context.ts'
import { findLocation, requestPath } from './request-path.ts'

declare module 'fastify' {
  interface FastifyRequest {
    edgeContext: RequestContext | undefined
  }
}

/** The edge's HTTP server: finds a request's location, asks the filters in their order, forwards. Not yet listening. */
export async function createServer(
  { locations, forwarded }: EdgeConfig,
  upstream: Upstream,
  filtersOf: (app: FastifyInstance) => Promise<readonly Filter[]>,
): Promise<FastifyInstance> {
  const app = fastify({
    forceCloseConnections: true,
    http: connectionOptions,
    requestTimeout: requestDeadlineMs,
    clientErrorHandler: onClientError,
    // Its router would refuse paths that are none of its business, such as `/a%ff`: it sees one path only.
    rewriteUrl: () => '/',
  })
  answerEverything(app.server)
  // Bodies are not read here, whatever their type says: they stream through to the origin as they are.
  for (const method of METHODS) app.addHttpMethod(method, { hasBody: false, overrideExisting: true })
  app.decorateRequest('edgeContext', undefined)
  await app.register(replyFrom, {
    undici: { request: sending(upstream) } as unknown as NonNullable<FastifyReplyFromOptions['undici']>,
    disableCache: true,
    disableRequestLogging: true,
  })
  const filters = await filtersOf(app)
  const forwarding = forwardingWith(forwarded)

  // What is left to go wrong: an answer of an origin that breaks off after its head and before its body.
  app.setErrorHandler((_error, _request, reply) => abandon(reply))
  app.all('/', async (request, reply) => {
    if (isEnding(request.socket)) return reply.hijack()
    const path = requestPath(request.originalUrl)
    const refusal = path ? refusalOf(request.raw, path) : 'bad_request'
    if (!path || refusal) {
      answerLast(reply.hijack().raw, refusal ?? 'bad_request')
      return reply
    }
    if (path.compared === readyPath) return reply.code(204).send()
    const location = findLocation(locations, path)
    if (!location) return refuse(reply, 'not_found')
    const context: RequestContext = {
      location,
      headers: {},
      host: path.authority ?? request.headers.host,
      target: path.sent,
    }
    request.edgeContext = context
    for (const filter of filters) if (await filter(context, request, reply)) return reply
    // Lets Node read to the end of this request first: a cache hit is answered at once, and reply-from closes the
    // connection of a request that is still incomplete.
    await Promise.resolve()
    if (hasBody(request)) request.body = request.raw
    return reply.from(upstream.urlOf(location, '/'), forwarding)
  })
  return app
}

/** The library drops the body of GET and HEAD, and with it goes its length. */
function hasBody({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** reply-from decodes the path that it forwards to, and fails where that is not UTF-8. So the target goes as a query. */
const targetAsQuery = '/?'

/** Takes the target out again, and turns what cannot be sent to a client into the request's error: a 502. */
const sending =
  (upstream: Upstream): Upstream['request'] =>
  (options, callback) =>
    upstream.request({ ...options, path: options.path.slice(targetAsQuery.length) }, (error, data) => {
      if (error || isSendable(data.statusCode, data.headers)) return callback(error, data)
      data.body.on('error', () => {}).destroy()
      callback(new Error('the answer has a status or a header that nobody can be sent'), data)
    })

/** Answers 502 in place of an origin's answer whose headers are there already. */
function abandon(reply: FastifyReply): FastifyReply {
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name)
  return refuse(reply, 'bad_gateway')
}

const forwardingWith = (forwarded: boolean): FastifyReplyFromHooks => ({
  queryString: (_search, _url, request) => request.edgeContext?.target ?? '',
  rewriteRequestHeaders: ({ raw, ip, edgeContext, method }, headers) => {
    const sent = headersToOrigin(headers, raw.headers, ip, forwarded, edgeContext as RequestContext)
    if (method === 'GET' || method === 'HEAD') delete sent['content-length']
    return sent
  },
  rewriteHeaders: headersToClient,
  // Without this the library repeats a GET up to ten times where the origin answers 503.
  retryDelay: () => null,
  // undici throws on what is thrown here, past everybody: it would end the process.
  onResponse: (_request, reply, { stream }: { stream: unknown }) => {
    try {
      reply.send(stream)
    } catch {
      abandon(reply as FastifyReply)
    }
  },
  onError: (reply, { error }) => {
    const timedOut = (error as { statusCode?: number }).statusCode === 504
    refuse(reply as FastifyReply, timedOut ? 'gateway_timeout' : 'bad_gateway')
  },
})
