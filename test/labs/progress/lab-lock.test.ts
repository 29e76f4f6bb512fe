import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import { labHome } from '../../../src/labs/progress/home.ts'
import { readProgress, setAside } from '../../../src/labs/progress/progress-store.ts'
import { openSession } from '../../../src/labs/session/open-session.ts'
import type { LabSession } from '../../../src/labs/session/session.ts'
import { type Identity, identityOf } from '../../../src/runtime/cleanup/identity.ts'

let home = ''

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lock-test-'))
  vi.stubEnv('EDGELAB_HOME', home)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

async function opened(): Promise<LabSession> {
  const lab = await loadLab('test/labs/fixture-lab/07-fixture')
  return openSession(lab, { runtime: 'processes', note: () => undefined, watch: false })
}

async function heldBy(holder: Identity | null): Promise<void> {
  const { lock } = labHome('fixture')
  await mkdir(dirname(lock), { recursive: true })
  await writeFile(lock, JSON.stringify(holder))
}

test('a lab that another EdgeLab has open is refused with its process; what is there can still be read', async () => {
  const session = await opened()
  await session.close()
  // Whoever runs these tests is another process, and alive.
  await heldBy(await identityOf(process.ppid))
  await expect(opened()).rejects.toMatchObject({
    name: 'labOpen',
    message: `Another EdgeLab on this machine (process ${process.ppid}) has the lab “fixture” open.`,
  })
  await expect(setAside('fixture', new Date())).rejects.toMatchObject({ name: 'labOpen' })
  expect((await readProgress('fixture')).progress?.at).toBe('start')
})

test.each([
  ['a process that is no more', async () => ({ pid: 99_999_999, startTime: 1 })],
  ['another process with its number', async () => ({ pid: process.ppid, startTime: 1 })],
  ['nobody that can be read', async () => null],
])('a lock of %s is taken over, and gone afterwards', async (_, holder) => {
  await heldBy(await holder())
  const session = await opened()
  await expect(opened()).rejects.toMatchObject({ name: 'labOpen' })
  await session.close()
  expect((await readdir(dirname(labHome('fixture').lock))).toSorted()).toEqual(['fixture'])
})

test('of several that find a stale lock at once, one opens the lab', async () => {
  await heldBy({ pid: 99_999_999, startTime: 1 })
  const all = await Promise.allSettled([opened(), opened(), opened(), opened()])
  const open = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  expect(open).toHaveLength(1)
  await open[0]!.close()
})

test('a lab that is left and opened at once is opened when the first session has ended', async () => {
  const first = await opened()
  const order: string[] = []
  const closed = first.close().then(() => order.push('closed'))
  const second = await opened()
  order.push('opened')
  await closed
  expect(order).toEqual(['closed', 'opened'])
  await second.close()
  await second.close()
})

test('a lab that could not be opened is not locked', async () => {
  const lab = await loadLab('test/labs/fixture-lab/07-fixture')
  const roles = lab.roles.map((role) => ({ ...role, systems: [] }))
  const options = { runtime: 'processes', note: () => undefined, watch: false } as const
  await expect(openSession({ ...lab, roles }, options)).rejects.toMatchObject({ name: 'nothingRuns' })
  const session = await opened()
  await session.close()
})
