/**
 * As much of an OpenAPI document as the emulator honours. Members that API Gateway passes over (descriptions, examples)
 * are passed over here; of its own extensions, one that is not emulated is a mistake and not a surprise.
 */
import { z } from 'zod'

const texts = z.record(z.string(), z.string())

const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'header', 'query']),
  required: z.boolean().default(false),
})

const integration = z.object({
  type: z.enum(['http', 'http_proxy', 'mock']),
  httpMethod: z.string().optional(),
  uri: z.string().optional(),
  /** From 50 ms; above 29 s only with a higher quota, which AWS gives to regional APIs. */
  timeoutInMillis: z.int().min(50).max(300_000).optional(),
  passthroughBehavior: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['when_no_match', 'when_no_templates', 'never']))
    .default('when_no_match'),
  requestParameters: texts.default({}),
  requestTemplates: texts.default({}),
  cacheNamespace: z.string().optional(),
  cacheKeyParameters: z.array(z.string()).default([]),
  responses: z
    .record(
      z.string(),
      z.object({
        statusCode: z.coerce.string().regex(/^\d{3}$/),
        responseParameters: texts.default({}),
        responseTemplates: texts.default({}),
      }),
    )
    .default({}),
})

const operation = z.object({
  parameters: z.array(parameter).default([]),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  requestBody: z
    .object({
      required: z.boolean().default(false),
      content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).optional() })),
    })
    .optional(),
  'x-amazon-apigateway-request-validator': z.string().optional(),
  'x-amazon-apigateway-integration': integration,
})

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const

export const documentShape = z.object({
  openapi: z.string().startsWith('3.'),
  info: z.object({ title: z.string() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum([...methods, 'x-amazon-apigateway-any-method']), operation),
  ),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())).default({}) }).optional(),
  'x-amazon-apigateway-api-key-source': z.literal('HEADER').default('HEADER'),
  'x-amazon-apigateway-request-validators': z
    .record(
      z.string(),
      z.object({
        validateRequestBody: z.boolean().default(false),
        validateRequestParameters: z.boolean().default(false),
      }),
    )
    .default({}),
  'x-amazon-apigateway-request-validator': z.string().optional(),
  'x-amazon-apigateway-gateway-responses': z
    .record(
      z.string(),
      z.object({
        statusCode: z.coerce.number().int().min(100).max(599).optional(),
        responseParameters: texts.default({}),
        responseTemplates: texts.optional(),
      }),
    )
    .default({}),
  'x-amazon-apigateway-policy': z
    .object({
      Statement: z.array(
        z.strictObject({
          Sid: z.string().optional(),
          Effect: z.enum(['Allow', 'Deny']),
          Principal: z.union([z.literal('*'), z.object({ AWS: z.literal('*') })]),
          Action: z.union([z.string(), z.array(z.string())]),
          Resource: z.union([z.string(), z.array(z.string())]),
          Condition: z
            .strictObject({
              IpAddress: z.object({ 'aws:SourceIp': z.union([z.string(), z.array(z.string())]) }).optional(),
              NotIpAddress: z.object({ 'aws:SourceIp': z.union([z.string(), z.array(z.string())]) }).optional(),
            })
            .optional(),
        }),
      ),
    })
    .optional(),
})

export type ReadDocument = z.output<typeof documentShape>
export type ReadOperation = z.output<typeof operation>
export type ReadIntegration = z.output<typeof integration>
export type ReadIntegrationResponse = ReadIntegration['responses'][string]
export type GatewayResponses = ReadDocument['x-amazon-apigateway-gateway-responses']
export type ResourcePolicy = NonNullable<ReadDocument['x-amazon-apigateway-policy']>
