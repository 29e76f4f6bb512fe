import { expect, test } from 'vitest'
import { exampleSite } from '../../src/experiment/systems-under-test.ts'
import { redact } from '../../src/measurement/redact.ts'
import {
  carriersOf,
  consumersOf,
  credentialFeatures,
  credentialHeaders,
  secretsOf,
  withoutSecrets,
} from '../../src/policy/credentials.ts'
import { policyInput } from '../../src/policy/input.ts'
import { policyLines } from '../../src/policy/lines.ts'
import { policyProblems, toPolicy } from '../../src/policy/parse.ts'
import { systemIds, systems } from '../../src/systems/index.ts'
import { policyFiles, scenarioIn } from '../conformance/policies.ts'

const scenarios = policyFiles.map(scenarioIn)

test('every feature with credentials is used here, and its secrets are known', () => {
  expect(credentialFeatures).not.toEqual([])
  for (const feature of credentialFeatures) {
    const used = scenarios.filter(({ policy }) => policy[feature].length > 0)
    expect(used, feature).not.toEqual([])
    for (const { policy } of used) expect(secretsOf(policy).length).toBeGreaterThan(0)
  }
})

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  'no secret of %s is in what is shown of it: the policy, its lines, the native files of every system',
  (_, scenario) => {
    const shown = withoutSecrets(scenario.policy)
    const native = systemIds.map((id) => systems[id].compile(shown, exampleSite(scenario)))
    const text = JSON.stringify([shown, policyLines(scenario.policy), native])
    for (const secret of secretsOf(scenario.policy))
      expect(text).not.toContain(JSON.stringify(secret.text).slice(1, -1))
    expect(withoutSecrets(shown)).toEqual(shown)
  },
)

test('wherever a secret was captured, redaction finds it; other text stays', () => {
  for (const { policy } of scenarios) {
    const captured = secretsOf(policy).map(({ text }, n) => ({
      [`${text}-${n}`]: [`got ${text}.`, JSON.stringify(text)],
    }))
    const clean = JSON.stringify(redact([captured, 'untouched'], secretsOf(policy)))
    expect(clean).toContain('untouched')
    for (const { text } of secretsOf(policy)) expect(clean).not.toContain(JSON.stringify(text).slice(1, -1))
  }
})

test('whom callers can be, what they send, and which headers carry it', () => {
  const lines = [
    { path: '/a', consumers: ['alice', { name: 'bob', key: 'of-bob' }] },
    { path: '/b', header: 'authorization', consumers: ['carol'] },
  ]
  const input = policyInput.parse({ routes: [{ path: '/', origin: 'shop' }], apiKey: lines })
  const policy = toPolicy(input, (who) => `made-for-${who}`)
  expect(consumersOf(input)).toEqual(['alice', 'bob', 'carol'])
  expect(carriersOf(input)).toEqual(['x-api-key', 'authorization'])
  expect(credentialHeaders(policy, { consumer: 'alice' })).toEqual([['x-api-key', 'made-for-alice']])
  expect(credentialHeaders(policy, { consumer: 'carol' })).toEqual([['authorization', 'made-for-carol']])
  expect(credentialHeaders(policy, { key: 'nobody-has-it' })).toEqual([['x-api-key', 'nobody-has-it']])
  expect(credentialHeaders(policy, { consumer: 'stranger' })).toEqual([])
  expect(credentialHeaders(policy, {})).toEqual([])
  expect(credentialHeaders(withoutSecrets(policy), { consumer: 'bob' })).toEqual([['x-api-key', 'KEY-OF-bob']])
})

test('a consumer of several lines has one key in all of them, and sends it in each of their headers once', () => {
  const lines = [
    { path: '/a', consumers: ['app'] },
    { path: '/b', consumers: ['app', 'web'] },
    { path: '/c', header: 'authorization', consumers: ['app'] },
  ]
  const input = policyInput.parse({ routes: [{ path: '/', origin: 'shop' }], apiKey: lines })
  let made = 0
  const policy = toPolicy(input, (who) => `${who}-${++made}`)
  expect(policy.apiKey.flatMap(({ consumers }) => consumers.map(({ key }) => key))).toEqual([
    'app-1',
    'app-1',
    'web-2',
    'app-1',
  ])
  expect(credentialHeaders(policy, { consumer: 'app' })).toEqual([
    ['x-api-key', 'app-1'],
    ['authorization', 'app-1'],
  ])
  expect(policyProblems(input, new Map([['shop', 1]]))).toEqual([])
})

test('two keys for one consumer are a mistake at the second', () => {
  const lines = [
    { path: '/a', consumers: ['app'] },
    { path: '/b', consumers: ['web', { name: 'app', key: 'written-down' }] },
  ]
  const input = policyInput.parse({ routes: [{ path: '/', origin: 'shop' }], apiKey: lines })
  expect(policyProblems(input, new Map([['shop', 1]]))).toEqual([
    { path: ['apiKey', 1, 'consumers', 1], message: expect.stringContaining('one key') },
  ])
})
