import { expect, test } from 'vitest'
import { get } from '../../../src/http/request.ts'
import { asClient, clientHeaders, sentPhases } from '../../../src/scenario/requests/client-requests.ts'
import { plainPolicy, scenarioOf, steadyPhase } from '../../comparison/record-parts.ts'

const scenario = scenarioOf({
  policy: {
    ...plainPolicy,
    apiKey: [
      { path: '/products', header: 'x-api-key', consumers: [{ name: 'polite', key: 'a secret' }] },
      { path: '/orders', header: 'authorization', consumers: [{ name: 'buyer', key: 'another' }] },
    ],
  },
  clients: {
    polite: { headers: [['accept', 'application/xml']], consumer: 'polite' },
    buyer: { headers: [], consumer: 'buyer' },
    stranger: { headers: [], key: 'a-key-that-nobody-has' },
    web: { headers: [['x-tenant', 'a']] },
  },
})

test('a client sends its headers, and its key in the header of the line that has its consumer', () => {
  expect(clientHeaders(scenario, 'polite')).toEqual([
    ['accept', 'application/xml'],
    ['x-api-key', 'a secret'],
  ])
  expect(clientHeaders(scenario, 'buyer')).toEqual([['authorization', 'another']])
  expect(clientHeaders(scenario, 'stranger')).toEqual([['x-api-key', 'a-key-that-nobody-has']])
  expect(clientHeaders(scenario, 'web')).toEqual([['x-tenant', 'a']])
  expect(clientHeaders(scenario, 'nobody')).toBeUndefined()
  expect(clientHeaders(scenario, 'constructor')).toBeUndefined()
})

test('what a request says itself takes the place of what its client says', () => {
  const line = { ...get('/a', { Accept: 'text/html' }), body: 'x' }
  expect(asClient(line, clientHeaders(scenario, 'polite') ?? [])).toEqual({
    ...line,
    headers: [
      ['x-api-key', 'a secret'],
      ['Accept', 'text/html'],
    ],
  })
})

test('every line of the traffic is sent as its client sends it', () => {
  const mix = ['polite', 'web'].map((client) => ({ ...get('/a'), client, weight: 1, skew: 'uniform' as const }))
  const [phase] = sentPhases({ ...scenario, traffic: [{ ...steadyPhase, mix }] })
  expect(phase?.mix.map(({ headers }) => headers.map(([name]) => name))).toEqual([
    ['accept', 'x-api-key'],
    ['x-tenant'],
  ])
})
