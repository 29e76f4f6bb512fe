import { execFileSync } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceWhole } from '../../../src/measurement/store/whole-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-file-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a file is replaced, in a folder that is made, and no draft stays', async () => {
  const path = join(folder, 'new', 'a.txt')
  await replaceWhole(path, 'one')
  await replaceWhole(path, 'two')
  expect([await readFile(path, 'utf8'), await readdir(join(folder, 'new'))]).toEqual(['two', ['a.txt']])
})

test('a folder stays one', async () => {
  await writeFile(join(folder, 'inside'), '')
  await expect(replaceWhole(folder, 'text')).rejects.toMatchObject({ code: expect.stringMatching(/EISDIR|ENOTEMPTY/) })
  expect(await readdir(folder)).toEqual(['inside'])
})

test.skipIf(process.platform === 'win32')('a pipe is written to, and stays one', async () => {
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  const [read] = await Promise.all([readFile(path, 'utf8'), replaceWhole(path, 'text')])
  expect([read, lstatSync(path).isFIFO()]).toEqual(['text', true])
})
