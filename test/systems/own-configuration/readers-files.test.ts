/** What a record says of a configuration that somebody wrote, before and after keys are taken out of the policy. */
import { expect, test } from 'vitest'
import { withoutSecrets } from '../../../src/policy/credentials.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { systems } from '../../../src/systems/index.ts'
import { withReadersFiles } from '../../../src/systems/own-configuration/readers-files.ts'

const { policy } = loadScenario(
  `formatVersion: 1
id: shop
title: A shop
question: Who?
policy:
  routes: [{ path: /, origin: shop }]
  apiKey: [{ path: /, consumers: [{ name: alice, key: alices-key }] }]
  rateLimit: [{ path: /, limit: 5/s, burst: 2, per: consumer }]
origins: { shop: { routes: [{ path: /x, body: product }] } }
clients: { web: {} }
traffic: [{ phase: a, for: 1s, rate: 1/s, mix: [{ get: /x, client: web }] }]
rounds: { quick: 1, full: 1 }
`,
  'shop.yaml',
  { systems: [], findings: [], makeKey: (name) => name },
)
const site = {
  listen: { host: '127.0.0.1', port: 81 },
  origins: { shop: [{ host: 'a', port: 1 }] },
  configDir: '/c',
  scratchDir: '/s',
}
const replace = withReadersFiles([{ path: 'nginx.conf', text: '{{listen}} {{key alice}}' }])

test('keys are those of the policy: placeholders where it is to be shown', () => {
  const textOf = (given: typeof policy) => replace(systems.nginx.compile(given, site), site, given).files[0]!.text
  expect(textOf(policy)).toBe('127.0.0.1:81 alices-key')
  expect(textOf(withoutSecrets(policy))).toBe('127.0.0.1:81 KEY-OF-alice')
})

test('how exactly it carries out the policy is unknown, but for what the system cannot do at all', () => {
  const levels = (id: 'nginx' | 'node-proxy') =>
    replace(systems[id].compile(policy, site), site, policy).fidelity.map(({ path, level }) => `${path} ${level}`)
  expect(levels('nginx')).toEqual(['routes.0 unknown', 'apiKey.0 unknown', 'rateLimit.0 unknown'])
  expect(levels('node-proxy')).toEqual(['routes.0 unknown', 'apiKey.0 impossible', 'rateLimit.0 impossible'])
})
