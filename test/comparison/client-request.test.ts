import { expect, test } from 'vitest'
import { clientRequest } from '../../src/comparison/client-request.ts'
import { plainPolicy, scenarioOf } from './record-parts.ts'

const scenario = scenarioOf({
  policy: {
    ...plainPolicy,
    apiKey: [{ path: '/products', header: 'x-api-key', consumers: [{ name: 'polite', key: 'a secret' }] }],
  },
  clients: {
    polite: { accept: 'application/xml', consumer: 'polite' },
    stranger: { key: 'a-key-that-nobody-has' },
    web: {},
  },
})

test('a consumer’s key is a placeholder', () => {
  expect(clientRequest(scenario, 'polite', '/products/9')).toEqual({
    method: 'GET',
    path: '/products/9',
    headers: [
      ['accept', 'application/xml'],
      ['x-api-key', 'KEY-OF-polite'],
    ],
  })
})

test('a key that nobody has is no secret; who sends none sends none', () => {
  expect(clientRequest(scenario, 'stranger', '/').headers).toEqual([['x-api-key', 'a-key-that-nobody-has']])
  expect(clientRequest(scenario, 'web', '/').headers).toEqual([])
})
