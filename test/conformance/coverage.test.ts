/** The suite leaves nothing out: no system, no feature that one claims, no line of a policy. */
import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { probesOf } from '../../src/experiment/proof/probes-of.ts'
import { whyNotProved } from '../../src/experiment/proof/prove.ts'
import { policyFeatures } from '../../src/policy/features/index.ts'
import { policyLines } from '../../src/policy/lines.ts'
import { impossibleBecause } from '../../src/systems/fidelity.ts'
import { systemIds, systems } from '../../src/systems/index.ts'
import type { System } from '../../src/systems/system.ts'
import { policyFiles, scenarioIn } from './policies.ts'

const scenarios = policyFiles.map((file) => ({ file, scenario: scenarioIn(file) }))

test('every system of the registry has its file of tests, and no file is left of one that is gone', () => {
  const files = readdirSync('test/conformance/systems').sort()
  expect(files, 'a new system gets three lines like the others: test/conformance/systems/<system>.test.ts').toEqual(
    systemIds.map((id) => `${id}.test.ts`).sort(),
  )
})

test('the scenarios that come with EdgeLab are among the policies, and those that are meant to hurt', () => {
  expect(policyFiles.filter((file) => file.startsWith('scenarios/')).length).toBeGreaterThanOrEqual(4)
  expect(policyFiles).toContain('test/conformance/everything.yaml')
  expect(policyFiles.every((file) => existsSync(file))).toBe(true)
})

describe.each(systemIds)('%s', (id) => {
  const system: System = systems[id]
  const claimed = scenarios.flatMap(({ file, scenario: { policy } }) =>
    policyLines(policy)
      .filter((line) => impossibleBecause(policy, system, line) === undefined)
      .map((line) => ({ file, ...line })),
  )

  test('a probe tries every line that it claims', () => {
    const tried = scenarios.flatMap(({ file, scenario }) =>
      probesOf(scenario)
        .filter((probe) => whyNotProved(system, scenario.policy, probe) === undefined)
        .map(({ line }) => `${file} ${line}`),
    )
    const untried = claimed
      .filter(({ file, path }) => !tried.includes(`${file} ${path}`))
      .map(({ file, path, line }) => `${id} claims ${path} of ${file} (${line}), and no probe tries it.`)
    expect(untried, untried.join('\n')).toEqual([])
  })

  test('some policy uses every feature that it claims', () => {
    const unused = policyFeatures
      .filter((feature) => system.support[feature].level !== 'none')
      .filter((feature) => !claimed.some((line) => line.feature === feature))
      .map((feature) => `${id} claims ${feature}, and no policy of the suite uses it.`)
    expect(unused, unused.join('\n')).toEqual([])
  })
})
