import { expect, test } from 'vitest'
import type { Policy } from '../../src/policy/policy.ts'
import { type Claims, impossibleBecause, supportedPart } from '../../src/systems/fidelity.ts'
import { nginx } from '../../src/systems/nginx/index.ts'
import { nodeProxy } from '../../src/systems/node-proxy/index.ts'
import { emptyPolicy } from '../policy/empty-policy.ts'

const withKeys = nginx
const withoutKeys = nodeProxy

const cache = (path: string, key: Policy['cache'][number]['key']): Policy['cache'][number] => ({
  path,
  ttlMs: 1000,
  key,
  coalesce: true,
  staleOnErrorMs: 0,
})
const policy: Policy = {
  ...emptyPolicy,
  routes: [{ path: '/', origin: 'shop' }],
  cache: [
    cache('/', ['path', 'query']),
    cache('/account', ['path', 'consumer']),
    cache('/account/help', ['path']),
    cache('/products', ['path']),
  ],
}

test('without keys there is no cache of what consumers own, not by a wider line either', () => {
  expect(supportedPart(policy, withoutKeys).cache.map(({ path }) => path)).toEqual(['/account/help', '/products'])
  for (const index of [0, 1])
    expect(impossibleBecause(policy, withoutKeys, { feature: 'cache', index })).toContain('(/account)')
})

test('with keys every line of the cache stands', () => {
  expect(supportedPart(policy, withKeys).cache).toEqual(policy.cache)
})

test('a system may be unable to carry out single lines: they are left out, with its reason', () => {
  const narrow: Claims = {
    support: nginx.support,
    cannot: ({ cache }, { feature, index }) =>
      feature === 'cache' && cache[index]!.path === '/products' ? 'It cannot have that path.' : undefined,
  }
  expect(supportedPart(policy, narrow).cache.map(({ path }) => path)).toEqual(['/', '/account', '/account/help'])
  expect(impossibleBecause(policy, narrow, { feature: 'cache', index: 3 })).toBe('It cannot have that path.')
  expect(impossibleBecause(policy, narrow, { feature: 'cache', index: 0 })).toBeUndefined()
})
