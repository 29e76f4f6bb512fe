/** What the emulator answers by itself: status, body and x-amzn-ErrorType, as AWS documents them. */
import { describe, expect, test } from 'vitest'
import type { Answer } from '../running-edge.ts'
import { anyMethod, emulate, keysAndPlan, operation, wantsKey } from './emulated.ts'

function expectRefusal(answer: Answer, status: number, body: object, errorType: string): void {
  expect({ status: answer.status, body: JSON.parse(answer.body) as unknown }).toEqual({ status, body })
  expect(answer.headers['x-amzn-errortype']).toBe(errorType)
  expect(answer.headers['content-type']).toBe('application/json')
  expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  expect(answer.headers['x-amz-apigw-id']).toMatch(/=$/)
}

const forbidden = [403, { message: 'Forbidden' }, 'ForbiddenException'] as const
const tooMany = [429, { message: 'Too Many Requests' }, 'TooManyRequestsException'] as const
const missingToken = [403, { message: 'Missing Authentication Token' }, 'MissingAuthenticationTokenException'] as const

describe('paths', () => {
  test('unknown paths and methods are answered as calls to AWS that lack a token', async () => {
    const { send, origin } = await emulate({ paths: { '/things': { get: operation() } } })
    expectRefusal(await send('/other'), ...missingToken)
    expectRefusal(await send('/things/1'), ...missingToken)
    expectRefusal(await send('/things', { method: 'DELETE' }), ...missingToken)
    expect(origin.seen).toEqual([])
  })
})

describe('keys', () => {
  test('a missing and a wrong key, and one of no plan or disabled, are forbidden', async () => {
    const more = { Id: 'idle', Name: 'idle', Value: 'of-no-plan', Enabled: true }
    const off = { Id: 'off', Name: 'off', Value: 'disabled', Enabled: false }
    const { ApiKeys, ...rest } = keysAndPlan({ ann: 'key-of-ann' }) as { ApiKeys: object[]; UsagePlans: object[] }
    const { send, origin } = await emulate({
      paths: { '/things': { get: operation({}, wantsKey) } },
      rest: { ...rest, ApiKeys: [...ApiKeys, more, off] },
    })
    expectRefusal(await send('/things'), ...forbidden)
    for (const key of ['wrong', 'KEY-OF-ANN', 'of-no-plan', 'disabled'])
      expectRefusal(await send('/things', { headers: { 'x-api-key': key } }), ...forbidden)
    expect(origin.seen).toEqual([])
    expect((await send('/things', { headers: { 'x-api-key': 'key-of-ann' } })).status).toBe(200)
  })
})

describe('limits', () => {
  const asAnn = { headers: { 'x-api-key': 'a' } }
  const asBob = { headers: { 'x-api-key': 'b' } }
  const slow = { RateLimit: 0.001, BurstLimit: 1 }
  const paths = { '/things': { get: operation({}, wantsKey) }, '/others': { get: operation({}, wantsKey) } }

  test('a plan throttles each key by itself', async () => {
    const { send } = await emulate({ paths, rest: keysAndPlan({ ann: 'a', bob: 'b' }, { Throttle: slow }) })
    expect((await send('/things', asAnn)).status).toBe(200)
    const refused = await send('/others', asAnn)
    expectRefusal(refused, ...tooMany)
    expect(refused.headers['retry-after']).toBeUndefined()
    expect((await send('/things', asBob)).status).toBe(200)
  })

  test('and a method in it by itself', async () => {
    const ApiStages = [{ Stage: 'live', Throttle: { '/things/GET': slow } }]
    const { send } = await emulate({ paths, rest: keysAndPlan({ ann: 'a' }, { ApiStages }) })
    expect((await send('/things', asAnn)).status).toBe(200)
    expectRefusal(await send('/things', asAnn), ...tooMany)
    expect((await send('/others', asAnn)).status).toBe(200)
  })

  test('the stage throttles a method for everybody, and the most particular setting counts', async () => {
    const setting = (ResourcePath: string, HttpMethod: string, burst: number) => ({
      ResourcePath,
      HttpMethod,
      ThrottlingRateLimit: 0.001,
      ThrottlingBurstLimit: burst,
    })
    const { send } = await emulate({
      paths: { '/things': { get: operation() }, '/others': { get: operation() } },
      stage: { MethodSettings: [setting('/~1things', 'GET', 2), setting('/*', '*', 1)] },
    })
    const statuses = async (path: string) => [await send(path), await send(path), await send(path)].map((a) => a.status)
    expect(await statuses('/things')).toEqual([200, 200, 429])
    expect(await statuses('/others')).toEqual([200, 429, 429])
  })

  test('the account throttles all of its methods together', async () => {
    const { send } = await emulate({
      paths: { '/things': { get: operation() }, '/others': { get: operation() } },
      rest: { Account: slow },
    })
    expect((await send('/things')).status).toBe(200)
    expectRefusal(await send('/others'), ...tooMany)
  })

  test('a quota that is used up is another refusal; its offset counts as used', async () => {
    const Quota = { Limit: 3, Offset: 1, Period: 'DAY' }
    const { send } = await emulate({ paths, rest: keysAndPlan({ ann: 'a', bob: 'b' }, { Quota }) })
    expect((await send('/things', asAnn)).status).toBe(200)
    expect((await send('/things', asAnn)).status).toBe(200)
    expectRefusal(await send('/things', asAnn), 429, { message: 'Limit Exceeded' }, 'LimitExceededException')
    expect((await send('/things', asBob)).status).toBe(200)
  })
})

describe('integrations', () => {
  test('an origin that takes too long', async () => {
    const paths = { '/things': { get: operation({ timeoutInMillis: 60 }) } }
    const { send } = await emulate({ paths }, () => {})
    const timedOut = [504, { message: 'Endpoint request timed out' }, 'InternalServerErrorException'] as const
    expectRefusal(await send('/things'), ...timedOut)
  })

  test('an origin that breaks off', async () => {
    const { send } = await emulate({ paths: { '/things': { get: operation() } } }, ({ socket }) => socket.destroy())
    const message = 'Network error communicating with endpoint'
    expectRefusal(await send('/things'), 504, { message }, 'InternalServerErrorException')
  })

  test('an answer above 10 MB, and one whose status no response is mapped for', async () => {
    const internal = [500, { message: 'Internal server error' }, 'InternalServerErrorException'] as const
    const paths = {
      '/things': { get: operation() },
      '/mapped': { get: operation({ type: 'http', responses: { '200': { statusCode: '200' } } }) },
    }
    const { send } = await emulate({ paths }, ({ url }, response) => {
      response.statusCode = 201
      response.end(url === '/things' ? Buffer.alloc(10 * 1024 * 1024 + 1) : 'x')
    })
    expectRefusal(await send('/things'), ...internal)
    expectRefusal(await send('/mapped'), ...internal)
  })
})

describe('requests', () => {
  const tooLarge = [413, { message: 'Request Too Long' }, 'RequestTooLargeException'] as const

  test('a body above 10 MB, and headers above 10,240 bytes', async () => {
    const { send, origin } = await emulate({ paths: { '/things': { [anyMethod]: operation() } } })
    expectRefusal(await send('/things', { headers: { 'x-long': 'x'.repeat(10_240) } }), ...tooLarge)
    const body = Buffer.alloc(10 * 1024 * 1024 + 1)
    expectRefusal(await send('/things', { method: 'POST', body }), ...tooLarge)
    expect(origin.seen).toEqual([])
  })

  const validated = {
    paths: {
      '/things/{id}': {
        post: operation(
          {},
          {
            parameters: [
              { name: 'kind', in: 'query', required: true, schema: { type: 'string' } },
              { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' } },
            ],
            requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
            'x-amazon-apigateway-request-validator': 'all',
          },
        ),
      },
    },
    document: {
      components: {
        schemas: { Thing: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
      },
      'x-amazon-apigateway-request-validators': {
        all: { validateRequestBody: true, validateRequestParameters: true },
      },
    },
  }

  test('a bad body', async () => {
    const { send, origin } = await emulate(validated)
    const post = (body: string) =>
      send('/things/1?kind=a', {
        method: 'POST',
        body,
        headers: { 'x-tenant': 't', 'content-type': 'application/json' },
      })
    for (const body of ['{"name": 1}', '{}', 'no JSON', ''])
      expectRefusal(await post(body), 400, { message: 'Invalid request body' }, 'BadRequestException')
    expect(origin.seen).toEqual([])
    expect((await post('{"name":"a"}')).status).toBe(200)
  })

  test('missing parameters', async () => {
    const { send } = await emulate(validated)
    const message = 'Missing required request parameters: [kind, X-Tenant]'
    const answer = await send('/things/1?kind=', { method: 'POST', body: '{"name":"a"}' })
    expectRefusal(answer, 400, { message }, 'BadRequestException')
  })

  test('a media type without a template, where nothing may pass without one', async () => {
    const integration = { type: 'http', passthroughBehavior: 'never', requestTemplates: { 'application/json': '{}' } }
    const { send } = await emulate({ paths: { '/things': { post: operation(integration) } } })
    const answer = await send('/things', { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } })
    expectRefusal(answer, 415, { message: 'Unsupported Media Type' }, 'BadRequestException')
  })
})

describe('gateway responses', () => {
  test('status, headers and body of a type, and of its class where it has none of its own', async () => {
    const { send } = await emulate({
      paths: { '/things': { get: operation({}, wantsKey) } },
      document: {
        'x-amazon-apigateway-gateway-responses': {
          INVALID_API_KEY: {
            statusCode: 401,
            responseParameters: { 'gatewayresponse.header.WWW-Authenticate': '\'ApiKey realm="edge"\'' },
            responseTemplates: { 'application/json': '{"why":$context.error.messageString,"at":"$context.stage"}' },
          },
          DEFAULT_4XX: { responseTemplates: { 'application/json': '{"type":"$context.error.responseType"}' } },
        },
      },
    })
    const unauthorized = await send('/things')
    expectRefusal(unauthorized, 401, { why: 'Forbidden', at: 'live' }, 'ForbiddenException')
    expect(unauthorized.headers['www-authenticate']).toBe('ApiKey realm="edge"')
    const [, , errorType] = missingToken
    expectRefusal(await send('/other'), 403, { type: 'MISSING_AUTHENTICATION_TOKEN' }, errorType)
  })
})
