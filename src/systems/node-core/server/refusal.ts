import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'

/** What the edge answers by itself, by the `error` of its JSON; the filters have their own. Values: HTTP status. */
export const refusals = {
  bad_request: 400,
  not_found: 404,
  request_timeout: 408,
  content_too_large: 413,
  expectation_failed: 417,
  headers_too_large: 431,
  not_implemented: 501,
  bad_gateway: 502,
  gateway_timeout: 504,
  http_version_not_supported: 505,
} as const
export type Refusal = keyof typeof refusals

export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(refusals[refusal]).send({ error: refusal })
}

/** The same answer where there is no request that could be answered: status, headers and body for a connection's end. */
export function lastAnswer(refusal: Refusal): {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
} {
  const body = JSON.stringify({ error: refusal })
  return {
    status: refusals[refusal],
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(body.length),
      connection: 'close',
    },
    body,
  }
}

/** As bytes of HTTP/1.1. */
export function lastAnswerText(refusal: Refusal): string {
  const { status, headers, body } = lastAnswer(refusal)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}
