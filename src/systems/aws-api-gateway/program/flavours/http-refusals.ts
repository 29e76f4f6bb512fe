/** What an HTTP API answers by itself: no gateway responses, nothing to customise, no x-amzn-ErrorType. */
import type { Answer } from '../answer.ts'
import type { ResponseType } from './gateway-responses.ts'

const refusals: Readonly<Partial<Record<ResponseType, readonly [status: number, message: string]>>> = {
  MISSING_AUTHENTICATION_TOKEN: [404, 'Not Found'],
  THROTTLED: [429, 'Too Many Requests'],
  REQUEST_TOO_LARGE: [413, 'Request Entity Too Large'],
  INTEGRATION_TIMEOUT: [503, 'Service Unavailable'],
  INTEGRATION_FAILURE: [503, 'Service Unavailable'],
}

export function httpRefusal(type: ResponseType): Answer {
  const [status, message] = refusals[type] ?? [500, 'Internal Server Error']
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ message })),
  }
}
