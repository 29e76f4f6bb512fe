import { expect, test } from 'vitest'
import type { Role } from '../../../src/labs/file/lab.ts'
import { assignRoles, castLab } from '../../../src/labs/run/cast.ts'

const roles: readonly Role[] = [
  { name: 'early', title: 'the early one', systems: ['nginx'], native: {} },
  { name: 'late', title: 'the late one', systems: ['nginx', 'node-proxy'], native: {} },
  { name: 'gateway', title: 'the gateway', systems: ['nginx-lua', 'node-gateway'], native: {} },
]
const here = { available: true, by: 'test' } as const
const gone = { available: false, reason: 'nginx is not on PATH', remedy: 'apt-get install nginx-light' } as const

test('each role gets the first system that runs here; one that plays two has a label for each', () => {
  const available = { nginx: here, 'node-proxy': here, 'nginx-lua': gone, 'node-gateway': here }
  expect(assignRoles(roles, available).map(({ label, instead }) => [label, instead])).toEqual([
    ['nginx-early', ''],
    ['nginx-late', ''],
    ['node-gateway', 'nginx-lua cannot run here: nginx is not on PATH (apt-get install nginx-light).'],
  ])
})

test('a label says a role’s name once', () => {
  const ours = { nginx: gone, 'node-proxy': here, 'node-gateway': here }
  const all = roles.map((role) => ({ ...role, systems: ['node-gateway'] as const }))
  expect(assignRoles(all, ours).map(({ label }) => label)).toEqual([
    'node-gateway-early',
    'node-gateway-late',
    'node-gateway',
  ])
})

test('a role that is to differ gets the first system that does, by what systems declare; else the first, and says so', () => {
  const contrast: readonly Role[] = [
    { name: 'proxy', title: 'the proxy', systems: ['nginx', 'node-proxy'], native: {} },
    {
      name: 'gateway',
      title: 'the gateway',
      systems: ['nginx-lua', 'node-gateway'],
      native: {},
      differs: { from: 'proxy', in: 'coalescing' },
    },
  ]
  const all = { nginx: here, 'node-proxy': here, 'nginx-lua': here, 'node-gateway': here }
  const cast = (available: Parameters<typeof assignRoles>[1]): readonly unknown[] =>
    assignRoles(contrast, available).map(({ system, instead }) => [system, instead])
  expect(cast(all)).toEqual([
    ['nginx', ''],
    ['node-gateway', 'nginx-lua does not differ from nginx in how requests wait for an answer that is being fetched.'],
  ])
  expect(cast({ ...all, nginx: gone })[1]).toEqual(['nginx-lua', ''])
  expect(cast({ ...all, 'node-gateway': gone })[1]).toEqual([
    'nginx-lua',
    'nginx-lua does not differ from nginx in how requests wait for an answer that is being fetched: nothing that does can run here.',
  ])
})

test('a role that nobody can play says why', () => {
  const available = { nginx: gone, 'node-proxy': here, 'nginx-lua': gone, 'node-gateway': here }
  expect(() => assignRoles(roles, available)).toThrow('Nobody can play the early one. nginx cannot run here')
})

test('in processes, our own systems always play', async () => {
  const lab = { roles: [{ name: 'gateway', title: 'the gateway', systems: ['node-gateway'], native: {} }] } as const
  const cast = await castLab(lab, 'processes', () => undefined)
  expect(cast).toMatchObject({
    runtime: 'processes',
    reason: 'asked for',
    assignments: [{ system: 'node-gateway', instead: '' }],
  })
})
