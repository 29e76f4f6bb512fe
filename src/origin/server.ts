import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { consumerHeader } from '../policy/policy.ts'
import { answerHeader, type Dress } from '../policy/probes/probe.ts'
import type { OriginRoute, Spell } from '../scenario/scenario.ts'
import { seededRandom } from '../scenario/schedule/random.ts'
import { createBodies } from './bodies/bodies.ts'
import { madeFor } from './bodies/made-for.ts'
import { createControl } from './control.ts'
import { delayMs } from './latency.ts'
import { routeFinder } from './routes.ts'
import type { OriginSpec } from './spec.ts'
import { createTally } from './tally.ts'

const type = 'application/json; charset=utf-8'

/** An answer that is always the same, ready to be written. */
const fixed = (body: string): { readonly body: Buffer; readonly headers: readonly string[] } => ({
  body: Buffer.from(body),
  headers: ['content-type', type, 'content-length', String(Buffer.byteLength(body))],
})
const notFound = fixed('{\n  "error": "not_found"\n}\n')
const unavailable = fixed('{\n  "error": "unavailable"\n}\n')

/**
 * The mock origin: answers its routes with generated documents after a drawn delay, fails a drawn share of requests,
 * and counts what reaches it. Not yet listening.
 */
export function createOrigin(spec: OriginSpec): Server {
  // Instances of one origin answer with the same bodies, but each draws its own delays and failures.
  const random = seededRandom(spec.seed + spec.instance * 7919)
  const find = routeFinder(spec.routes)
  const bodies = createBodies(spec.seed)
  const tally = createTally(spec)
  const control = createControl(spec, tally)
  const { times = 1 } = spec

  const send = (response: ServerResponse, status: number, headers: readonly string[], body: Buffer): void => {
    tally.answered(status)
    response.writeHead(status, headers as string[])
    response.end(body)
  }

  let dressedAnswers = 0
  const dressedHeaders = (body: Buffer, { headers }: Dress): readonly string[] => {
    dressedAnswers += 1
    const number = `${spec.name}/${spec.instance}/${dressedAnswers}`
    return [...headersOf(body, {}), ...Object.entries(headers).flat(), answerHeader, number]
  }

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = request.url ?? '/'
    if (url.startsWith('/__origin/')) {
      control.answer(request, response)
      return
    }
    const queryAt = url.indexOf('?')
    const path = queryAt === -1 ? url : url.slice(0, queryAt)
    const route = find(path)
    if (!known.has(request.socket)) {
      known.add(request.socket)
      tally.connected()
    }
    const keep = tally.asked(request, route?.path)
    if (control.breakingOff()) {
      request.socket.destroy()
      return
    }
    const consumer = String(request.headers[consumerHeader] ?? '')
    const { headers } = request
    const respond = (): void => respondTo({ url, path, route, consumer, headers }, response)
    if (hasBody(request)) request.on('data', keep).on('end', respond)
    else {
      request.resume()
      respond()
    }
  }

  const respondTo = ({ url, path, route, consumer, headers }: Asked, response: ServerResponse): void => {
    if (!route) return send(response, 404, notFound.headers, notFound.body)
    const during = (spell: Spell | undefined): spell is Spell => spell !== undefined && control.isTimeOf(spell)
    if (control.failing() || during(route.failing)) return send(response, 503, unavailable.headers, unavailable.body)

    const dress = control.dressOf(url)
    const reply = (): void => {
      if (route.errorRate && !control.calm() && random() < route.errorRate)
        return send(response, 503, unavailable.headers, unavailable.body)
      const body = bodies(route, path, consumer, madeFor(route, url.slice(path.length + 1), headers))
      send(response, 200, dress ? dressedHeaders(body, dress) : headersOf(body, route), body)
    }
    const usual =
      route.latency && !dress ? Math.round(delayMs(route.latency, random) * (control.calm() ? 1 : times)) : 0
    const delay = dress?.delayMs ?? usual + (during(route.slowing) ? route.slowing.byMs : 0)
    if (delay < 1) reply()
    else setTimeout(reply, delay)
  }

  /** Connections that brought a request. One that only carried calls of the control API is no traffic. */
  const known = new WeakSet<Socket>()
  const server = createServer({ keepAlive: true, noDelay: true, requestTimeout: 30_000 }, answer)
  // Longer than any system keeps an idle connection, so that it is never the origin that closes one in use.
  server.keepAliveTimeout = 600_000
  return server
}

/** What an answer rests on, once the whole request is here. */
interface Asked {
  /** Path and query. */
  readonly url: string
  readonly path: string
  readonly route: OriginRoute | undefined
  readonly consumer: string
  readonly headers: IncomingHttpHeaders
}

/** RFC 9112 §6.3: a request without these has none. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function headersOf(
  body: Buffer,
  { cacheControl, vary }: Pick<OriginRoute, 'cacheControl' | 'vary'>,
): readonly string[] {
  const headers = ['content-type', type, 'content-length', String(body.length)]
  if (cacheControl !== undefined) headers.push('cache-control', cacheControl)
  if (vary !== undefined) headers.push('vary', vary)
  return headers
}
