/** Methods of a resource: what goes on to the origin, and what comes back. */
import { STATUS_CODES } from 'node:http'
import type { Location } from '../../../policy/locations.ts'
import type {
  Integration,
  IntegrationResponse,
  Mapping,
  MethodResponse,
  Operation,
  Parameter,
} from '../../emit/openapi.ts'
import type { MappedAdds, MethodAdds } from './adds.ts'
import { forwardQuery } from './templates/forward-query.ts'
import { variableOf } from './variables.ts'

type Headers = Readonly<Record<string, Mapping>>

/** How the one security scheme is called. */
export const keyScheme = 'api_key'

/** Every method: `http_proxy` hands on what comes and what comes back. */
export function proxied(location: Location, isGreedy: boolean, adds: readonly MethodAdds[]): Operation {
  return {
    parameters: declared(isGreedy, []),
    ...security(adds),
    // The origin’s own: a proxy integration maps none.
    responses: { default: { description: 'as the origin answers' } },
    'x-amazon-apigateway-integration': {
      type: 'http_proxy',
      httpMethod: 'ANY',
      passthroughBehavior: 'when_no_match',
      ...toOrigin(location, isGreedy, adds, {}),
    },
  }
}

/** The answers that are handed on with their own status: a method has to declare each. Any other becomes a 502. */
const statuses = [200, 301, 302, 307, 308, 400, 401, 403, 404, 429, 500, 503]

/** Which headers of the origin’s answer the client gets. Set-Cookie is one client’s, and is not among them. */
function answerHeaders(status: number): readonly string[] {
  if (status < 300) return ['Content-Type', 'Cache-Control', 'Content-Language']
  if (status < 400) return ['Location', 'Cache-Control']
  return status === 429 || status === 503 ? ['Content-Type', 'Retry-After'] : ['Content-Type']
}

/** GET by itself: of an `http` integration nothing goes on that is not mapped. */
export function mappedGet(
  location: Location,
  isGreedy: boolean,
  shared: readonly MethodAdds[],
  adds: readonly MappedAdds[],
): Operation {
  const requestHeaders = unique(adds.flatMap((each) => each.requestHeaders ?? []))
  const keyHeaders = unique([...requestHeaders, ...adds.flatMap((each) => each.keyHeaders ?? [])])
  const isCached = adds.some((each) => each.isCached)
  const headersOf = (status: number): Headers => ({
    ...Object.fromEntries(answerHeaders(status).map((name) => [name, `integration.response.header.${name}`])),
    ...(status === 200 && Object.assign({}, ...adds.map((each) => each.responseHeaders))),
  })
  const templates = Object.assign({}, ...adds.map((each) => each.responseTemplates))
  return {
    parameters: declared(isGreedy, keyHeaders),
    ...security(shared),
    responses: Object.fromEntries(
      [...statuses, 502].map((status) => [status, declaredResponse(status, headersOf(status))]),
    ),
    'x-amazon-apigateway-integration': {
      type: 'http',
      httpMethod: 'GET',
      passthroughBehavior: 'when_no_match',
      ...toOrigin(location, isGreedy, shared, {
        // What a proxy integration tells the origin by itself.
        'integration.request.header.X-Forwarded-For': 'context.identity.sourceIp',
        ...Object.fromEntries(
          requestHeaders.map((name) => [`integration.request.header.${name}`, `method.request.header.${name}`]),
        ),
        ...Object.assign({}, ...adds.map((each) => each.requestParameters)),
      }),
      ...(isCached
        ? {
            cacheKeyParameters: [
              ...(isGreedy ? ['method.request.path.proxy'] : []),
              ...keyHeaders.map((name) => `method.request.header.${name}`),
            ],
          }
        : { requestTemplates: { 'application/json': forwardQuery } }),
      responses: {
        ...Object.fromEntries(
          statuses.map((status) => [status, response(status, headersOf(status), status === 200 ? templates : {})]),
        ),
        default: response(502, headersOf(502), {}),
      },
    },
  }
}

function toOrigin(
  { path, route }: Location,
  isGreedy: boolean,
  adds: readonly MethodAdds[],
  more: Integration['requestParameters'],
): Pick<Integration, 'uri' | 'requestParameters'> {
  const below = isGreedy ? `${path === '/' ? '' : path}/{proxy}` : path
  return {
    uri: `http://\${stageVariables.${variableOf(route.origin)}}${below}`,
    requestParameters: {
      ...(isGreedy && { 'integration.request.path.proxy': 'method.request.path.proxy' }),
      ...Object.assign({}, ...adds.map((each) => each.requestParameters)),
      ...more,
    },
  }
}

function declared(isGreedy: boolean, headers: readonly string[]): readonly Parameter[] {
  const schema = { type: 'string' } as const
  return [
    ...(isGreedy ? [{ name: 'proxy', in: 'path', required: true, schema } as const] : []),
    ...headers.map((name) => ({ name, in: 'header', required: false, schema }) as const),
  ]
}

function security(adds: readonly MethodAdds[]): Pick<Operation, 'security'> {
  return adds.some(({ needsKey }) => needsKey) ? { security: [{ [keyScheme]: [] }] } : {}
}

function response(status: number, headers: Headers, templates: Readonly<Record<string, string>>): IntegrationResponse {
  return {
    statusCode: String(status),
    responseParameters: Object.fromEntries(
      Object.entries(headers).map(([name, from]) => [`method.response.header.${name}`, from]),
    ),
    ...(Object.keys(templates).length > 0 && { responseTemplates: templates }),
  }
}

function declaredResponse(status: number, headers: Headers): MethodResponse {
  return {
    description: STATUS_CODES[status]!,
    headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: { type: 'string' } }])),
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
