/** What a record says of a configuration that somebody wrote, before and after keys are taken out of the policy. */
import { expect, test } from 'vitest'
import { exampleSite } from '../../../src/experiment/systems-under-test.ts'
import { withoutSecrets } from '../../../src/policy/credentials.ts'
import { systems } from '../../../src/systems/index.ts'
import { withReadersFiles } from '../../../src/systems/own-configuration/readers-files.ts'
import { scenarioIn } from '../../conformance/policies.ts'

const scenario = scenarioIn('scenarios/rate-limit.yaml')
const { policy } = scenario
const site = exampleSite(scenario)
const replace = withReadersFiles([{ path: 'nginx.conf', text: '{{listen}} {{key polite}}' }])

test('keys are those of the policy: placeholders where it is to be shown', () => {
  const textOf = (given: typeof policy) => replace(systems.nginx.compile(given, site), site, given).files[0]!.text
  expect(textOf(policy)).toBe(`0.0.0.0:8080 polite-"{};$x'\\key`)
  expect(textOf(withoutSecrets(policy))).toBe('0.0.0.0:8080 KEY-OF-polite')
})

test('how exactly it carries out the policy is unknown, but for what the system cannot do at all', () => {
  const levels = (id: 'nginx' | 'node-proxy') =>
    replace(systems[id].compile(policy, site), site, policy).fidelity.map(({ path, level }) => `${path} ${level}`)
  expect(levels('nginx')).toEqual(['routes.0 unknown', 'apiKey.0 unknown', 'rateLimit.0 unknown'])
  expect(levels('node-proxy')).toEqual(['routes.0 unknown', 'apiKey.0 impossible', 'rateLimit.0 impossible'])
})
