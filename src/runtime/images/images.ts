/** All images: which ones the engine has, pulling, saving and loading them. `edgelab images build` is in build.ts. */
import { createReadStream, createWriteStream } from 'node:fs'
import { access, constants, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { EdgeLabError } from '../../errors.ts'
import { images } from '../../systems/index.ts'
import type { Image } from '../../systems/system.ts'
import { engine, ofEngine } from '../containers/engine.ts'
import { followEngine } from '../containers/engine-progress.ts'
import { inspectImage } from './table.ts'

export interface ImageState {
  readonly entry: Image
  readonly tag: string
  readonly here: boolean
  readonly bytes: number
  readonly digest: string | null
}

/** Each pinned image and its offline equal, where it has one. */
export async function listImages(): Promise<readonly ImageState[]> {
  const tags = images.flatMap((entry) =>
    [entry.pinned, ...(entry.offline === null ? [] : [entry.offline])].map((tag) => ({ entry, tag })),
  )
  return Promise.all(
    tags.map(async ({ entry, tag }) => {
      const image = await ofEngine(inspectImage(tag))
      return { entry, tag, here: image !== undefined, bytes: image?.bytes ?? 0, digest: image?.digest ?? null }
    }),
  )
}

/** A pull counts as failed after this time without news; the engine reports progress all through a pull. */
const silenceMs = 20_000

/** Throws EdgeLabError `imageMissing`, after 20 s of silence at the latest. */
export async function pullImage({ pinned }: Image, report: (line: string) => void): Promise<void> {
  report(`Pulling ${pinned} …`)
  const silence = new AbortController()
  const giveUp = (): void => silence.abort(new Error(`the registry was silent for ${silenceMs / 1000} s`))
  const patience = setTimeout(giveUp, silenceMs)
  try {
    const progress = await engine().pull(pinned, { abortSignal: silence.signal })
    await followEngine(progress, () => patience.refresh())
    report(`${pinned}: here now`)
  } catch (cause) {
    const { message } = silence.signal.aborted ? (silence.signal.reason as Error) : (cause as Error)
    throw new EdgeLabError('imageMissing', { image: pinned, why: message }, { cause })
  } finally {
    clearTimeout(patience)
  }
}

/** Pulls every pinned image. Throws EdgeLabError `imageMissing` for the first that cannot be had. */
export async function pullImages(report: (line: string) => void): Promise<void> {
  for (const image of images) await pullImage(image, report)
}

/**
 * Every image that is here into one archive, for a room without internet; returns their tags.
 * Throws EdgeLabError `noImages`, `archiveUnwritable`.
 */
export async function saveImages(file: string): Promise<readonly string[]> {
  const tags = (await listImages()).filter(({ here }) => here).map(({ tag }) => tag)
  if (tags.length === 0) throw new EdgeLabError('noImages')
  // dockerode’s typings know one name only; the engine takes several (GET /images/get?names=…).
  const several = engine as unknown as {
    getImages(query: { names: readonly string[] }): Promise<NodeJS.ReadableStream>
  }
  const archive = await ofEngine(several.getImages({ names: tags }))
  try {
    await pipeline(archive, createWriteStream(file))
  } catch (cause) {
    // Half an archive loads half the images, or none, in a room without internet.
    await rm(file, { force: true })
    throw new EdgeLabError('archiveUnwritable', { path: file, why: (cause as Error).message }, { cause })
  }
  return tags
}

/** Throws EdgeLabError `fileUnreadable` where the file is missing or is no archive of images. */
export async function loadImages(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK)
    await followEngine(await engine().loadImage(createReadStream(file)))
  } catch (cause) {
    const why = `no images could be loaded: ${(cause as Error).message}`
    throw new EdgeLabError('fileUnreadable', { path: file, why }, { cause })
  }
}
