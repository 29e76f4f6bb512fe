/**
 * OpenAPI 3 with the extensions that Amazon API Gateway reads, as much of it as is written here
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).
 */

/** `method.request.path.proxy`, `context.identity.sourceIp`, `'a constant'`: where a parameter’s value comes from. */
export type Mapping = string

/** Of a query parameter, a header or a variable of the path: only what is declared can be mapped or be part of a key. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'header' | 'query'
  readonly required: boolean
  readonly schema: { readonly type: 'string' }
}

export interface IntegrationResponse {
  readonly statusCode: string
  readonly responseParameters?: Readonly<Record<string, Mapping>>
  /** Mapping templates in Velocity, by media type. */
  readonly responseTemplates?: Readonly<Record<string, string>>
}

/** `http_proxy` hands request and answer on as they are; of `http`, everything that goes on is mapped. */
export interface Integration {
  readonly type: 'http' | 'http_proxy'
  readonly httpMethod: string
  readonly uri: string
  readonly passthroughBehavior: 'when_no_match' | 'when_no_templates' | 'never'
  readonly timeoutInMillis?: number
  readonly requestParameters: Readonly<Record<string, Mapping>>
  readonly requestTemplates?: Readonly<Record<string, string>>
  readonly cacheKeyParameters?: readonly string[]
  /** By regular expression of the origin’s status; `default` for those that no other takes. */
  readonly responses?: Readonly<Record<string, IntegrationResponse>>
}

/** What a mapping may set must be declared here. */
export interface MethodResponse {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly schema: { readonly type: 'string' } }>>
}

export interface Operation {
  readonly parameters: readonly Parameter[]
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly responses: Readonly<Record<string, MethodResponse>>
  readonly 'x-amazon-apigateway-integration': Integration
}

export const anyMethod = 'x-amazon-apigateway-any-method'
export type PathItem = Readonly<Partial<Record<'get' | typeof anyMethod, Operation>>>

export interface GatewayResponse {
  readonly statusCode?: number
  readonly responseParameters?: Readonly<Record<string, Mapping>>
  readonly responseTemplates?: Readonly<Record<string, string>>
}

export interface OpenApi {
  readonly openapi: '3.0.1'
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components?: { readonly securitySchemes: Readonly<Record<string, object>> }
  readonly 'x-amazon-apigateway-api-key-source'?: 'HEADER'
  readonly 'x-amazon-apigateway-gateway-responses'?: Readonly<Record<string, GatewayResponse>>
}

/** A constant in a mapping: in single quotes, which it must not contain. */
export function constant(value: string): Mapping {
  if (value.includes("'")) throw new Error('a constant of a mapping cannot contain a single quote')
  return `'${value}'`
}
