/**
 * What API Gateway answers by itself. Statuses after
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
import type { Answer } from '../answer.ts'
import type { Call } from '../call.ts'
import type { GatewayResponses } from '../definition/document-shape.ts'
import { render } from '../templates/render.ts'

interface Standard {
  readonly status: number
  readonly errorType: string
  readonly message: string
}

/** `message`: what `$context.error.message` is where the case gives none of its own. */
export const gatewayResponses = {
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    errorType: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  INVALID_API_KEY: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
  ACCESS_DENIED: {
    status: 403,
    errorType: 'AccessDeniedException',
    message: 'User is not authorized to access this resource',
  },
  THROTTLED: { status: 429, errorType: 'TooManyRequestsException', message: 'Too Many Requests' },
  QUOTA_EXCEEDED: { status: 429, errorType: 'LimitExceededException', message: 'Limit Exceeded' },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: 'BadRequestException', message: 'Invalid request parameters' },
  BAD_REQUEST_BODY: { status: 400, errorType: 'BadRequestException', message: 'Invalid request body' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: 'BadRequestException', message: 'Unsupported Media Type' },
  REQUEST_TOO_LARGE: { status: 413, errorType: 'RequestTooLargeException', message: 'Request Too Long' },
  INTEGRATION_TIMEOUT: {
    status: 504,
    errorType: 'InternalServerErrorException',
    message: 'Endpoint request timed out',
  },
  INTEGRATION_FAILURE: {
    status: 504,
    errorType: 'InternalServerErrorException',
    message: 'Network error communicating with endpoint',
  },
  API_CONFIGURATION_ERROR: {
    status: 500,
    errorType: 'InternalServerErrorException',
    message: 'Internal server error',
  },
} as const satisfies Readonly<Record<string, Standard>>

export type ResponseType = keyof typeof gatewayResponses

const plainTemplate = '{"message":$context.error.messageString}'
/** IAM says it with a capital letter. */
const deniedTemplate = '{"Message":$context.error.messageString}'

/** It cannot be customised: the request has not been read. */
const fixed: readonly ResponseType[] = ['REQUEST_TOO_LARGE']

/** The answer of one type, as the API customises it: by its own entry, or by that of its class (DEFAULT_4XX). */
export function gatewayResponse(
  custom: GatewayResponses,
  type: ResponseType,
  call: Call,
  context: Readonly<Record<string, unknown>>,
  message: string = gatewayResponses[type].message,
): Answer {
  const { status, errorType }: Standard = gatewayResponses[type]
  const own = fixed.includes(type) ? undefined : (custom[type] ?? custom[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'])
  const error = { message, messageString: JSON.stringify(message), responseType: type }
  const template =
    own?.responseTemplates?.['application/json'] ?? (type === 'ACCESS_DENIED' ? deniedTemplate : plainTemplate)
  return {
    status: own?.statusCode ?? status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': errorType,
      ...customHeaders(own?.responseParameters ?? {}, call),
    },
    body: Buffer.from(render(template, { context: { ...context, error } })),
  }
}

/** `gatewayresponse.header.X`: a constant in single quotes, or a part of the request. */
function customHeaders(parameters: Readonly<Record<string, string>>, call: Call): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([to, from]) => {
      const name = /^gatewayresponse\.header\.(.+)$/.exec(to)?.[1]?.toLowerCase()
      const constant = /^'(.*)'$/s.exec(from)?.[1]
      const header = /^method\.request\.header\.(.+)$/.exec(from)?.[1]?.toLowerCase()
      const value = constant ?? (header === undefined ? undefined : call.headers[header])
      return name !== undefined && value !== undefined ? [[name, value]] : []
    }),
  )
}
