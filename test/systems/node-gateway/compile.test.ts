import { describe, expect, test } from 'vitest'
import type { Policy } from '../../../src/policy/policy.ts'
import { direct } from '../../../src/systems/direct/index.ts'
import { nodeGateway } from '../../../src/systems/node-gateway/index.ts'
import { nodeProxy } from '../../../src/systems/node-proxy/index.ts'
import type { Site } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'

const key = `k"\n}$\{x}`
const policy: Policy = {
  ...emptyPolicy,
  routes: [{ path: '/products', origin: 'catalogue' }],
  balancing: [{ origin: 'catalogue', method: 'least-connections' }],
  cache: [{ path: '/products', ttlMs: 1500, key: ['path'], coalesce: true, staleOnErrorMs: 2500 }],
  apiKey: [{ path: '/products', header: 'x-api-key', consumers: [{ name: 'web', key }] }],
  rateLimit: [{ path: '/products', ratePerSecond: 10, burst: 5, per: 'consumer' }],
  transform: [{ path: '/products', representations: [{ accept: 'application/xml', as: 'xml' }] }],
}
const site: Site = {
  listen: { host: '127.0.0.1', port: 1 },
  origins: {
    catalogue: [
      { host: '127.0.0.1', port: 2 },
      { host: '::1', port: 3 },
    ],
  },
  configDir: '/etc/edge',
  scratchDir: '/tmp',
}
const levels = (system: typeof nodeGateway) =>
  Object.fromEntries(system.compile(policy, site).fidelity.map(({ feature, level }) => [feature, level]))

describe('what the embedded systems are told', () => {
  test('the gateway carries out every line, and says which one differs', () => {
    expect(levels(nodeGateway)).toEqual({
      routes: 'exact',
      balancing: 'exact',
      cache: 'exact',
      apiKey: 'exact',
      rateLimit: 'approximated',
      transform: 'exact',
    })
    const [file] = nodeGateway.compile(policy, site).files
    expect(JSON.parse(file!.text)).toMatchObject({
      listen: '127.0.0.1:1',
      forwarded: true,
      keepAlive: true,
      gates: ['apiKey', 'rateLimit', 'transform'],
      origins: { catalogue: { instances: ['127.0.0.1:2', '[::1]:3'], balance: 'least-connections' } },
    })
    expect(JSON.parse(file!.text).apiKeys[0].consumers[0].key).toBe(key)
    for (const { line, how } of nodeGateway.compile(policy, site).fidelity) expect(`${line} ${how}`).not.toContain(key)
  })

  test('a cache line is exact, to the millisecond', () => {
    const exact = { ...policy, cache: [{ ...policy.cache[0]!, staleOnErrorMs: 2001 }] }
    expect(nodeGateway.compile(exact, site).fidelity.find(({ feature }) => feature === 'cache')?.level).toBe('exact')
  })

  test('the proxy leaves out what it cannot do, keys included', () => {
    expect(levels(nodeProxy)).toMatchObject({ cache: 'exact', apiKey: 'impossible', transform: 'impossible' })
    const [file] = nodeProxy.compile(policy, site).files
    expect(JSON.parse(file!.text)).toMatchObject({ gates: [], apiKeys: [], rateLimits: [], transforms: [] })
    expect(JSON.parse(file!.text).locations).toEqual([{ path: '/products', origin: 'catalogue', cache: 0 }])
  })

  test('direct is nobody', () => {
    expect(new Set(Object.values(levels(direct)))).toEqual(new Set(['impossible']))
    expect(direct.reach).toEqual({ kind: 'origin' })
    expect(direct.compile(policy, site).files).toEqual([])
  })
})
