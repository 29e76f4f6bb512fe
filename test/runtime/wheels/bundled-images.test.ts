/** Container images in an archive for a room without internet: out of an engine, into another, and what is refused. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { EdgeLabError } from '../../../src/errors.ts'
import { loadImages, saveImages } from '../../../src/runtime/images/images.ts'
import { loadBundledImages } from '../../../src/runtime/wheels/bundle/images.ts'
import { type Bundle, readBundle } from '../../../src/runtime/wheels/bundle/read.ts'
import { writeBundle } from '../../../src/runtime/wheels/bundle/write.ts'
import { images as known } from '../../../src/systems/index.ts'
import { until } from '../../until.ts'
import { type EngineHere, engineHere, imagesArchive } from './engine-here.ts'

const tags = [known[0]!.pinned, known[0]!.offline!]
const never = new AbortController().signal
let engine: EngineHere
let folder: string
let file: string
beforeAll(async () => {
  engine = await engineHere(tags)
  vi.stubEnv('DOCKER_HOST', engine.address)
})
afterAll(async () => {
  await engine.close()
  vi.unstubAllEnvs()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundled-'))
  file = join(folder, 'room.tar')
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const listed = () => tags.map((tag) => ({ tag, id: engine.images.get(tag)! }))

async function write(signal = never): Promise<readonly number[]> {
  const seen: number[] = []
  await writeBundle(
    file,
    { wheels: [], images: listed() },
    { signal, fetching: () => undefined, saving: (bytes) => seen.push(bytes) },
  )
  return seen
}

async function read(): Promise<Bundle> {
  const into = join(folder, 'into')
  await mkdir(into, { recursive: true })
  return readBundle(file, into, { wheels: [], tags }, never)
}

async function refusal(): Promise<string> {
  const error: unknown = await read().then(
    () => null,
    (cause: unknown) => cause,
  )
  return error instanceof EdgeLabError && error.name === 'notABundle'
    ? error.message
    : `it was taken, or failed with a defect: ${error}`
}

/** An archive that lists the usual images and holds these bytes in their place. */
async function holding(images: Buffer): Promise<void> {
  const manifest = { formatVersion: 1, platform: `${process.platform} ${process.arch}`, wheels: [], images: listed() }
  await writeFile(join(folder, 'edgelab-bundle.json'), JSON.stringify(manifest))
  await writeFile(join(folder, 'images.tar'), images)
  execFileSync('tar', ['-cf', file, '--format=ustar', '-C', folder, 'edgelab-bundle.json', 'images.tar'])
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

test('what one engine gives out, another gets, byte for byte; any tar reads the archive', async () => {
  const seen = await write()
  expect(seen[0]).toBe(0)
  expect(seen.at(-1)).toBe(engine.archive.length)
  expect(await readdir(folder)).toEqual(['room.tar'])
  expect(execFileSync('tar', ['-tf', file], { encoding: 'utf8' })).toBe('edgelab-bundle.json\nimages.tar\n')
  const { images, wheels } = await read()
  expect(wheels.size).toBe(0)
  expect(images).toMatchObject({ listed: listed(), bytes: engine.archive.length })
  const progress: number[] = []
  await loadBundledImages(file, images!, { signal: never, progress: (bytes) => progress.push(bytes) })
  expect(sha256(engine.loaded())).toBe(sha256(engine.archive))
  expect(progress.at(-1)).toBe(engine.archive.length)
})

test('images alone, saved and loaded; an archive of them is not taken for the other', async () => {
  await saveImages(file, { signal: never, progress: () => undefined })
  expect(sha256(await readFile(file))).toBe(sha256(engine.archive))
  await loadImages(file, { signal: never, progress: () => undefined })
  expect(sha256(engine.loaded())).toBe(sha256(engine.archive))
  expect(await refusal()).toContain('it holds container images alone: edgelab images load takes such an archive')
  await expect(
    loadImages(join(folder, 'nothing.tar'), { signal: never, progress: () => undefined }),
  ).rejects.toMatchObject({ name: 'fileUnreadable' })
})

test('an image of another name would take the place of one of the user’s', async () => {
  const ofTags = (RepoTags: readonly string[]) => JSON.stringify([{ Config: 'c', RepoTags, Layers: [] }])
  const index = (name: string) =>
    JSON.stringify({ manifests: [{ annotations: { 'io.containerd.image.name': name } }, {}] })
  await holding(await imagesArchive({ 'manifest.json': ofTags([...tags, 'postgres:16']) }))
  expect(await refusal()).toContain('it holds an image “postgres:16”, which is none of EdgeLab’s')
  await holding(
    await imagesArchive({ 'manifest.json': ofTags(tags), 'index.json': index('docker.io/library/postgres:16') }),
  )
  expect(await refusal()).toContain('it holds an image “postgres:16”')
  await holding(await imagesArchive({ 'manifest.json': ofTags([tags[0]!]) }))
  expect(await refusal()).toContain(`it lists an image “${tags[1]}” and does not hold it`)
  await holding(await imagesArchive({ 'index.json': index(`docker.io/library/${tags[0]}`) }))
  expect(await refusal()).toContain('its images are no archive of a container engine')
  await holding(
    await imagesArchive({ 'manifest.json': ofTags(tags), 'index.json': index(`docker.io/library/${tags[0]}`) }),
  )
  expect((await read()).images).toMatchObject({ listed: listed() })
})

test('a list that readers would see differently', async () => {
  const list = JSON.stringify([{ Config: 'c', RepoTags: tags, Layers: [] }])
  const twice = await imagesArchive({ 'manifest.json': list, other: list }, '--transform=s,^other$,manifest.json,')
  await holding(twice)
  expect(await refusal()).toContain('the manifest.json of its images is not one file')
  // A record that gives the next member another name.
  await holding(await imagesArchive({ 'manifest.json': list }, '--format=pax', '--pax-option=comment=x'))
  expect(await refusal()).toContain('its images hold something that is no file')
  await holding(Buffer.from('no archive at all'.padEnd(2048)))
  expect(await refusal()).toContain('it is damaged')
})

test('ended in the middle, it leaves neither half an archive nor a request that waits', async () => {
  await write()
  const before = sha256(await readFile(file))
  const { images } = await read()
  expect(engine.taking().isBrokenOff).toBe(false)
  engine.stall()
  const saving = new AbortController()
  const failed = write(saving.signal).catch((error: unknown) => error)
  await until(
    'the archive is begun',
    () => readdir(folder),
    (names) => names.some((name) => name.endsWith('.tmp')),
  )
  saving.abort()
  expect(await failed).toMatchObject({ name: 'fetchInterrupted' })
  expect((await readdir(folder)).toSorted()).toEqual(['into', 'room.tar'])
  expect(sha256(await readFile(file))).toBe(before)

  const loading = new AbortController()
  const unloaded = loadBundledImages(file, images!, { signal: loading.signal, progress: () => undefined }).catch(
    (error: unknown) => error,
  )
  await until('it has come', engine.taking, ({ bytes }) => bytes === engine.archive.length)
  loading.abort()
  expect(await unloaded).toMatchObject({ name: 'archiveInterrupted' })
  await until('the engine knows', engine.taking, ({ isBrokenOff }) => isBrokenOff)
})
