/** What our proxy and our gateway have in common: Fastify in front, undici behind, the policy's locations between. */
import { readFileSync } from 'node:fs'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Agent, type Dispatcher } from 'undici'
import { type Location, prefixTakes } from '../../policy/locations.ts'
import { cacheStatusHeader, consumerHeader } from '../../policy/policy.ts'
import { readyPath } from '../system.ts'
import { balanced } from './balance.ts'
import type { EdgeConfig } from './config.ts'
import { endToEnd, type Headers, headersOf } from './headers.ts'
import { cacheStatus, givenHeader, remembering } from './remember.ts'

/** What a gateway adds to the proxy. */
export interface Extras {
  /** Runs before anything is forwarded; an answer that it sends is the answer. Returns the verified consumer. */
  readonly admit?: (request: FastifyRequest, reply: FastifyReply, location: Location) => Promise<string | undefined>
  /** Below the cache, so that the cache keeps what it makes. */
  readonly transform?: (location: Location) => readonly Dispatcher.DispatcherComposeInterceptor[]
  /** What is left of the Accept header, so that a cache keeps one entry per representation. */
  readonly accept?: (location: Location, accept: string) => string
  /** Plugins, registered before the routes. */
  readonly plugins?: (app: FastifyInstance, config: EdgeConfig) => Promise<void>
}

export function readConfig(): EdgeConfig {
  return JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as EdgeConfig
}

/** Serves the locations and listens. */
export async function serve(config: EdgeConfig, extras: Extras = {}): Promise<void> {
  const app = fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: 1024 * 1024,
    keepAliveTimeout: 60_000,
    exposeHeadRoutes: false,
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  await extras.plugins?.(app, config)
  const upstreams = new Map(config.locations.map((location) => [location, upstreamOf(config, location, extras)]))

  app.get(readyPath, (_request, reply) => reply.code(204).send())
  app.all('/*', async (request, reply) => {
    const location = locate(config.locations, request.url)
    if (!location) return reply.code(404).send({ error: 'not_found' })
    const consumer = await extras.admit?.(request, reply, location)
    if (reply.sent) return reply
    return forward(request, reply, location, upstreams.get(location)!, forwarded(request, location, consumer, extras))
  })
  app.setErrorHandler((error: Error & { statusCode?: number; body?: unknown }, _request, reply) => {
    const status = error.statusCode ?? 502
    return reply.code(status).send(error.body ?? { error: status === 502 ? 'bad_gateway' : 'bad_request' })
  })
  process.on('SIGTERM', () => process.exit(0))
  await app.listen({ host: config.listen.host, port: config.listen.port })
}

/** By the decoded path: a policy's path may hold characters that travel percent-encoded. */
function locate(locations: readonly Location[], url: string): Location | undefined {
  const raw = url.split('?')[0]!
  let path: string
  try {
    path = decodeURIComponent(raw)
  } catch {
    return undefined
  }
  return locations.find((location) => prefixTakes(location.path, path))
}

function upstreamOf(config: EdgeConfig, location: Location, { transform }: Extras): Dispatcher {
  const between = transform?.(location) ?? []
  const choose: Dispatcher.DispatcherComposeInterceptor = () =>
    balanced(config.origins[location.route.origin]!, location.balancing)
  return new Agent().compose([choose, ...(location.cache ? remembering(location.cache, between) : between)])
}

function forwarded(
  request: FastifyRequest,
  location: Location,
  consumer: string | undefined,
  { accept }: Extras,
): Headers {
  const kept = headersOf(endToEnd(request.headers))
  const { [consumerHeader]: _claimed, 'x-forwarded-for': before, ...headers } = kept
  if (location.apiKey) delete headers[location.apiKey.header]
  if (accept) headers['accept'] = accept(location, headers['accept'] ?? '')
  return {
    ...headers,
    'x-forwarded-for': before ? `${before}, ${request.ip}` : request.ip,
    'x-forwarded-proto': request.protocol,
    ...(consumer === undefined ? {} : { [consumerHeader]: consumer }),
  }
}

async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  location: Location,
  upstream: Dispatcher,
  headers: Headers,
): Promise<FastifyReply> {
  const answer = await upstream.request({
    // One name for all instances of an origin: the cache must not keep one answer per instance.
    origin: `http://${location.route.origin}.origin`,
    path: request.url,
    method: request.method as Dispatcher.HttpMethod,
    headers,
    body: (request.body as Buffer | undefined) ?? null,
  })
  const received = endToEnd(answer.headers)
  if (givenHeader in received) {
    delete received[givenHeader]
    delete received['cache-control']
  }
  const cached = location.cache && (request.method === 'GET' || request.method === 'HEAD')
  if (cached) received[cacheStatusHeader] = cacheStatus(headersOf(answer.headers))
  delete received['warning']
  reply.code(answer.statusCode).headers(received)
  return reply.send(answer.body)
}
