/** What can be judged without running nginx: rates, refusals, and what is said of a policy's lines. */
import { expect, test } from 'vitest'
import type { Policy } from '../../../src/policy/policy.ts'
import { nginx } from '../../../src/systems/nginx/index.ts'
import { nativeRate } from '../../../src/systems/nginx-core/cells/limit-req.ts'
import { nginxLua } from '../../../src/systems/nginx-lua/index.ts'
import type { Site } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { referencePolicy } from '../reference-policy.ts'
import { nginxSystems } from './with-each.ts'

const site: Site = {
  listen: { host: '::1', port: 80 },
  origins: { a: [{ host: 'fd00::1', port: 1 }], catalogue: [], orders: [] },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}
const policy: Policy = { ...emptyPolicy, routes: [{ path: '/', origin: 'a' }] }

test.each([
  [10, '10r/s', 10],
  [0.5, '30r/m', 0.5],
  [1, '1r/s', 1],
  [2.5, '150r/m', 2.5],
  [1 / 60, '1r/m', 0.016],
  [10.01, '601r/m', 10.016],
  [0.001, '1r/m', 0.016],
])('%d a second is rate=%s, which nginx counts as %d', (wanted, text, perSecond) => {
  expect(nativeRate(wanted)).toEqual({ text, perSecond })
})

test('a rate that nginx cannot count is called approximated, with what it becomes', () => {
  const limit = { path: '/', burst: 2, per: 'address' } as const
  const said = (ratePerSecond: number) =>
    nginx.compile({ ...policy, rateLimit: [{ ...limit, ratePerSecond }] }, site).fidelity.at(-1)
  expect(said(10)).toMatchObject({ level: 'exact' })
  expect(said(1 / 60)).toMatchObject({ level: 'approximated', how: expect.stringContaining('0.016') })
})

test('plain nginx leaves the transform out and says why; with Lua it is exact', () => {
  const native = nginx.compile(referencePolicy, site)
  expect(native.fidelity.find(({ feature }) => feature === 'transform')).toMatchObject({ level: 'impossible' })
  expect(native.files.every(({ language, text }) => language === 'nginx' && !text.includes('lua'))).toBe(true)
  const lua = nginxLua.compile(referencePolicy, site)
  expect(lua.fidelity.find(({ feature }) => feature === 'transform')).toMatchObject({ level: 'exact' })
})

test('a policy without features that need it is compiled without Lua modules', () => {
  expect(nginxLua.compile(policy, site).files.map(({ path }) => path)).toEqual(['nginx.conf'])
})

test('IPv6 addresses stand in brackets', () => {
  const text = nginx.compile(policy, site).files[0]!.text
  expect(text).toContain('listen [::1]:80;')
  expect(text).toContain('server [fd00::1]:1 max_fails=0;')
})

const keyed = (name: string, header = 'x-api-key'): Policy => ({
  ...policy,
  apiKey: [{ path: '/', header, consumers: [{ name, key: 'k' }] }],
})

test.each(nginxSystems)('$id refuses what would become more than a value', ({ compile }) => {
  expect(() => compile(keyed('alice\r\nX-Evil: 1'), site)).toThrow(TypeError)
  expect(() => compile(keyed('alice', 'x_key; evil'), site)).toThrow(TypeError)
  expect(() => compile({ ...policy, routes: [{ path: '/a\0b', origin: 'a' }] }, site)).toThrow(TypeError)
})

test('the same policy gives the same text, and no secret stands in what is said of it', () => {
  for (const { compile } of nginxSystems) {
    expect(compile(referencePolicy, site)).toEqual(compile(referencePolicy, site))
    expect(JSON.stringify(compile(referencePolicy, site).fidelity)).not.toContain('key-alice')
  }
})

test('a name with a dollar sign is refused by plain nginx, which would take it for a variable', () => {
  expect(() => nginx.compile(keyed('$host'), site)).toThrow(TypeError)
})

test('a cache without a ttl has no lifetime of its own', () => {
  const cache = { path: '/', ttlMs: 0, key: ['path'], coalesce: false, staleOnErrorMs: 0 } as const
  const { files, fidelity } = nginx.compile({ ...policy, cache: [cache] }, site)
  expect(files[0]!.text).toContain('proxy_cache edge_cache;')
  expect(files[0]!.text).not.toContain('proxy_cache_valid')
  expect(fidelity.at(-1)).toMatchObject({ how: expect.stringContaining('as the origin says') })
})
