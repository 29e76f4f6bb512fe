import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redact } from '../../../src/measurement/redact.ts'
import { listRuns } from '../../../src/measurement/store/run-list.ts'
import { deleteRun, ensureWritable, loadRecord, recordText, saveRecord } from '../../../src/measurement/store/store.ts'
import { secretsOf } from '../../../src/policy/credentials.ts'
import { sampleRecord } from '../../comparison/record-factory.ts'
import { plainPolicy } from '../../comparison/record-parts.ts'

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
    await expect(loadRecord(path)).rejects.toThrow('reads up to 5')
  })

  test('damaged runs are listed with what is wrong, not hidden and not fatal', async () => {
    const [entry] = await listRuns(join(folder, '..')).then((all) => all.filter((each) => each.folder === folder))
    expect(entry?.record).toBeNull()
    expect(entry?.problem).toContain('format version')
  })
})

test('runs are listed newest first; files beside them are no runs', async () => {
  const reports = join(folder, 'reports')
  await mkdir(reports)
  await writeFile(join(reports, '.gitkeep'), '')
  await mkdir(join(reports, 'empty'))
  await saveRecord(join(reports, 'a'), { ...sampleRecord(), startedAt: '2026-11-23T09:00:00.000Z' })
  await saveRecord(join(reports, 'b'), { ...sampleRecord(), startedAt: '2026-11-24T09:00:00.000Z' })
  const entries = await listRuns(reports)
  expect(entries.map((each) => [each.folder, each.problem])).toEqual([
    [join(reports, 'b'), ''],
    [join(reports, 'a'), ''],
  ])
  expect(await listRuns(join(reports, 'none'))).toEqual([])
})

test('what looks like a run and is none is listed with the reason, and hides no other', async () => {
  const reports = join(folder, 'neighbours')
  await saveRecord(join(reports, 'whole'), sampleRecord())
  const text = await readFile(join(reports, 'whole', 'run.json'), 'utf8')
  for (const name of ['marked', 'foreign', 'nested', 'lost', 'wide', 'dateless']) await mkdir(join(reports, name))
  await writeFile(join(reports, 'marked', 'run.json'), `\ufeff${text.replaceAll('\n', '\r\n')}`)
  await writeFile(join(reports, 'foreign', 'run.json'), '{"formatVersion":1,"id":7}')
  await writeFile(join(reports, 'wide', 'run.json'), Buffer.from(`\ufeff${text}`, 'utf16le'))
  await writeFile(join(reports, 'dateless', 'run.json'), JSON.stringify({ ...sampleRecord(), startedAt: 'today' }))
  await mkdir(join(reports, 'nested', 'run.json'))
  await symlink('gone', join(reports, 'lost', 'run.json'))
  await symlink('gone', join(reports, 'link'))
  const entries = await listRuns(reports)
  expect(
    Object.fromEntries(entries.map((each) => [basename(each.folder), each.problem.replace(/^\S+: /, '')])),
  ).toEqual({
    whole: '',
    marked: '',
    dateless: 'startedAt: should be a date',
    foreign: 'id: should be a text, not 7',
    lost: 'it is a link to what is not there',
    link: 'it is a link to what is not there',
    nested: 'it is a folder',
    wide: 'it is UTF-16, little-endian, and only UTF-8 is read: save it as UTF-8',
  })
  expect(await loadRecord(join(reports, 'marked'))).toEqual(await loadRecord(join(reports, 'whole')))
  expect(await listRuns(join(reports, 'marked', 'run.json'))).toMatchObject([
    { record: null, problem: 'the folder of the runs cannot be read: a part of the path is not a folder' },
  ])
})

test('a run that is damaged inside is listed by what it says of itself, and refused where it is opened', async () => {
  const reports = join(folder, 'damaged-inside')
  const sample = sampleRecord()
  const scenarios = sample.scenarios.map((each) => ({ ...each, rounds: [{ index: 0 }] }))
  await mkdir(join(reports, 'run'), { recursive: true })
  await writeFile(join(reports, 'run', 'run.json'), JSON.stringify({ ...sample, scenarios }))
  const [entry] = await listRuns(reports)
  expect(entry?.record?.scenarios.map(({ scenario }) => scenario.id)).toEqual(
    sample.scenarios.map(({ scenario }) => scenario.id),
  )
  await expect(loadRecord(entry!.folder)).rejects.toMatchObject({ name: 'unreadableRecord' })
})

test('deleting takes a run with all that lies beside its record, and nothing that is no run', async () => {
  const reports = join(folder, 'to-delete')
  await saveRecord(join(reports, 'gone'), sampleRecord())
  await writeFile(join(reports, 'gone', 'report.html'), '')
  await mkdir(join(reports, 'notes'))
  await deleteRun(join(reports, 'gone'))
  await expect(deleteRun(join(reports, 'notes'))).rejects.toMatchObject({ name: 'unknownRun' })
  expect(await readdir(reports)).toEqual(['notes'])
})

describe('writing', () => {
  test('a folder that cannot be is said before anything starts, and leaves nothing', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(ensureWritable(join(file, 'sub'))).rejects.toMatchObject({ name: 'reportsUnwritable', exitCode: 3 })
    await ensureWritable(join(folder, 'deep', 'er'))
    expect(await readdir(join(folder, 'deep', 'er'))).toEqual([])
  })

  test('what was read and is written again has the same bytes, a line for each subject and round', async () => {
    const home = join(folder, 'saved')
    const path = await saveRecord(home, sampleRecord())
    const text = await readFile(path, 'utf8')
    const read = await loadRecord(home)
    expect(read).toEqual(JSON.parse(JSON.stringify(sampleRecord())))
    expect(recordText(read)).toBe(text)
    expect(JSON.parse(text)).toEqual(read)
    for (const { subjects, rounds } of read.scenarios) {
      for (const each of [...subjects, ...rounds])
        expect(text.split('\n')).toContainEqual(expect.stringContaining(JSON.stringify(each)))
    }
    expect(await readdir(home)).toEqual(['run.json'])
  })

  // What is written to /dev/full meets a disk without space, and so does what follows a link to it.
  test.skipIf(process.platform !== 'linux')('a full disk is said as such; the old record stays whole', async () => {
    const home = join(folder, 'full')
    const path = await saveRecord(home, sampleRecord())
    const before = await readFile(path, 'utf8')
    await symlink('/dev/full', `${path}.${process.pid}.tmp`)
    await expect(saveRecord(home, { ...sampleRecord(), id: 'later' })).rejects.toMatchObject({
      name: 'reportsUnwritable',
      exitCode: 3,
      message: expect.stringContaining('no space is left on the disk'),
    })
    expect(await readFile(path, 'utf8')).toBe(before)
    await symlink('/dev/full', join(home, '.writable.tmp'))
    await expect(ensureWritable(home)).rejects.toThrow('no space is left on the disk')
    expect(await readdir(home)).toEqual(['run.json'])
  })
})

test('keys are replaced wherever they were captured, longest first, in every spelling', () => {
  const consumers = [
    { name: 'alice', key: 'Secret-1' },
    { name: 'bob', key: 'Secret-12"x' },
  ]
  const policy = { ...plainPolicy, apiKey: [{ path: '/', header: 'x-api-key', consumers }] }
  const record = { a: ['x Secret-12"x y', { h: 'sECRET-1' }], 'Secret-1': JSON.stringify({ k: 'Secret-12"x' }) }
  const text = JSON.stringify(redact(record, secretsOf(policy)))
  expect(text).not.toMatch(/secret/i)
  expect(text).toContain('‹key of bob›')
})
