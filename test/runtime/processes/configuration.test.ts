import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { commandOf } from '../../../src/runtime/processes/binaries.ts'
import { checkConfiguration } from '../../../src/runtime/processes/configuration.ts'
import { launches, type SystemId, systems } from '../../../src/systems/index.ts'
import { launchOf, type System } from '../../../src/systems/system.ts'
import { policyFiles, scenarioIn } from '../../conformance/policies.ts'

const checking = launches().filter(({ launch }) => launch.validate)
const left = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('edgelab-check-'))

describe.each(checking.map(({ id }) => id))('%s', (id: SystemId) => {
  const system: System = systems[id]
  const launch = launchOf(system)!

  test('the product accepts what every policy becomes, hostile keys included', async ({ skip }) => {
    if (!commandOf(launch)) return skip(`${id} is not on this machine`)
    for (const file of policyFiles) {
      const { origins, policy } = scenarioIn(file)
      const addresses = Object.entries(origins).map(([name, { instances }]) => {
        return [name, Array.from({ length: instances }, (_, at) => ({ host: '127.0.0.1', port: 9001 + at }))] as const
      })
      const asked = await checkConfiguration(launch, Object.fromEntries(addresses), (site) => {
        return system.compile(policy, site).files
      })
      expect(asked).not.toBeNull()
    }
    expect(left()).toEqual([])
  }, 60_000)
})

test('a configuration that the product refuses is told with its words, and leaves nothing behind', async ({ skip }) => {
  const launch = launchOf(systems.nginx)!
  if (!commandOf(launch)) return skip('nginx is not on this machine')
  const broken = checkConfiguration(launch, {}, () => [
    { path: 'nginx.conf', language: 'nginx', text: 'events {}\nhttp { serve {} }\n' },
  ])
  await expect(broken).rejects.toMatchObject({
    name: 'startFailed',
    logTail: expect.stringContaining('unknown directive "serve"'),
  })
  expect(left()).toEqual([])
})
