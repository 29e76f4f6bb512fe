/** Where REST and HTTP APIs differ (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html). */
import type { Answer, HeaderMap } from '../answer.ts'
import type { Call } from '../call.ts'
import type { Files } from '../definition/read-files.ts'
import { contextOf } from '../templates/variables.ts'
import { gatewayResponse, type ResponseType } from './gateway-responses.ts'
import { httpRefusal } from './http-refusals.ts'

export interface Flavour {
  /** How long an integration may take where it does not say. */
  readonly longestMs: number
  readonly refuse: (type: ResponseType, call: Call, message?: string) => Answer
  /** By which every answer can be found again. */
  readonly idHeaders: (call: Call) => HeaderMap
  /** How a proxy integration tells the origin who the client is. */
  readonly forwarded: (call: Call) => Readonly<Record<string, string>>
}

export const flavours: Readonly<Record<'REST' | 'HTTP', (files: Files) => Flavour>> = {
  REST: ({ document, stage }) => ({
    longestMs: 29_000,
    refuse: (type, call, message) =>
      gatewayResponse(
        document['x-amazon-apigateway-gateway-responses'],
        type,
        call,
        contextOf(call, stage.Stage),
        message,
      ),
    idHeaders: ({ requestId, extendedId }) => ({ 'x-amzn-requestid': requestId, 'x-amz-apigw-id': extendedId }),
    forwarded: ({ headers, sourceIp }) => ({
      'x-forwarded-for': joined(headers['x-forwarded-for'], sourceIp),
      'x-forwarded-proto': 'http',
    }),
  }),
  HTTP: () => ({
    longestMs: 30_000,
    refuse: httpRefusal,
    idHeaders: ({ extendedId }) => ({ 'apigw-requestid': extendedId }),
    // It makes one header of RFC 7239 of them all.
    forwarded: ({ headers, sourceIp }) => ({
      forwarded: joined(headers['forwarded'], `for=${sourceIp};host=${headers['host'] ?? ''};proto=http`),
    }),
  }),
}

function joined(before: string | undefined, own: string): string {
  return before === undefined ? own : `${before}, ${own}`
}
