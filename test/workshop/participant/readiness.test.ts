import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Check } from '../../../src/runtime/doctor.ts'
import { missingCommand, readiness, readyInWords } from '../../../src/workshop/participant/readiness.ts'
import { sampleLab } from '../../labs/sample-lab.ts'
import { hostHere } from './host-here.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'readiness-'))
  vi.stubEnv('EDGELAB_HOME', home)
  vi.stubEnv('DOCKER_HOST', 'unix:///nonexistent.sock')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

const check = (name: string, state: Check['state'], remedy = ''): Check => ({ name, state, detail: name, remedy })
const named = (checks: readonly Check[], name: string): Check | undefined => checks.find((each) => each.name === name)

test('programs of our own are always there; what else a room needs is looked at', async () => {
  const checks = await readiness([sampleLab], null)
  expect(named(checks, 'Lab 9, Sample')).toEqual({
    name: 'Lab 9, Sample',
    state: 'ok',
    detail: 'processes: node-proxy, node-gateway',
    remedy: '',
  })
  expect(checks.map(({ name }) => name)).toEqual([
    'EdgeLab',
    'Lab 9, Sample',
    'Open files',
    'Memory',
    'Ports on loopback',
    'Disk',
  ])
})

test('a system that the room speaks of and that can be fetched is fetched first, by one command for all', async () => {
  // Nothing is on this PATH, and nothing was fetched into this home.
  vi.stubEnv('PATH', join(home, 'nothing'))
  const withRole = (name: string, systems: readonly ['nginx' | 'caddy', 'node-proxy']) => ({
    ...sampleLab,
    roles: [{ name, title: name, systems, native: {} }],
  })
  const labs = [withRole('proxy', ['nginx', 'node-proxy']), withRole('other', ['caddy', 'node-proxy'])]
  const checks = await readiness(labs, null)
  const [first, second] = checks.filter(({ name }) => name.startsWith('Lab'))
  expect(first).toMatchObject({ state: 'missing', remedy: 'edgelab get nginx' })
  expect(second).toMatchObject({ state: 'missing', remedy: 'edgelab get caddy' })
  expect(missingCommand(checks.filter(({ name }) => name.startsWith('Lab')))).toBe('edgelab get nginx caddy')
})

test('ready, or what is next', () => {
  expect(readyInWords([check('a', 'ok'), check('b', 'note', 'whatever')])).toBe('Ready for the workshop.')
  const lacking = [check('a', 'missing', 'free some space'), check('b', 'missing', 'edgelab get nginx')]
  expect(readyInWords(lacking)).toBe('Not ready: 2 things missing. Next: edgelab get nginx')
})

test('the host: who it is by its code, that somebody is there without one', async () => {
  const host = await hostHere()
  try {
    const hostCheck = async (code: string) =>
      named(await readiness([sampleLab], { address: host.address, code }), 'The host')
    expect(await hostCheck(host.code)).toMatchObject({
      state: 'ok',
      detail: `${host.address}: it is the host of the code`,
    })
    expect(await hostCheck('')).toMatchObject({ state: 'ok' })
    expect(await hostCheck('AAAA-AAAA-AAAA-AAAA')).toMatchObject({ state: 'missing' })
    expect((await hostCheck('AAAA-AAAA-AAAA-AAAA'))?.detail).toContain('another certificate')
    expect(await hostCheck('short')).toMatchObject({ state: 'missing', detail: '“short” is no code of a workshop' })
  } finally {
    await host.close()
  }
  const gone = named(await readiness([sampleLab], { address: host.address, code: '' }), 'The host')
  expect(gone).toMatchObject({ state: 'missing', detail: `${host.address}: nobody listens at this address` })
})
