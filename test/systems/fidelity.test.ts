import { expect, test } from 'vitest'
import type { Policy } from '../../src/policy/policy.ts'
import { impossibleBecause, supportedPart } from '../../src/systems/fidelity.ts'
import { nginx } from '../../src/systems/nginx/index.ts'
import { nodeProxy } from '../../src/systems/node-proxy/index.ts'
import { emptyPolicy } from '../policy/empty-policy.ts'

const withKeys = nginx.support
const withoutKeys = nodeProxy.support

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
