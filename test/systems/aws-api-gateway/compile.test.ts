/** The OpenAPI document and the stage file of a policy. */
import { describe, expect, test } from 'vitest'
import type { Policy } from '../../../src/policy/policy.ts'
import { awsApiGateway } from '../../../src/systems/aws-api-gateway/index.ts'
import type { Site } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { expectGolden } from '../golden.ts'
import { hostileTexts } from '../hostile.ts'

const site: Site = {
  listen: { host: '127.0.0.1', port: 4000 },
  origins: { shop: [1, 2].map((port) => ({ host: '127.0.0.1', port })) },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}
const routes: Policy['routes'] = [{ path: '/shop', origin: 'shop' }]
const compiled = (more: Partial<Policy>) => {
  const { files, fidelity } = awsApiGateway.compile({ ...emptyPolicy, routes, ...more }, site)
  const [document, stage] = files.map(({ text }) => JSON.parse(text))
  return { document, stage, fidelity, text: files.map(({ text }) => text).join('') }
}
const keys = (consumers: Record<string, string>, path = '/shop', header = 'x-api-key'): Policy['apiKey'][number] => ({
  path,
  header,
  consumers: Object.entries(consumers).map(([name, key]) => ({ name, key })),
})
const limit = (path: string, per: 'consumer' | 'address' = 'consumer'): Policy['rateLimit'][number] => ({
  path,
  ratePerSecond: 20,
  burst: 10,
  per,
})
const cache = (path: string, key: Policy['cache'][number]['key'] = ['path', 'query']): Policy['cache'][number] => ({
  path,
  ttlMs: 1500,
  key,
  coalesce: true,
  staleOnErrorMs: 0,
})

test('golden', () => expectGolden(awsApiGateway))

describe('routes', () => {
  test('a prefix is two resources, and the root has one for everything', () => {
    expect(Object.keys(compiled({}).document.paths)).toEqual(['/shop', '/shop/{proxy+}'])
    expect(Object.keys(compiled({ routes: [{ path: '/', origin: 'shop' }] }).document.paths)).toEqual([
      '/',
      '/{proxy+}',
    ])
  })

  test('a path that no resource can have is left out, and said', () => {
    const paths = ['/b{r}', '/{proxy+}', '/a b', "/q'uo", '/$'.concat('{x}'), '/café', '/a%2f', '/*']
    const { document, fidelity } = compiled({ routes: [...routes, ...paths.map((path) => ({ path, origin: 'shop' }))] })
    expect(Object.keys(document.paths)).toEqual(['/shop', '/shop/{proxy+}'])
    expect(fidelity.slice(1).every(({ level, how }) => level === 'impossible' && how.includes('no resource'))).toBe(
      true,
    )
  })
})

describe('keys', () => {
  test('whatever is in a key is that key and nothing else', () => {
    const { stage } = compiled({
      apiKey: [keys(Object.fromEntries(hostileTexts.map((text, n) => [`consumer-${n}`, text])))],
    })
    expect(stage.ApiKeys.map(({ Value }: { Value: string }) => Value)).toEqual(hostileTexts)
  })

  test('a key that API Gateway would not read, or that opens too much, is said to be impossible', () => {
    const other = compiled({ apiKey: [keys({ ann: 'k' }, '/shop', 'authorization')] })
    expect(other.stage.ApiKeys).toEqual([])
    expect(other.fidelity.at(-1)).toMatchObject({
      level: 'impossible',
      how: expect.stringContaining('X-API-Key alone'),
    })
    const two = compiled({ apiKey: [keys({ ann: 'k' }), keys({ bob: 'l' }, '/shop/bob')] })
    expect(two.fidelity.slice(-2).map(({ level }) => level)).toEqual(['approximated', 'impossible'])
  })

  test('no key stands in what is said of a policy, nor in the document', () => {
    const { document, fidelity } = compiled({ apiKey: [keys({ ann: 'key-of-ann' })] })
    expect(JSON.stringify([document, fidelity])).not.toContain('key-of-ann')
  })
})

describe('limits', () => {
  const apiKey = [keys({ ann: 'k' }), keys({ ann: 'k' }, '/shop/cart')]

  test('one line for all that wants a key is the throttle of the plan: one bucket for each key', () => {
    const { stage } = compiled({ apiKey, rateLimit: [limit('/shop')] })
    expect(stage.UsagePlans).toMatchObject([
      { Throttle: { RateLimit: 20, BurstLimit: 10 }, KeyIds: ['ann'], ApiStages: [{ Stage: 'live' }] },
    ])
    expect(stage.Stage.MethodSettings).toEqual([])
  })

  test('otherwise each method has its own in the plan', () => {
    const { stage } = compiled({ apiKey, rateLimit: [limit('/shop/cart')] })
    expect(stage.UsagePlans[0].Throttle).toBeUndefined()
    expect(Object.keys(stage.UsagePlans[0].ApiStages[0].Throttle)).toEqual([
      '/shop/cart/ANY',
      '/shop/cart/{proxy+}/ANY',
    ])
  })

  test('without keys all callers share what a method of the stage lets through, and that is said', () => {
    const { stage, fidelity } = compiled({ rateLimit: [limit('/shop', 'address')] })
    expect(stage.Stage.MethodSettings.map(({ ResourcePath }: { ResourcePath: string }) => ResourcePath)).toEqual([
      '/~1shop',
      '/~1shop~1{proxy+}',
    ])
    expect(fidelity.at(-1)!.how).toContain('all callers share them')
  })
})

describe('cache', () => {
  const get = (more: Partial<Policy>) =>
    compiled(more).document.paths['/shop/{proxy+}'].get['x-amazon-apigateway-integration']

  test('nothing reaches the origin of a cached path that is not part of the key', () => {
    const { cacheKeyParameters, requestParameters, requestTemplates } = get({ cache: [cache('/shop')] })
    const fromRequest = Object.values<string>(requestParameters).filter((from) => from.startsWith('method.request.'))
    expect(fromRequest.filter((from) => !cacheKeyParameters.includes(from))).toEqual([])
    expect(requestTemplates).toBeUndefined()
  })

  test('the caller’s key is part of the key wherever one is wanted, whatever the policy says', () => {
    const parameters = get({ cache: [cache('/shop')], apiKey: [keys({ ann: 'k', bob: 'l' })] }).cacheKeyParameters
    expect(parameters).toContain('method.request.header.X-API-Key')
  })

  test('no answer of a cached path brings a cookie', () => {
    expect(JSON.stringify(get({ cache: [cache('/shop')] })).toLowerCase()).not.toContain('set-cookie')
  })

  test('where callers are known by a key that API Gateway does not read, nothing is kept', () => {
    const apiKey = [keys({ ann: 'k' }, '/shop/me', 'authorization')]
    const { stage, fidelity } = compiled({ cache: [cache('/shop'), cache('/shop/me')], apiKey })
    expect(stage.Stage.CacheClusterEnabled).toBe(false)
    expect(fidelity.filter(({ feature }) => feature === 'cache').map(({ level }) => level)).toEqual([
      'impossible',
      'impossible',
    ])
  })
})

describe('quotas', () => {
  const apiKey = [keys({ alice: 'a' }, '/shop'), keys({ alice: 'a' }, '/more')]
  const more = { routes: [...routes, { path: '/more', origin: 'shop' }], apiKey }
  const ofShop = { path: '/shop', requests: 1000, period: 'month' as const }

  test('the plan has it, and what a key asks for elsewhere counts as well', () => {
    const { stage, fidelity } = compiled({ ...more, quota: [ofShop] })
    expect(stage.UsagePlans[0].Quota).toEqual({ Limit: 1000, Offset: 0, Period: 'MONTH' })
    expect(fidelity.at(-1)).toMatchObject({ feature: 'quota', level: 'approximated' })
    expect(fidelity.at(-1)!.how).toContain('(/more)')
  })

  test('a second one cannot be, for a plan has one', () => {
    const { stage, fidelity } = compiled({ ...more, quota: [ofShop, { path: '/more', requests: 5, period: 'day' }] })
    expect(stage.UsagePlans[0].Quota).toEqual({ Limit: 1000, Offset: 0, Period: 'MONTH' })
    expect(fidelity.at(-1)).toMatchObject({ feature: 'quota', level: 'impossible' })
  })
})
