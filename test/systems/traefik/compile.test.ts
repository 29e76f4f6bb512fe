/** What can be judged without running Traefik. */
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Policy } from '../../../src/policy/policy.ts'
import type { Site } from '../../../src/systems/system.ts'
import { traefik } from '../../../src/systems/traefik/index.ts'
import { nativeRate } from '../../../src/systems/traefik/rate-limit.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { expectGolden } from '../golden.ts'

const site: Site = {
  listen: { host: '::1', port: 80 },
  origins: { a: [{ host: 'fd00::1', port: 1 }] },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}
const policy: Policy = { ...emptyPolicy, routes: [{ path: '/', origin: 'a' }] }
const compiled = (more: Partial<Policy> = {}) => {
  const { files, fidelity } = traefik.compile({ ...policy, ...more }, site)
  return { fixed: parse(files[0]!.text), ...parse(files[1]!.text).http, text: files[1]!.text, fidelity }
}
const consumers = ['alice', 'bob'].map((name) => ({ name, key: `key-of-${name}` }))
const header = 'x-api-key'

test('golden', () => expectGolden(traefik))

test('IPv6 addresses stand in brackets', () => {
  const { fixed, services } = compiled()
  expect(fixed.entryPoints.edge.address).toBe('[::1]:80')
  expect(services.a.loadBalancer.servers).toEqual([{ url: 'http://[fd00::1]:1' }])
})

test.each([
  [10, 10, '1s'],
  [0.5, 30, '1m'],
  [2.5, 150, '1m'],
  [1 / 60, 1, '1m'],
  [0.01, 36, '1h'],
  [0.001, 360, '100h'],
])('%d a second is %d in %s', (perSecond, average, period) => {
  expect(nativeRate(perSecond)).toEqual({ average, period })
})

test('every router says its priority, by the length of its path and not of its rule', () => {
  const { routers } = compiled({
    routes: ['/', '/a', '/a/b', '/a"'].map((path) => ({ path, origin: 'a' })),
    apiKey: [{ path: '/a', header, consumers }],
  })
  const priorities = Object.fromEntries(
    Object.entries<{ priority: number }>(routers).map(([name, { priority }]) => [name, priority]),
  )
  expect(priorities).toEqual({
    ready: 130,
    'by-alice': 22,
    'by-bob': 22,
    strangers: 21,
    '1-a-b': 40,
    '2-a': 30,
    '3-a': 20,
    '4-path': 10,
  })
})

test('a limit of one path stands at its router; several paths count behind a common one', () => {
  const limit = { path: '/a', ratePerSecond: 1, burst: 2, per: 'consumer' } as const
  const one = compiled({ routes: [{ path: '/a', origin: 'a' }], rateLimit: [limit] })
  expect(one.routers).toMatchObject({ '1-a': { entryPoints: ['edge'], middlewares: ['limit'] } })
  expect(one.routers).not.toHaveProperty('limit')
  const several = compiled({ routes: ['/a', '/a/b'].map((path) => ({ path, origin: 'a' })), rateLimit: [limit] })
  expect(several.routers).toMatchObject({
    limit: { entryPoints: ['edge'], middlewares: ['limit'] },
    '1-a-b': { parentRefs: ['limit'] },
    '2-a': { parentRefs: ['limit'] },
  })
})

test('names that Traefik would read as something else stay apart', () => {
  const names = ['a@file', 'a_40file', 'a.2', 'é']
  const { routers, middlewares } = compiled({
    apiKey: [{ path: '/', header, consumers: names.map((name) => ({ name, key: name })) }],
  })
  expect(Object.keys(routers).filter((name) => name.startsWith('by-'))).toEqual([
    'by-a_40file',
    'by-a_5f40file',
    'by-a_2e2',
    'by-_c3_a9',
  ])
  expect(middlewares['as-a_40file'].headers.customRequestHeaders['x-consumer']).toBe('a@file')
})

test('no value can be a template', () => {
  const key = '{{ env "HOME" }}{{{'
  const { text, routers } = compiled({ apiKey: [{ path: '/', header, consumers: [{ name: 'alice', key }] }] })
  expect(text).not.toContain('{{')
  expect(routers['by-alice'].rule).toContain(JSON.stringify(key))
})

test('what would become more than a value is refused', () => {
  const keyed = (name: string, line = header): Partial<Policy> => ({
    apiKey: [{ path: '/', header: line, consumers: [{ name, key: 'k' }] }],
  })
  expect(() => compiled(keyed('alice\r\nX-Evil: 1'))).toThrow(TypeError)
  expect(() => compiled(keyed('alice', 'x-key`) || Path(`/'))).toThrow(TypeError)
  expect(() => compiled({ routes: [{ path: '/\ud800', origin: 'a' }] })).toThrow(TypeError)
})

test('no key stands in what is said of a policy', () => {
  const { fidelity } = compiled({ apiKey: [{ path: '/', header, consumers }] })
  expect(JSON.stringify(fidelity)).not.toContain('key-of-alice')
})
