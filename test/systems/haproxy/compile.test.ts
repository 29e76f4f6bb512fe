/** What can be judged without running HAProxy. */
import { expect, test } from 'vitest'
import type { Policy } from '../../../src/policy/policy.ts'
import { haproxy } from '../../../src/systems/haproxy/index.ts'
import { windowOf } from '../../../src/systems/haproxy/rate-limit.ts'
import type { Site } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { expectGolden } from '../golden.ts'

const site: Site = {
  listen: { host: '::1', port: 80 },
  origins: { a: [{ host: 'fd00::1', port: 1 }], b: [] },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}
const policy: Policy = { ...emptyPolicy, routes: [{ path: '/', origin: 'a' }] }
const compiled = (more: Partial<Policy> = {}) => {
  const { files, fidelity } = haproxy.compile({ ...policy, ...more }, site)
  return { paths: files.map(({ path }) => path), text: files[0]!.text, lines: files[0]!.text.split(/\n */), fidelity }
}

test('golden', () => expectGolden(haproxy))

test.each([
  [20, 10, { requests: 10, ms: 500 }],
  [0.7, 1, { requests: 1, ms: 1429 }],
  [3, 1, { requests: 1, ms: 333 }],
  [1000, 5, { requests: 5, ms: 5 }],
  // One request in 1.1 ms would become one in a whole one.
  [900, 1, { requests: 9, ms: 10 }],
  [3000, 1, { requests: 3, ms: 1 }],
  [7001, 1, { requests: 7, ms: 1 }],
])('%d a second, %d at once: a window of %j', (ratePerSecond, burst, window) => {
  expect(windowOf({ ratePerSecond, burst })).toEqual(window)
})

test('a burst that whole milliseconds stretch is said', () => {
  const limit = { path: '/', ratePerSecond: 900, burst: 1, per: 'address' } as const
  expect(compiled({ rateLimit: [limit] }).fidelity.at(-1)?.how).toContain('More at once than 1')
})

test('IPv6 addresses stand in brackets', () => {
  expect(compiled().lines).toContain('bind [::1]:80')
  expect(compiled().lines).toContain('server a-1 [fd00::1]:1')
})

test('a policy has what it needs and no more', () => {
  const plain = compiled()
  expect(plain.paths).toEqual(['haproxy.cfg'])
  for (const needless of ['ambiguous', 'txn.path', 'default-path', 'stick-table', 'cache'])
    expect(plain.text).not.toContain(needless)
  expect(compiled({ routes: [{ path: '/a', origin: 'a' }] }).text).toContain('ambiguous')
})

test('locations whose paths read alike have names of their own', () => {
  const routes = ['/a-b', '/a_b', '/a/b', '/é', '/ü', '/1', '/'].map((path) => ({ path, origin: 'a' }))
  const { text } = compiled({ routes })
  const names = [...text.matchAll(/set-var\(txn\.location\) str\((\w+)\)/g)].map(([, name]) => name)
  expect(new Set(names).size).toBe(routes.length)
})

test('what would become more than a value is refused', () => {
  const keyed = (header: string, name: string): Partial<Policy> => ({
    apiKey: [{ path: '/', header, consumers: [{ name, key: 'k' }] }],
  })
  expect(() => compiled(keyed('x-api-key', 'alice\r\nX-Evil: 1'))).toThrow(TypeError)
  expect(() => compiled(keyed('x-api-key', ''))).toThrow(TypeError)
  expect(() => compiled(keyed('x-key),src', 'alice'))).toThrow(TypeError)
  expect(() => compiled({ routes: [{ path: '/a\0b', origin: 'a' }] })).toThrow(TypeError)
  expect(() => compiled({ routes: [{ path: '/', origin: 'a b' }] })).toThrow(TypeError)
})

test('no key stands in what is said of a policy', () => {
  const consumers = [{ name: 'alice', key: 'key-of-alice' }]
  const { fidelity } = compiled({ apiKey: [{ path: '/', header: 'x-api-key', consumers }] })
  expect(JSON.stringify(fidelity)).not.toContain('key-of-alice')
})
