import { expect, test } from 'vitest'
import { get } from '../../../src/http/request.ts'
import { redact } from '../../../src/measurement/redact.ts'
import { scenarioSecrets } from '../../../src/scenario/requests/secrets.ts'
import { plainPolicy, scenarioOf, steadyPhase } from '../../comparison/record-parts.ts'

const line = { ...get('/a', { Cookie: 'session=0123456789' }), client: 'web', weight: 1, skew: 'uniform' as const }
const scenario = scenarioOf({
  policy: {
    ...plainPolicy,
    apiKey: [{ path: '/a', header: 'x-api-key', consumers: [{ name: 'ann', key: 'the key of ann' }] }],
  },
  clients: {
    ann: { headers: [], consumer: 'ann' },
    web: {
      headers: [
        ['authorization', 'Bearer 0123-4567'],
        ['proxy-authorization', 'Basic a'],
        ['x-tenant', 'of no interest'],
      ],
    },
  },
  traffic: [{ ...steadyPhase, mix: [line] }],
})

test('keys of the policy and credentials in headers are replaced wherever they stand', () => {
  const seen = ['the key of ann', 'Bearer 0123-4567', 'token=0123-4567', 'a: session=0123456789', 'of no interest']
  expect(redact(seen, scenarioSecrets(scenario))).toEqual([
    '‹key of ann›',
    '‹authorization of web›',
    'token=‹authorization of web›',
    'a: ‹Cookie of web›',
    'of no interest',
  ])
})

test('what is too short to be a secret stays, for it may stand anywhere', () => {
  expect(redact('a Basic scheme', scenarioSecrets(scenario))).toBe('a Basic scheme')
})
