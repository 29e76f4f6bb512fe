/** The HTTP server in front of an API. Requests and answers are whole: API Gateway holds both. */
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  answerEverything,
  answerLast,
  connectionOptions,
  isEnding,
  onClientError,
  requestDeadlineMs,
} from '../../node-core/server/connection.ts'
import { refusalOf } from '../../node-core/server/request-check.ts'
import { requestPath } from '../../node-core/server/request-path.ts'
import { readyPath } from '../../system.ts'
import type { Answer } from './answer.ts'
import type { Api } from './api.ts'
import type { Call } from './call.ts'
import { largestPayload } from './integration/origin.ts'

/** What CloudWatch would know. Beside the readiness the only path that is not the API’s. */
const metricsPath = '/__edge/metrics'

/** Of all names and values of a request’s headers. */
const largestHeaders = 10_240

/** Not yet listening. */
export function createApiServer(api: Api): Server {
  const server = createServer(
    // Above what API Gateway allows, so that its own answer can be given.
    { ...connectionOptions, requestTimeout: requestDeadlineMs, maxHeaderSize: 64 * 1024, keepAlive: true },
    (request, response) => void respond(api, request, response),
  )
  answerEverything(server)
  server.on('clientError', onClientError)
  return server
}

async function respond(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isEnding(request.socket)) return
  const path = requestPath(request.url ?? '')
  const refusal = path ? refusalOf(request, path) : 'bad_request'
  if (!path || refusal) return answerLast(response, refusal ?? 'bad_request')
  if (path.compared === readyPath) return void response.writeHead(204).end()
  if (path.compared === metricsPath)
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(api.metrics())
  const begun = callOf(request, path.compared, path.sent)
  const tooManyHeaders = request.rawHeaders.join('').length > largestHeaders
  const body = tooManyHeaders ? undefined : await wholeBody(request)
  if (body === 'gone' || response.destroyed) return
  if (body === undefined) {
    // What is still sent goes nowhere, and the connection ends after the answer.
    request.resume()
    send(response, withClose(api.tooLarge(begun)))
    return
  }
  send(response, await api.answer({ ...begun, body }))
}

function callOf({ method = 'GET', rawHeaders, socket }: IncomingMessage, path: string, sent: string): Call {
  const question = sent.indexOf('?')
  return {
    requestId: randomUUID(),
    extendedId: `${randomBytes(11).toString('base64url')}=`,
    httpMethod: method,
    path: path.length > 1 ? path.replace(/\/$/, '') : path,
    query: question === -1 ? '' : sent.slice(question + 1),
    headers: headersOf(rawHeaders),
    sourceIp: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    body: Buffer.alloc(0),
    receivedAt: new Date(),
  }
}

/** Names in lower case, values of repeated ones joined. */
function headersOf(raw: readonly string[]): Readonly<Record<string, string>> {
  const headers = new Map<string, string>()
  for (let n = 0; n < raw.length; n += 2) {
    const name = raw[n]!.toLowerCase()
    const before = headers.get(name)
    headers.set(name, before === undefined ? raw[n + 1]! : `${before}${name === 'cookie' ? '; ' : ', '}${raw[n + 1]}`)
  }
  return Object.fromEntries(headers)
}

/** Undefined where it is larger than API Gateway takes. */
async function wholeBody(request: IncomingMessage): Promise<Buffer | undefined | 'gone'> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    // Not destroyed with its connection: there is an answer to come.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > largestPayload) return undefined
      chunks.push(chunk)
    }
  } catch {
    return 'gone'
  }
  return Buffer.concat(chunks)
}

function withClose(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, connection: 'close' } }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const isBodiless = status === 204 || status === 304
  response.writeHead(status, {
    ...(headers as Record<string, string | string[]>),
    ...(isBodiless ? {} : { 'content-length': String(body.length) }),
  })
  response.end(isBodiless ? undefined : body)
}
