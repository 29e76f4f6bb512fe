import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readCourse } from '../../../src/labs/progress/course.ts'

const good = resolve('test/labs/fixture-lab/07-fixture')
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'course-test-'))
  vi.stubEnv('EDGELAB_HOME', join(folder, 'home'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('a bad neighbour breaks no list and is not left out without a word', async () => {
  const labs = join(folder, 'labs')
  await cp(good, join(labs, '01-good'), { recursive: true })
  await symlink(good, join(labs, '02-linked'))
  await symlink(join(folder, 'nowhere'), join(labs, '03-gone'))
  await mkdir(join(labs, '04-empty'))
  await writeFile(join(labs, '05-file'), '')
  await writeFile(join(labs, 'notes.txt'), '')
  await mkdir(join(labs, 'unnumbered'))
  await cp(good, join(labs, '06-mistakes'), { recursive: true })
  await writeFile(join(labs, '06-mistakes', 'lab.yaml'), 'formatVersion: 1\ntitle: [\n')
  await mkdir(join(labs, '07-folder', 'lab.yaml'), { recursive: true })
  await writeFile(join(labs, 'lab.schema.json'), '{}')
  await writeFile(join(labs, '.hidden'), '')
  await mkdir(join(folder, 'home', 'labs', 'linked'), { recursive: true })
  await writeFile(join(folder, 'home', 'labs', 'linked', 'progress.json'), '{')

  const course = await readCourse(labs)
  expect(course.labs.map(({ lab, progress, damaged }) => [lab.number, lab.id, progress, damaged])).toEqual([
    [1, 'good', null, ''],
    [2, 'linked', null, 'it is not JSON, or cut'],
  ])
  expect(course.broken).toEqual([
    { number: 3, id: 'gone', problem: 'it is a link that leads nowhere' },
    { number: 4, id: 'empty', problem: expect.stringContaining('it cannot be read: there is no such file') },
    { number: 5, id: 'file', problem: 'it is no folder, and so no lab' },
    { number: 6, id: 'mistakes', problem: expect.stringMatching(/line \d/) },
    { number: 7, id: 'folder', problem: expect.stringContaining('it cannot be read: it is a folder') },
    { number: null, id: 'notes.txt', problem: 'it is no folder, and so no lab' },
    { number: null, id: 'unnumbered', problem: expect.stringContaining('it cannot be read: there is no such file') },
  ])
  for (const { problem } of course.broken) expect(problem).not.toContain('\n')
})
