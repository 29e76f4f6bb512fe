/** What can be judged without running Caddy. */
import { expect, test } from 'vitest'
import type { Policy } from '../../../src/policy/policy.ts'
import { caddy } from '../../../src/systems/caddy/index.ts'
import type { Site } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { expectGolden } from '../golden.ts'

const site: Site = {
  listen: { host: '::1', port: 80 },
  origins: { a: [1, 2].map((port) => ({ host: 'fd00::1', port })) },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}
const policy: Policy = { ...emptyPolicy, routes: [{ path: '/', origin: 'a' }] }
const compiled = (more: Partial<Policy> = {}) => {
  const { files, fidelity } = caddy.compile({ ...policy, ...more }, site)
  return { server: JSON.parse(files[0]!.text).apps.http.servers.edge, fidelity }
}
const keyed = (header: string, name: string): Policy['apiKey'] => [
  { path: '/', header, consumers: [{ name, key: 'k' }] },
]

test('golden', () => expectGolden(caddy))

test('IPv6 addresses stand in brackets', () => {
  const { server } = compiled()
  expect(server.listen).toEqual(['[::1]:80'])
  expect(server.named_routes.a.handle[0].upstreams).toEqual([{ dial: '[fd00::1]:1' }, { dial: '[fd00::1]:2' }])
})

test.each([
  [
    [90, 10],
    [9, 1],
  ],
  [
    [3, 1],
    [3, 1],
  ],
  [
    [6, 4],
    [3, 2],
  ],
  [
    [5, 5],
    [1, 1],
  ],
])('weights %j are %j, so that blocks of turns are short', (weights, lowest) => {
  const { server } = compiled({ balancing: [{ origin: 'a', method: 'weighted', weights }] })
  expect(server.named_routes.a.handle[0].load_balancing.selection_policy.weights).toEqual(lowest)
})

test('an origin that is asked with and without a consumer has two handlers, which count apart: said', () => {
  const { server, fidelity } = compiled({
    balancing: [{ origin: 'a', method: 'round-robin' }],
    apiKey: [{ path: '/secret', header: 'x-api-key', consumers: [{ name: 'alice', key: 'k' }] }],
  })
  expect(Object.keys(server.named_routes)).toEqual(['a by consumer', 'a'])
  expect(fidelity.find(({ feature }) => feature === 'balancing')).toMatchObject({ level: 'approximated' })
  expect(compiled({ balancing: [{ origin: 'a', method: 'round-robin' }] }).fidelity.at(-1)).toMatchObject({
    level: 'exact',
  })
})

test('paths are refused as ambiguous only where a path decides anything', () => {
  const refusals = ({ server }: ReturnType<typeof compiled>) => JSON.stringify(server.routes).includes('ambiguous_path')
  expect(refusals(compiled())).toBe(false)
  expect(refusals(compiled({ routes: [{ path: '/a', origin: 'a' }] }))).toBe(true)
})

test('what would become more than a value is refused', () => {
  expect(() => compiled({ apiKey: keyed('x-api-key', 'alice\r\nX-Evil: 1') })).toThrow(TypeError)
  expect(() => compiled({ apiKey: keyed('x-key}{env.HOME', 'alice') })).toThrow(TypeError)
  expect(() => compiled({ routes: [{ path: '/\ud800', origin: 'a' }] })).toThrow(TypeError)
})

test('no key stands in what is said of a policy', () => {
  const consumers = [{ name: 'alice', key: 'key-of-alice' }]
  const { fidelity } = compiled({ apiKey: [{ path: '/', header: 'x-api-key', consumers }] })
  expect(JSON.stringify(fidelity)).not.toContain('key-of-alice')
})
