import { describe, expect, test } from 'vitest'
import { get } from '../../src/http/request.ts'
import { expectedStatuses, expecting, unexpectedIn } from '../../src/measurement/expected-answers.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { type SystemId, systems } from '../../src/systems/index.ts'
import { scenarioOf, steadyPhase } from '../comparison/record-parts.ts'

const scenario = scenarioOf({
  origins: {
    catalogue: { instances: 1, routes: [{ path: '/products/{id}', body: 'product' }] },
    accounts: { instances: 1, routes: [{ path: '/account', body: 'account' }] },
  },
})
const withAccounts: Scenario = {
  ...scenario,
  policy: { ...scenario.policy, routes: [...scenario.policy.routes, { path: '/account', origin: 'accounts' }] },
}

function statuses(system: SystemId, path: string, ...expected: readonly number[]): readonly number[] | undefined {
  const entry = { ...get(path), client: 'web', weight: 1, skew: 'uniform' as const, expect: expected }
  return expectedStatuses(withAccounts, systems[system].support, entry)
}

describe('what a line expects of each system', () => {
  test('who carries out the policy is held to what the line says', () => {
    expect(statuses('nginx', '/products/{1..9}', 401)).toEqual([401])
    expect(statuses('node-gateway', '/products/{1..9}?full', 200, 429)).toEqual([200, 429])
  })

  test('who cannot refuse answers what the origin does, and nothing else', () => {
    expect(statuses('direct', '/products/7', 401)).toEqual([200])
    expect(statuses('node-proxy', '/products/7', 401)).toEqual([200])
    expect(statuses('node-proxy', '/products/7', 200, 429)).toEqual([200])
    expect(statuses('node-proxy', '/products/none/of/this', 401)).toEqual([404])
  })

  test('what the origin fails with is expected of everybody', () => {
    for (const system of ['direct', 'nginx', 'node-proxy'] as const) {
      expect(statuses(system, '/products/7', 200, 503)).toEqual([200, 503])
    }
  })

  test('direct asks the first origin, and is not held to what others have', () => {
    expect(statuses('nginx', '/account', 200)).toEqual([200])
    expect(statuses('direct', '/account', 200)).toEqual([404])
  })

  test('a path that only the policy does not know is a 404 through it and a 200 without', () => {
    const entry = { ...get('/products/7'), client: 'web', weight: 1, skew: 'uniform' as const, expect: [404] }
    const unrouted = { ...scenario, policy: { ...scenario.policy, routes: [{ path: '/other', origin: 'catalogue' }] } }
    expect(expectedStatuses(unrouted, systems.nginx.support, entry)).toEqual([404])
    expect(expectedStatuses(unrouted, systems.direct.support, entry)).toEqual([200])
  })
})

describe('answers held against it', () => {
  const answers = [
    { phase: 'steady', mixIndex: 0, status: 200, count: 5 },
    { phase: 'steady', mixIndex: 0, status: 404, count: 3 },
    { phase: 'steady', mixIndex: 0, status: 502, count: 1 },
  ]
  const unexpected = (expect?: readonly number[]) => {
    const mix = steadyPhase.mix.map((entry) => ({ ...entry, ...(expect ? { expect } : {}) }))
    const traffic = [{ ...steadyPhase, mix }]
    return [...unexpectedIn(answers, expecting({ ...scenario, traffic }, systems.nginx.support))]
  }

  test('those that were not meant are counted by status', () => {
    expect(unexpected([200])).toEqual([
      [404, 3],
      [502, 1],
    ])
    expect(unexpected([404])).toEqual([
      [200, 5],
      [502, 1],
    ])
  })

  test('in a record whose lines do not say, a status below 500 will do', () => {
    expect(unexpected()).toEqual([[502, 1]])
  })
})
