/** Images out of an engine, into a file. */
import { mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { saveImages } from '../../../src/runtime/images/images.ts'
import { images as known } from '../../../src/systems/index.ts'
import { type EngineHere, engineHere } from '../wheels/engine-here.ts'

let engine: EngineHere
let folder: string
beforeAll(async () => {
  engine = await engineHere([known[0]!.pinned])
  vi.stubEnv('DOCKER_HOST', engine.address)
  folder = await mkdtemp(join(tmpdir(), 'images-'))
})
afterAll(async () => {
  await engine.close()
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

test('a folder or a device of that name is no file to replace: it is said before the engine packs anything', async () => {
  const [device, other] = [join(folder, 'device'), join(folder, 'folder')]
  await symlink('/dev/null', device)
  await mkdir(other)
  const save = (path: string) => {
    const progress = vi.fn()
    const saving = saveImages(path, { signal: new AbortController().signal, progress })
    return saving.catch(({ name, message }: Error) => ({ name, message, bytes: progress.mock.calls.length }))
  }
  expect(await save(device)).toEqual({
    name: 'archiveUnwritable',
    message: `${device}: it is no file, but a pipe or device`,
    bytes: 0,
  })
  expect(await save(other)).toEqual({ name: 'archiveUnwritable', message: `${other}: it is a folder`, bytes: 0 })
  expect(await readlink(device)).toBe('/dev/null')
  expect((await readdir(folder)).toSorted()).toEqual(['device', 'folder'])
})
