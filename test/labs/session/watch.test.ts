import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FileWatch, watchFiles } from '../../../src/labs/session/watch.ts'

let folder = ''
let file = ''
let watched: FileWatch | undefined
const changed = vi.fn()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-test-'))
  file = join(folder, 'a.yaml')
  await writeFile(file, 'one')
  changed.mockReset()
})

afterEach(async () => {
  watched?.close()
  await rm(folder, { recursive: true, force: true })
})

function changes(count: number): Promise<void> {
  return vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(count), { timeout: 5000 })
}

test('saving in place, beside and renamed, and removing are changes', async () => {
  watched = watchFiles([file], changed)
  await writeFile(file, 'two')
  await changes(1)
  await writeFile(`${file}.new`, 'three')
  await rename(`${file}.new`, file)
  await changes(2)
  await rm(file)
  await changes(3)
})

test('what is the same as before, or known, is no change', async () => {
  watched = watchFiles([file], changed)
  await utimes(file, new Date(), new Date())
  await writeFile(file, 'one')
  await writeFile(join(folder, 'other.yaml'), 'x')
  await writeFile(file, 'known')
  watched.seen()
  await writeFile(file, 'new')
  await changes(1)
})

test('a folder that is not there yet, and one that is made again, is looked at again and again', async () => {
  const later = join(folder, 'later', 'b.yaml')
  watched = watchFiles([later], changed)
  await mkdir(join(folder, 'later'))
  await writeFile(later, 'x')
  await changes(1)
  await rm(join(folder, 'later'), { recursive: true })
  await changes(2)
  await mkdir(join(folder, 'later'))
  await writeFile(later, 'y')
  await changes(3)
})
