import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { descriptorsAllowed, requireDescriptors } from '../../src/experiment/descriptors.ts'
import { scenarioOf } from '../comparison/record-parts.ts'

const burst = { ...scenarioOf({ id: 'burst', connections: 600 }), origins: { shop: { instances: 1, routes: [] } } }
const few = { ...burst, id: 'few', connections: 16 }
const reason = (work: () => void): string => {
  try {
    work()
    return 'enough'
  } catch (error) {
    return (error as Error).message
  }
}

test('the scenario and the process that need most are named', () => {
  expect(reason(() => requireDescriptors('processes', [few, burst], 1, 1231))).toMatch(
    /^One process may need 1232 open files.* 1231 are allowed: a system may have 600 connections from clients and as many to the origin in the scenario “burst”\./,
  )
  expect(reason(() => requireDescriptors('processes', [few, burst], 1, 1232))).toBe('enough')
  expect(reason(() => requireDescriptors('processes', [few, burst], 4, 1500))).toMatch(/from each of 4 systems/)
  expect(reason(() => requireDescriptors('processes', [], 5, 48))).toMatch(/EdgeLab itself/)
})

test('direct alone has no system between, and in containers the limits are the engine’s', () => {
  expect(reason(() => requireDescriptors('processes', [burst], 0, 632))).toBe('enough')
  expect(reason(() => requireDescriptors('containers', [burst], 4, 32))).toBe('enough')
})

test('this process knows its limit', () => {
  expect(descriptorsAllowed()).toBeGreaterThan(64)
})

test.skipIf(process.platform === 'win32').each([
  [256, 'burst', 'the scenario “burst”'],
  [32, 'base', 'the scenario “base”'],
])('under ulimit -n %i a run of %s says so before anything starts', async (limit, scenario, who) => {
  const folder = await mkdtemp(join(tmpdir(), 'descriptors-'))
  const out = join(folder, 'run')
  const what = `run test/scenario/cases/${scenario}.yaml --systems direct,node-proxy --runtime processes --out ${out}`
  try {
    const script = `ulimit -n ${limit} && exec "$0" src/edgelab.mjs ${what}`
    const failed: unknown = await promisify(execFile)('sh', ['-c', script, process.execPath]).catch((error) => error)
    expect(failed).toMatchObject({ code: 3, stdout: '' })
    const said = (failed as { stderr: string }).stderr.replace(/\s+/g, ' ')
    expect(said).toContain(`${limit} are allowed`)
    expect(said).toContain(who)
    expect(existsSync(out)).toBe(false)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
