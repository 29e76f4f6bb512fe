/** One origin instance: routes with bodies, latency and failures; a control API behind a token. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { seededRandom } from '../scenario/random.ts'
import type { OriginRoute } from '../scenario/scenario.ts'
import { makeBody } from './bodies.ts'
import { openCounting } from './counting.ts'
import { latencyDrawer } from './latency.ts'
import { type OriginSpec, originControl, originReady } from './spec.ts'

interface Handler {
  readonly route: OriginRoute
  readonly pattern: RegExp
  readonly latencyMs: () => number
}

const keptBodies = 2000
const unavailable = Buffer.from('{"error":"unavailable"}\n')
const notFound = Buffer.from('{"error":"not_found"}\n')

export function originServer(spec: OriginSpec): Server {
  const counting = openCounting(spec)
  const random = seededRandom(spec.seed * 31 + spec.instance)
  const handlers = spec.routes.map(
    (route): Handler => ({
      route,
      pattern: patternOf(route.path),
      latencyMs: route.latency ? latencyDrawer(route.latency, random) : () => 0,
    }),
  )
  const bodies = new Map<string, Buffer>()
  const wanted = digest(`Bearer ${spec.token}`)
  let failing = false

  function bodyOf({ route }: Handler, path: string): Buffer {
    const known = bodies.get(path)
    if (known) return known
    const body = makeBody(route.body, path, spec.seed, route.sizeBytes)
    if (bodies.size >= keptBodies) bodies.clear()
    bodies.set(path, body)
    return body
  }

  function answer(response: ServerResponse, status: number, body: Buffer, cacheControl?: string): void {
    counting.status(status)
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
      ...(cacheControl ? { 'cache-control': cacheControl } : {}),
    })
    response.end(body)
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '/'
    const query = url.indexOf('?')
    const path = query < 0 ? url : url.slice(0, query)
    const handler = handlers.find(({ pattern }) => pattern.test(path))
    counting.request(request, handler?.route.path ?? 'unknown')
    request.resume()
    if (!handler) return answer(response, 404, notFound)
    const broken = failing || random() < (handler.route.errorRate ?? 0)
    const reply = (): void =>
      broken
        ? answer(response, 503, unavailable)
        : answer(response, 200, bodyOf(handler, path), handler.route.cacheControl)
    const waitMs = handler.latencyMs()
    if (waitMs > 0) setTimeout(reply, waitMs)
    else reply()
  }

  async function control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const end = (status: number, body?: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    }
    if (request.url === originReady) return end(204)
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)) return end(401)
    if (request.url === originControl.counts) return end(200, counting.counts())
    if (request.method !== 'POST') return end(405)
    if (request.url === originControl.reset) counting.reset()
    else if (request.url === originControl.behaviour)
      failing = (JSON.parse(await textOf(request)) as { failing: boolean }).failing
    else return end(404)
    end(204)
  }

  const server = createServer(
    { keepAliveTimeout: 3_600_000, connectionsCheckingInterval: 30_000 },
    (request, response) => {
      if (!request.url?.startsWith('/__origin/')) return serve(request, response)
      control(request, response).catch((error: Error) => response.writeHead(400).end(error.message))
    },
  )
  // The control API's own connection is one of the driver's, not of a system; it is counted once and then stays.
  server.on('connection', () => counting.connected())
  return server
}

/** `/products/{id}` → one path segment in place of `{id}`. */
function patternOf(path: string): RegExp {
  const source = path
    .split(/\{[^}]*\}/)
    .map((literal) => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+')
  return new RegExp(`^${source}$`)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > 10_000) throw new RangeError('too long')
  }
  return text
}
