import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CommandFolder, commandFolder, smallRun, smallScenario } from './command.ts'

let folder: CommandFolder
beforeEach(async () => {
  folder = await commandFolder()
})
afterEach(() => folder.remove())

/** The small scenario with expectations of its own, run. */
function runExpecting(expectations: string) {
  const file = join(folder.path, 'expecting.yaml')
  writeFileSync(file, `${readFileSync(smallScenario, 'utf8')}expect:\n${expectations}`)
  return folder.run(smallRun.map((arg) => (arg === smallScenario ? file : arg)))
}

test('an expectation that cannot hold: exit code 1, and the report names the system and the figure', async () => {
  const { code, stdout, stderr } = await runExpecting('  - { finding: latency, system: node-proxy, p50Ms: "< 0" }\n')
  expect({ code, stderr }).toMatchObject({ code: 1 })
  expect(stdout + stderr).toMatch(/0 of 1 expectation was met, 1 was broken/)
  expect(stdout + stderr).toMatch(/node-proxy.*p50Ms.*< 0.*broken/)
}, 60_000)

test('one that holds: exit code 0', async () => {
  const { code, stderr } = await runExpecting('  - { finding: latency, system: node-proxy, errors: 0 }\n')
  expect({ code, stderr }).toMatchObject({ code: 0 })
}, 60_000)

test('figures that no run can give: exit code 2 before anything starts, each with its line', async () => {
  const { code, stdout, stderr } = await runExpecting(
    [
      '  - { finding: caching, system: node-proxy, offload: ">= 50%" }',
      '  - { finding: latency, system: node-proxy, p50ms: "< 5" }',
      '  - { finding: latency, system: node-proxy, p99Ms: "< 5%" }\n',
    ].join('\n'),
  )
  expect(code).toBe(2)
  const said = (stdout + stderr).replaceAll(/\s+/g, ' ')
  expect(said).toContain('caching has nothing to say of this scenario: its policy has no line of cache')
  expect(said).toContain('latency has no figure “p50ms”; the nearest is p50Ms')
  expect(said).toContain('“< 5%” is a share, and p99Ms is counted in milliseconds')
  expect(said).toContain('19:')
}, 60_000)
