/** All images: which ones the engine has, pulling, saving and loading them. `edgelab images build` is in build.ts. */
import { createReadStream, createWriteStream } from 'node:fs'
import { access, constants, rename, rm } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { EdgeLabError } from '../../errors.ts'
import { images } from '../../systems/index.ts'
import type { Image } from '../../systems/system.ts'
import { whyNotReplaced, whyUnwritable } from '../../text-file.ts'
import { engine, ofEngine } from '../containers/engine.ts'
import { followEngine } from '../containers/engine-progress.ts'
import { inspectImage } from './table.ts'

export interface ImageState {
  readonly entry: Image
  readonly tag: string
  readonly here: boolean
  readonly bytes: number
  readonly digest: string | null
  /** The engine's own; null where it is not here. */
  readonly id: string | null
}

const known = images.flatMap((entry) =>
  [entry.pinned, ...(entry.offline === null ? [] : [entry.offline])].map((tag) => ({ entry, tag })),
)

/** What images of EdgeLab are called, whether they are here or not. */
export const imageTags: readonly string[] = known.map(({ tag }) => tag)

/** Each pinned image and its offline equal, where it has one. */
export async function listImages(): Promise<readonly ImageState[]> {
  return Promise.all(
    known.map(async ({ entry, tag }) => {
      const image = await ofEngine(inspectImage(tag))
      const { bytes = 0, digest = null, id = null } = image ?? {}
      return { entry, tag, here: image !== undefined, bytes, digest, id }
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

/** An archive on its way from the engine or to it. */
export interface Moving {
  readonly signal: AbortSignal
  /** Bytes so far. */
  readonly progress: (bytes: number) => void
}

/** What the engine gives out of these images, as it comes: an archive. Rejects with what the engine says. */
export function archiveOfImages(tags: readonly string[], signal: AbortSignal): Promise<Readable> {
  // dockerode’s typings know one name only; the engine takes several (GET /images/get?names=…).
  const several = engine() as unknown as {
    getImages(query: { names: readonly string[]; abortSignal: AbortSignal }): Promise<Readable>
  }
  return ofEngine(several.getImages({ names: tags, abortSignal: signal }))
}

/**
 * Every image that is here into one archive, for a room without internet, whole or not at all; returns their tags. Throws
 * EdgeLabError `noImages`, `archiveUnwritable` and `archiveInterrupted`.
 */
export async function saveImages(file: string, { signal, progress }: Moving): Promise<readonly string[]> {
  const tags = (await listImages()).filter(({ here }) => here).map(({ tag }) => tag)
  if (tags.length === 0) throw new EdgeLabError('noImages')
  const why = await whyNotReplaced(file)
  if (why !== '') throw new EdgeLabError('archiveUnwritable', { path: file, why })
  // Half an archive loads half the images, or none, in a room without internet.
  const draft = `${file}.${process.pid}.tmp`
  try {
    await pipeline(await archiveOfImages(tags, signal), counting(progress), createWriteStream(draft), { signal })
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true })
    if (signal.aborted) throw new EdgeLabError('archiveInterrupted')
    if (cause instanceof EdgeLabError) throw cause
    throw new EdgeLabError('archiveUnwritable', { path: file, why: whyUnwritable(cause) }, { cause })
  }
  return tags
}

/**
 * What `archiveOfImages` gave out, into the engine; `content` where it is a part of the file only. Throws EdgeLabError
 * `fileUnreadable` where the file is missing or is no archive of images, and `archiveInterrupted`.
 */
export async function loadImages(
  file: string,
  { signal, progress, content = () => createReadStream(file) }: Moving & { readonly content?: () => Readable },
): Promise<void> {
  const counted = counting(progress)
  const broken = new AbortController()
  const ends = AbortSignal.any([signal, broken.signal])
  try {
    await access(file, constants.R_OK)
    // The engine would wait for the rest of what cannot be read.
    pipeline(content(), counted, { signal }).catch((cause: unknown) => broken.abort(cause))
    await followEngine(await engine().loadImage(counted, { abortSignal: ends }))
  } catch (cause) {
    const { message } = (broken.signal.aborted ? broken.signal.reason : cause) as Error
    counted.destroy()
    if (signal.aborted) throw new EdgeLabError('archiveInterrupted')
    const why = `no images could be loaded: ${message}`
    throw new EdgeLabError('fileUnreadable', { path: file, why }, { cause })
  }
}

/** Passes bytes on, and says how many so far. */
export function counting(progress: Moving['progress']): Transform {
  let bytes = 0
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      bytes += part.length
      progress(bytes)
      done(undefined, part)
    },
  })
}
