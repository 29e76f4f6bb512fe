import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { labNewCommand } from '../../../src/commands/lab/lab-new.ts'
import { EdgeLabError } from '../../../src/errors.ts'
import { loadLab } from '../../../src/labs/file/load/load.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-new-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

/** What the command says. */
async function labNew(id: string, parent: string): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await labNewCommand(() => undefined).parseAsync([id, '--in', parent], { from: 'user' })
  return write.mock.calls.map(([text]) => String(text)).join('')
}

async function errorOf(refused: Promise<unknown>): Promise<string> {
  const error = await refused.catch((thrown: unknown) => thrown)
  if (!(error instanceof EdgeLabError)) throw new Error('no error of the table', { cause: error })
  return error.name
}

test('a lab of the longest name loads, and the command that is named finds it', async () => {
  const id = 'a'.repeat(40)
  const said = await labNew(id, folder)
  const named = /edgelab lab check (\S+) /.exec(said)![1]!
  expect(named).toBe(join(folder, `01-${id}`))
  expect((await loadLab(named)).id).toBe(id)
})

test('a name that no lab can have writes nothing', async () => {
  for (const id of ['a'.repeat(41), 'Upper', '1st', '../out']) {
    expect(await errorOf(labNew(id, folder))).toBe('usage')
  }
  expect(await readdir(folder)).toEqual([])
})

test('a name that is taken, and a folder that cannot be written, are said', async () => {
  await labNew('shop', folder)
  expect(await errorOf(labNew('shop', folder))).toBe('folderTaken')
  await writeFile(join(folder, 'file'), '')
  expect(await errorOf(labNew('other', join(folder, 'file')))).toBe('folderUnwritable')
})
