/** What Kong is told, read back by another reader of YAML: nothing of a policy is anything but itself there. */
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Policy } from '../../../src/policy/policy.ts'
import { kong } from '../../../src/systems/kong/index.ts'
import { windowsOf } from '../../../src/systems/kong/rate-limit.ts'
import type { Site } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { hostileTexts } from '../hostile.ts'

const site: Site = {
  listen: { host: '127.0.0.1', port: 8080 },
  origins: { shop: [{ host: '::1', port: 9001 }] },
  configDir: '/etc/with #hash',
  scratchDir: '/run/edge',
}
const shop = [{ path: '/', origin: 'shop' }]

function compiled(policy: Partial<Policy>) {
  const { files, fidelity } = kong.compile({ ...emptyPolicy, routes: shop, ...policy }, site)
  const text = (path: string): string => files.find((file) => file.path === path)!.text
  return { files, fidelity, yaml: parse(text('kong.yml'), { version: '1.2' }), conf: text('kong.conf') }
}

test('hostile keys stay what they are, for readers of YAML 1.1 too', () => {
  const consumers = hostileTexts.map((key, n) => ({ name: `c${n}`, key }))
  const { files } = kong.compile(
    { ...emptyPolicy, routes: shop, apiKey: [{ path: '/', header: 'x-api-key', consumers }] },
    site,
  )
  const text = files.find(({ path }) => path === 'kong.yml')!.text
  for (const version of ['1.1', '1.2'] as const) {
    const read = parse(text, { version }) as {
      consumers: { username: string; keyauth_credentials: { key: string }[] }[]
    }
    expect(read.consumers.map(({ username, keyauth_credentials: [{ key } = { key: '' }] }) => [username, key])).toEqual(
      consumers.map(({ name, key }) => [name, key]),
    )
  }
})

test('hostile paths are taken as they are, and nothing beside them', () => {
  const paths = hostileTexts.filter((text) => !/[\s\\%#?]/.test(text)).map((text) => `/${text}`)
  const { yaml } = compiled({ routes: paths.map((path) => ({ path, origin: 'shop' })) })
  const routes = yaml.services[0].routes as { paths: string[]; name: string }[]
  expect(routes).toHaveLength(paths.length)
  for (const { paths: written, name } of routes) {
    expect(written).toHaveLength(1)
    const taking = new RegExp(`^${written[0]!.slice(1)}`)
    const taken = paths.filter((path) => taking.test(path))
    expect(taken).toHaveLength(1)
    expect([`${taken[0]}/below`, `${taken[0]}beside`].map((path) => taking.test(path))).toEqual([true, false])
    expect(name).toMatch(/^[A-Za-z0-9-]+$/)
  }
  expect(new Set(routes.map(({ name }) => name)).size).toBe(paths.length)
})

test('settings hold the folders of the site, and a # is no comment', () => {
  const { conf } = compiled({})
  expect(conf).toContain('declarative_config = /etc/with \\#hash/kong.yml\n')
  expect(conf).toContain('plugins = request-termination, request-transformer\n')
  expect(conf).not.toContain('sandbox')
})

test('only the modules that a policy needs are there, and the sandbox lets in what is called alone', () => {
  const line = { path: '/', representations: [{ accept: 'application/xml', as: 'xml' as const }] }
  const { files, conf } = compiled({ transform: [line] })
  expect(files.map(({ path }) => path)).toEqual([
    'kong.yml',
    'kong.conf',
    'lua/edge/json.lua',
    'lua/edge/xml.lua',
    'lua/edge/compact.lua',
    'lua/edge/transform.lua',
  ])
  expect(conf).toContain('untrusted_lua_sandbox_requires = edge.transform\n')
})

test('consumers are one for all routes: groups keep those of other lines out', () => {
  const ann = { name: 'ann', key: 'key-of-ann' }
  const bob = { name: 'bob', key: 'key-of-bob' }
  const lines = [
    { path: '/a', header: 'x-api-key', consumers: [ann, bob] },
    { path: '/b', header: 'x-other-key', consumers: [ann] },
  ]
  const { yaml } = compiled({ apiKey: lines })
  expect(yaml.consumers).toEqual([
    {
      username: 'ann',
      keyauth_credentials: [{ key: ann.key }],
      acls: [{ group: 'api-key-1' }, { group: 'api-key-2' }],
    },
    { username: 'bob', keyauth_credentials: [{ key: bob.key }], acls: [{ group: 'api-key-1' }] },
  ])
  const { yaml: without, fidelity } = compiled({
    apiKey: [lines[0]!, { path: '/b', header: 'x-other-key', consumers: [{ name: 'carl', key: ann.key }] }],
  })
  expect(fidelity.map(({ path, level }) => [path, level])).toContainEqual(['apiKey.1', 'impossible'])
  expect(without.consumers.map(({ username }: { username: string }) => username)).toEqual(['ann', 'bob'])
})

test('a limit is told in windows of the clock, of which no longer one allows less', () => {
  const windows = (ratePerSecond: number, burst: number) =>
    windowsOf({ path: '/', ratePerSecond, burst, per: 'consumer' }).map(([name, limit]) => `${limit}/${name}`)
  expect(windows(20, 10)).toEqual(['20/second'])
  expect(windows(5, 20)).toEqual(['20/second', '300/minute'])
  expect(windows(0.5, 1)).toEqual(['1/second', '30/minute'])
  expect(windows(1 / 3600, 5)).toEqual(['5/second', '5/minute', '5/hour'])
})

test('a quota and a rate are one plugin, in which no longer window allows less', () => {
  const apiKey = [{ path: '/', header: 'x-api-key', consumers: [{ name: 'alice', key: 'a' }] }]
  const rate = { path: '/', ratePerSecond: 20, burst: 10, per: 'consumer' as const }
  const limits = (policy: Partial<Policy>): readonly unknown[] => {
    const plugins = compiled({ apiKey, ...policy }).yaml.services[0].routes[0].plugins as {
      name: string
      config: unknown
    }[]
    return plugins.filter(({ name }) => name === 'rate-limiting').map(({ config }) => config)
  }
  const common = { policy: 'local', limit_by: 'consumer' }
  const quota = [{ path: '/', requests: 12, period: 'day' as const }]
  expect(limits({ quota })).toEqual([{ day: 12, ...common }])
  expect(limits({ quota, rateLimit: [rate] })).toEqual([{ second: 12, day: 12, ...common }])
  expect(limits({ rateLimit: [rate] })).toEqual([{ second: 20, ...common }])
  const byAddress = compiled({ apiKey, quota, rateLimit: [{ ...rate, per: 'address' }] })
  expect(byAddress.fidelity.at(-1)).toMatchObject({ feature: 'quota', level: 'impossible' })
})
