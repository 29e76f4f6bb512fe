/** What can be judged without running Envoy. */
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Policy } from '../../../src/policy/policy.ts'
import { envoy } from '../../../src/systems/envoy/index.ts'
import { refill } from '../../../src/systems/envoy/rate-limit.ts'
import { launchOf, type Site } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { expectGolden } from '../golden.ts'

const site: Site = {
  listen: { host: '::1', port: 80 },
  origins: { a: [{ host: 'fd00::1', port: 1 }] },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}
const policy: Policy = { ...emptyPolicy, routes: [{ path: '/', origin: 'a' }] }
const compiled = (more: Partial<Policy> = {}, at: Site = site) => {
  const { files, fidelity } = envoy.compile({ ...policy, ...more }, at)
  // As Envoy reads it.
  const { static_resources: resources } = parse(files[0]!.text, { version: '1.1' })
  return { files, fidelity, text: files[0]!.text, ...resources }
}
const cache = { path: '/', ttlMs: 1000, key: ['path', 'query'], coalesce: true, staleOnErrorMs: 0 } as const
const keyed = (header: string, name: string): Policy['apiKey'] => [
  { path: '/', header, consumers: [{ name, key: 'key-of-alice' }] },
]

test('golden', () => expectGolden(envoy))

test.each([
  [10, 10, '1s'],
  [0.5, 30, '60s'],
  [0.7, 42, '60s'],
  [1 / 60, 1, '60s'],
  [1 / 600, 6, '3600s'],
  [2.345678, 3, '1.278947920s'],
  [0.0001, 1, '10000.000000000s'],
])('%d a second is %d in %s', (perSecond, tokens, interval) => {
  expect(refill(perSecond)).toEqual({ tokens_per_fill: tokens, fill_interval: interval })
})

test('only a policy that caches has two layers, only a key that is not the filter’s takes a script', () => {
  const plain = compiled()
  expect([plain.listeners.length, plain.clusters.length, plain.files.length]).toEqual([1, 1, 1])
  const caching = compiled({ cache: [cache] })
  expect([caching.listeners.length, caching.clusters.length, caching.files.length]).toEqual([2, 2, 1])
  const byPath = compiled({ cache: [{ ...cache, key: ['path'] }] })
  expect(byPath.files.map((file: { path: string }) => file.path)).toEqual([
    'envoy.yaml',
    'lua/to-cache-key.lua',
    'lua/from-cache-key.lua',
  ])
})

test('addresses need no resolver, names do', () => {
  const type = (host: string) => compiled({}, { ...site, origins: { a: [{ host, port: 1 }] } }).clusters[0].type
  expect(['10.0.0.1', 'fd00::1', 'origin-a-1'].map(type)).toEqual(['STATIC', 'STATIC', 'STRICT_DNS'])
})

test('what crashes it, lets everybody in or shows the keys is not written', () => {
  const { text } = compiled({
    cache: [cache],
    apiKey: keyed('x-api-key', 'alice'),
    rateLimit: [{ path: '/', ratePerSecond: 10, burst: 5, per: 'consumer' }],
  })
  // A response with Vary then ends the process.
  expect(text).not.toContain('allowed_vary_headers')
  expect(text).not.toMatch(/^admin:/m)
  for (const switched of ['filter_enabled', 'filter_enforced'])
    expect(text).toMatch(new RegExp(`${switched}:\\s+default_value:\\s+numerator: 100\\s+denominator: "HUNDRED"`))
})

test('what would become more than a value is refused', () => {
  expect(() => compiled({ apiKey: keyed('x-api-key', 'alice\r\nX-Evil: 1') })).toThrow(TypeError)
  expect(() => compiled({ routes: [{ path: '/\ud800', origin: 'a' }] })).toThrow(TypeError)
  expect(() => compiled({ routes: [{ path: '/a\0b', origin: 'a' }] })).toThrow(TypeError)
})

test('no key stands in what is said of a policy', () => {
  expect(JSON.stringify(compiled({ apiKey: keyed('x-api-key', 'alice') }).fidelity)).not.toContain('key-of-alice')
})

test('the version is found in what the product prints', () => {
  const { pattern } = launchOf(envoy)!.version!
  const printed = '\nenvoy  version: 9e5580933739775e8bce696a57a2e1bc99368f23/1.40.0/Clean/RELEASE/BoringSSL\n'
  expect(pattern.exec(printed)?.[0]).toBe('1.40.0')
})
