import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redactKeys } from '../../src/measurement/redact.ts'
import { ensureWritable, listRuns, loadRecord } from '../../src/measurement/store.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('reading', () => {
  test('a missing, a cut, a foreign and a future record are told apart', async () => {
    await expect(loadRecord(join(folder, 'none'))).rejects.toMatchObject({ name: 'unknownRun', exitCode: 2 })
    const path = join(folder, 'run.json')
    await writeFile(path, '{"formatVersion":1,"id":"x')
    await expect(loadRecord(folder)).rejects.toMatchObject({ name: 'unreadableRecord' })
    await writeFile(path, '{"formatVersion":1}')
    await expect(loadRecord(path)).rejects.toThrow('id')
    await writeFile(path, '{"formatVersion":99}')
    await expect(loadRecord(path)).rejects.toThrow('reads up to 1')
  })

  test('damaged runs are listed with what is wrong, not hidden and not fatal', async () => {
    const [entry] = await listRuns(join(folder, '..')).then((all) => all.filter((each) => each.folder === folder))
    expect(entry?.record).toBeNull()
    expect(entry?.problem).toContain('format version')
  })
})

describe('writing', () => {
  test('a folder that cannot be is said before anything starts, and leaves nothing', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(ensureWritable(join(file, 'sub'))).rejects.toMatchObject({ name: 'reportsUnwritable', exitCode: 3 })
    await ensureWritable(join(folder, 'deep', 'er'))
    expect(await readdir(join(folder, 'deep', 'er'))).toEqual([])
  })

  test.skipIf(process.platform !== 'linux')('a full disk is said as such', async () => {
    // /dev/full takes no byte; a folder below it cannot be, so the table's words for its error are what is seen.
    await expect(ensureWritable('/dev/full/reports')).rejects.toMatchObject({ name: 'reportsUnwritable' })
  })
})

test('keys are replaced wherever they were captured, longest first, in every spelling', () => {
  const consumers = [
    { name: 'alice', key: 'Secret-1' },
    { name: 'bob', key: 'Secret-12"x' },
  ]
  const record = { a: ['x Secret-12"x y', { h: 'sECRET-1' }], 'Secret-1': JSON.stringify({ k: 'Secret-12"x' }) }
  const text = JSON.stringify(redactKeys(record, consumers))
  expect(text).not.toMatch(/secret/i)
  expect(text).toContain('‹key of bob›')
})
