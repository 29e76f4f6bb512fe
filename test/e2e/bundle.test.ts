/** One archive for a room without internet, as it is made and taken on the command line. */
import { readlink, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { images } from '../../src/systems/index.ts'
import { type EngineHere, engineHere } from '../runtime/wheels/engine-here.ts'
import { type CommandFolder, commandFolder } from './command.ts'

const tags = [images[0]!.pinned, images[0]!.offline!]
let folder: CommandFolder
let near: EngineHere
let far: EngineHere
beforeAll(async () => {
  folder = await commandFolder()
  near = await engineHere(tags)
  far = await engineHere(tags)
  far.images.clear()
})
afterAll(async () => {
  await near.close()
  await far.close()
  await folder.remove()
})

function get(args: readonly string[], engine?: EngineHere) {
  const home = { EDGELAB_HOME: join(folder.path, 'home') }
  return folder.run(['get', ...args], undefined, engine ? { ...home, DOCKER_HOST: engine.address } : home)
}

test('images go along, into whatever engine answers on the other side; what is left out is said, and why', async () => {
  const nothing = await get(['--bundle', 'room.tar'])
  expect(nothing.code).toBe(2)
  expect(nothing.stderr.replaceAll(/\s+/g, ' ')).toContain(
    'No images: no container engine answers (Docker is not running',
  )

  const made = await get(['--bundle', 'room.tar'], near)
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(made.stdout).toContain(`${tags.join(', ')} → room.tar, `)
  expect(made.stdout).toContain('No binaries: none was fetched here.')

  // A device would be gone.
  await symlink('/dev/null', join(folder.path, 'device'))
  const refused = await get(['--bundle', 'device'], near)
  expect(refused.stderr).toContain('it is no file, but a pipe or device')
  expect(await readlink(join(folder.path, 'device'))).toBe('/dev/null')

  const without = await get(['--from', 'room.tar'])
  expect(without).toMatchObject({ code: 0, stderr: '' })
  expect(without.stdout).toBe(
    '2 images of the archive left out: no container engine answers (Docker is not running here). Systems run as processes.\n',
  )
  const taken = await get(['--from', 'room.tar'], far)
  expect(taken).toMatchObject({ code: 0, stderr: '', stdout: `2 images loaded: ${tags.join(', ')}\n` })
  expect(far.loaded().equals(near.archive)).toBe(true)
  expect([...far.images.keys()]).toEqual(tags)
  expect(await get(['--from', 'room.tar'], far)).toMatchObject({ code: 0, stdout: '2 images: here already\n' })

  // All is all that is in it.
  expect(await get(['all', '--from', 'room.tar'], far)).toMatchObject({ code: 0, stdout: '2 images: here already\n' })

  const missing = await get(['nginx', '--from', 'room.tar'], far)
  expect(missing.code).toBe(2)
  expect(missing.stderr).toContain('The archive does not hold nginx.')
}, 120_000)
