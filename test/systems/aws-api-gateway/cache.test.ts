/** The cache of a stage, and who may renew what it holds. */
import { describe, expect, test } from 'vitest'
import { until } from '../../until.ts'
import { type Emulated, emulate, operation } from './emulated.ts'

const setting = { ResourcePath: '/~1things~1{proxy+}', HttpMethod: 'GET', CachingEnabled: true, CacheTtlInSeconds: 60 }
const parameter = (name: string, place: string) => ({ name, in: place, required: false, schema: { type: 'string' } })

/** Answers are numbered by the origin. */
function cached(more: object = {}, document: object = {}, body: (n: number) => string = String): Promise<Emulated> {
  const integration = { cacheKeyParameters: ['method.request.path.proxy', 'method.request.querystring.type'] }
  const parameters = [parameter('proxy', 'path'), parameter('type', 'query')]
  let answers = 0
  return emulate(
    {
      paths: { '/things/{proxy+}': { get: operation(integration, { parameters }), head: operation() } },
      document: { ...document },
      stage: { CacheClusterEnabled: true, MethodSettings: [{ ...setting, ...more }] },
    },
    (_, response) => {
      answers += 1
      response.setHeader('cache-control', 'private, no-store')
      response.end(body(answers))
    },
  )
}

const bodies = async ({ send }: Emulated, ...paths: string[]): Promise<string[]> => {
  const seen: string[] = []
  for (const path of paths) seen.push((await send(path)).body)
  return seen
}
const renewing = { headers: { 'cache-control': 'max-age=0' } }

describe('what is kept', () => {
  test('answers are told apart by declared parameters alone, whatever the origin says of keeping', async () => {
    const api = await cached()
    expect(await bodies(api, '/things/1', '/things/1', '/things/2', '/things/1?type=a', '/things/1?type=b')).toEqual([
      '1',
      '1',
      '2',
      '3',
      '4',
    ])
    expect(await bodies(api, '/things/1?type=a&department=A', '/things/1?department=B&type=a')).toEqual(['3', '3'])
  })

  test('for as long as the setting says', async () => {
    const api = await cached({ CacheTtlInSeconds: 1 })
    expect(await bodies(api, '/things/1', '/things/1')).toEqual(['1', '1'])
    await until(
      'the entry has expired',
      () => bodies(api, '/things/1'),
      ([body]) => body === '2',
      3000,
    )
  })

  test('nothing where the time is 0, and nothing above 1,048,576 bytes', async () => {
    expect(await bodies(await cached({ CacheTtlInSeconds: 0 }), '/things/1', '/things/1')).toEqual(['1', '2'])
    const { send, origin } = await cached({}, {}, () => 'x'.repeat(1_048_577))
    await send('/things/1')
    await send('/things/1')
    expect(origin.seen.length).toBe(2)
  })

  test('GET alone, where a setting does not name another method', async () => {
    const api = await cached({ ResourcePath: '/*', HttpMethod: '*' })
    await api.send('/things/1', { method: 'HEAD' })
    await api.send('/things/1', { method: 'HEAD' })
    expect(api.origin.seen.length).toBe(2)
    expect(await bodies(api, '/things/1', '/things/1')).toEqual(['3', '3'])
  })

  test('requests that wait for the same answer each ask the origin', async () => {
    const { send, origin } = await cached()
    await Promise.all([send('/things/1'), send('/things/1'), send('/things/1')])
    expect(origin.seen.length).toBe(3)
  })
})

describe('Cache-Control: max-age=0', () => {
  const guarded = { RequireAuthorizationForCacheControl: true }
  const policy = (Effect: string, range: string, Resource = 'arn:aws:execute-api:*:*:*/live/GET/things/*') => ({
    'x-amazon-apigateway-policy': {
      Version: '2012-10-17',
      Statement: [
        {
          Effect,
          Principal: '*',
          Action: 'execute-api:InvalidateCache',
          Resource,
          Condition: { IpAddress: { 'aws:SourceIp': range } },
        },
      ],
    },
  })

  test('renews the entry where no authorization is required', async () => {
    const api = await cached()
    await api.send('/things/1')
    const renewed = await api.send('/things/1', renewing)
    expect({ status: renewed.status, body: renewed.body }).toEqual({ status: 200, body: '2' })
    expect(await bodies(api, '/things/1')).toEqual(['2'])
  })

  test('and where the resource policy permits it', async () => {
    const api = await cached(guarded, policy('Allow', '127.0.0.0/8'))
    await api.send('/things/1')
    expect((await api.send('/things/1', renewing)).body).toBe('2')
  })

  test.each([
    ['no policy', {}],
    ['a policy for others', policy('Allow', '192.0.2.0/24')],
    ['a policy for other paths', policy('Allow', '127.0.0.1', 'arn:aws:execute-api:*:*:*/live/GET/others/*')],
    ['a policy that denies', policy('Deny', '127.0.0.1')],
  ])('FAIL_WITH_403: forbidden with %s', async (_, document) => {
    const api = await cached({ ...guarded, UnauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403' }, document)
    await api.send('/things/1')
    const { status, headers, body } = await api.send('/things/1', renewing)
    expect(status).toBe(403)
    expect(headers['x-amzn-errortype']).toBe('AccessDeniedException')
    expect(Object.keys(JSON.parse(body) as object)).toEqual(['Message'])
    expect(api.origin.seen.length).toBe(1)
  })

  test.each([
    ['SUCCEED_WITH_RESPONSE_HEADER', true],
    ['SUCCEED_WITHOUT_RESPONSE_HEADER', false],
  ])('%s: the entry is given, with a warning: %s', async (UnauthorizedCacheControlHeaderStrategy, warned) => {
    const api = await cached({ ...guarded, UnauthorizedCacheControlHeaderStrategy })
    await api.send('/things/1')
    const { status, headers, body } = await api.send('/things/1', renewing)
    expect({ status, body, warned: headers['warning'] !== undefined }).toEqual({ status: 200, body: '1', warned })
    expect((await api.send('/things/1')).headers['warning']).toBeUndefined()
  })
})
