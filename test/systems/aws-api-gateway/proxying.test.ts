/** What a proxy integration hands on, and what the emulator tells of itself. */
import { expect, test } from 'vitest'
import { readFiles } from '../../../src/systems/aws-api-gateway/program/definition/read-files.ts'
import { anyMethod, emulate, filesOf, keysAndPlan, operation, originAt, wantsKey } from './emulated.ts'

const greedy = {
  uri: originAt('/things/{proxy}'),
  requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
}

test('path, query, method, body and headers go on, but not the Host and not what belongs to the connection', async () => {
  const { send, origin } = await emulate({ paths: { '/things/{proxy+}': { [anyMethod]: operation(greedy) } } })
  await send('/things/a%20b/c%2Cd?x=1&x=2&y', {
    method: 'PUT',
    body: 'x',
    headers: { host: 'client.example', 'x-forwarded-for': '192.0.2.1', te: 'trailers', 'x-own': 'yes' },
  })
  const { url, method, headers } = origin.seen[0]!
  expect({ url, method }).toEqual({ url: '/things/a%20b/c%2Cd?x=1&x=2&y', method: 'PUT' })
  expect(headers).toMatchObject({ host: 'origin.internal', 'x-forwarded-for': '192.0.2.1, 127.0.0.1', 'x-own': 'yes' })
  expect(headers['te']).toBeUndefined()
})

test.each([
  ['/things/../secret', 403],
  ['/things/%2e%2e/secret', 403],
  ['/things/..%2fsecret', 403],
  ['//things//1', 200],
])('%s is compared as what it means', async (path, status) => {
  const paths = { '/things/{proxy+}': { [anyMethod]: operation(greedy) }, '/secret': { get: operation({}, wantsKey) } }
  const { send } = await emulate({ paths, rest: keysAndPlan({ ann: 'a' }) })
  expect((await send(path)).status).toBe(status)
})

test('headers that API Gateway sets itself come back under another name', async () => {
  const { send } = await emulate({ paths: { '/things': { get: operation() } } }, (_, response) => {
    response.writeHead(401, {
      'www-authenticate': 'Basic',
      server: 'mine',
      'set-cookie': ['a=1', 'b=2'],
      'x-own': 'y',
      'content-length': '2',
    })
    response.end('no')
  })
  const { status, headers, body } = await send('/things')
  expect({ status, body }).toEqual({ status: 401, body: 'no' })
  expect(headers).toMatchObject({
    'x-amzn-remapped-www-authenticate': 'Basic',
    'x-amzn-remapped-server': 'mine',
    'x-amzn-remapped-content-length': '2',
    'set-cookie': ['a=1', 'b=2'],
    'x-own': 'y',
  })
  expect(headers['www-authenticate']).toBeUndefined()
})

test('metrics have the names of CloudWatch, and are no resource of the API', async () => {
  const setting = { ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true }
  const { send } = await emulate({
    paths: { '/things': { get: operation() } },
    stage: { CacheClusterEnabled: true, MethodSettings: [setting] },
  })
  for (const path of ['/things', '/things', '/other']) await send(path)
  const { Namespace, Dimensions, Metrics } = JSON.parse((await send('/__edge/metrics')).body)
  expect({ Namespace, Dimensions }).toEqual({
    Namespace: 'AWS/ApiGateway',
    Dimensions: { ApiName: 'things', Stage: 'live' },
  })
  const sums = Object.fromEntries(
    Metrics.map((each: { MetricName: string; Sum: number }) => [each.MetricName, each.Sum]),
  )
  expect(sums).toMatchObject({ Count: 3, '4XXError': 1, '5XXError': 0, CacheHitCount: 1, CacheMissCount: 1 })
  expect(Object.keys(sums)).toEqual(expect.arrayContaining(['Latency', 'IntegrationLatency']))
})

test('an HTTP API refuses in words of its own, without names of errors', async () => {
  const definition = {
    paths: {
      '/things': { get: operation() },
      '/slow': { get: operation({ timeoutInMillis: 60, uri: originAt('/slow') }) },
    },
    rest: { ApiType: 'HTTP' },
  }
  const { send, origin } = await emulate(definition, ({ url }, response) => {
    if (url !== '/slow') response.end('{}')
  })
  const told = async (path: string) => {
    const { status, body, headers } = await send(path)
    expect(headers['apigw-requestid']).toMatch(/=$/)
    expect(headers['x-amzn-errortype'] ?? headers['x-amzn-requestid']).toBeUndefined()
    return [status, body]
  }
  expect(await told('/other')).toEqual([404, '{"message":"Not Found"}'])
  expect(await told('/slow')).toEqual([503, '{"message":"Service Unavailable"}'])
  expect((await told('/things'))[0]).toBe(200)
  expect(origin.seen.at(-1)!.headers['forwarded']).toMatch(/^for=127\.0\.0\.1;host=.+;proto=http$/)
  const throttled = await emulate({
    ...definition,
    rest: { ApiType: 'HTTP', Account: { RateLimit: 0.001, BurstLimit: 1 } },
  })
  await throttled.send('/things')
  expect(await throttled.send('/things')).toMatchObject({ status: 429, body: '{"message":"Too Many Requests"}' })
})

test('everything that is wrong with the two files is said at once, with its place', () => {
  const { document } = filesOf({ paths: { '/things': { get: operation({ type: 'aws_proxy', timeoutInMillis: 1 }) } } })
  const { stage } = filesOf({ paths: {}, rest: { ...keysAndPlan({}, { KeyIds: ['ann'] }), Acount: 1 } })
  const wrong = () => readFiles({ document, stage })
  expect(wrong).toThrow(/openapi\.json: paths\.\/things\.get\.x-amazon-apigateway-integration\.type/)
  expect(wrong).toThrow(/timeoutInMillis/)
  expect(wrong).toThrow(/stage\.json: Acount: “Acount” is not a key here/)
  const http = filesOf({
    paths: { '/things': { get: operation({ type: 'http' }, wantsKey) } },
    stage: { CacheClusterEnabled: true },
    rest: { ApiType: 'HTTP', ...keysAndPlan({}, { KeyIds: ['ann'] }) },
  })
  for (const why of ['http_proxy integrations alone', 'knows no keys', 'has no cache', 'there is no key ann'])
    expect(() => readFiles(http)).toThrow(why)
  expect(() => readFiles({ document: '{', stage: '{}' })).toThrow('openapi.json: not JSON')
})
