import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import { possibleCasts } from '../../../src/labs/gate/casts.ts'
import { passGate } from '../../../src/labs/gate/gate.ts'
import { cleanFolders } from '../../../src/runtime/cleanup/manifest.ts'
import { pidsWhere } from '../../runtime/aftermath.ts'

/** Where tsx keeps what it has compiled: with a folder of its own each child would compile everything again. */
const outer = process.env['TMPDIR']
let temporary = ''

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'aftermath-test-'))
  vi.stubEnv('TMPDIR', temporary)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(temporary, { recursive: true, force: true })
})

/** Of the gate, and of the runs in it. */
async function folders(): Promise<readonly string[]> {
  return (await readdir(temporary)).filter((name) => name.startsWith('edgelab-'))
}

const guardians = (): readonly number[] =>
  pidsWhere('cmdline', (words) => words[1]?.endsWith('guardian.js') === true).filter((pid) =>
    pidsWhere('environ', (variables) => variables.includes(`TMPDIR=${temporary}`)).includes(pid),
  )

async function gateUnderWay(): Promise<ChildProcess> {
  const args = ['--import', 'tsx', 'test/labs/gate/gate-to-kill.ts', temporary]
  const env = { ...process.env, TMPDIR: outer }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
  await once(child.stdout!, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe.skipIf(process.platform !== 'linux')('a gate that is left', () => {
  test('killed: its guardians remove all of its folders', async () => {
    const child = await gateUnderWay()
    expect((await folders()).some((name) => name.startsWith('edgelab-gate-'))).toBe(true)
    await kill(child)
    await expect.poll(folders, { timeout: 15_000 }).toEqual([])
    await expect.poll(guardians, { timeout: 15_000 }).toEqual([])
  })

  test('killed with its guardians: clean removes its folders, but those of a live one never', async () => {
    const child = await gateUnderWay()
    await cleanFolders()
    expect((await folders()).some((name) => name.startsWith('edgelab-gate-'))).toBe(true)
    // Stopped, it starts no other one.
    child.kill('SIGSTOP')
    for (const pid of guardians()) process.kill(pid, 'SIGKILL')
    await kill(child)
    // One may have been stopped between making a folder and saying whose it is: that one goes when it is old enough.
    for (const name of await folders()) await utimes(join(temporary, name), 0, 0)
    expect((await cleanFolders()).folders).toBeGreaterThan(0)
    expect(await folders()).toEqual([])
  })

  test('what somebody keeps beside them under such a name is not removed: a run record, files of their own', async () => {
    for (const [name, file, text] of [
      ['edgelab-results', 'run.json', '{"formatVersion":1,"host":{"os":"Linux"},"scenarios":[]}'],
      ['edgelab-notes', 'notes.txt', 'mine'],
    ] as const) {
      await mkdir(join(temporary, name))
      await writeFile(join(temporary, name, file), text)
      await utimes(join(temporary, name), 0, 0)
    }
    await mkdir(join(temporary, 'edgelab-just-made'))
    expect(await cleanFolders()).toEqual({ processes: 0, folders: 0 })
    expect([...(await folders())].sort()).toEqual(['edgelab-just-made', 'edgelab-notes', 'edgelab-results'])
    await utimes(join(temporary, 'edgelab-just-made'), 0, 0)
    expect(await cleanFolders()).toEqual({ processes: 0, folders: 1 })
  })

  test('interrupted: it rejects when nothing of it is left', async () => {
    const lab = await loadLab('test/labs/fixture-lab/07-fixture')
    const interrupt = new AbortController()
    const rehearsals = (await possibleCasts(lab, 'processes', () => undefined)).map((cast) => ({ lab, cast }))
    // By then there is something to stop.
    const note = (_: unknown, line: string): void => void (line.startsWith('Starting') && interrupt.abort())
    const passing = passGate(rehearsals, { ended: () => undefined, note, signal: interrupt.signal })
    await expect(passing).rejects.toMatchObject({ name: 'interrupted' })
    expect(await folders()).toEqual([])
    await expect.poll(guardians).toEqual([])
  })
})
