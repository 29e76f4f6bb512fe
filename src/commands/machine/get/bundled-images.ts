/** Container images in an archive for a room without internet: which go in, and what becomes of them on the other side. */
import { plural } from '../../../comparison/blocks.ts'
import { EdgeLabError } from '../../../errors.ts'
import { askEngine, imagesPatienceMs } from '../../../runtime/containers/engine.ts'
import { listImages } from '../../../runtime/images/images.ts'
import { type BundledImages, loadBundledImages } from '../../../runtime/wheels/bundle/images.ts'
import type { BundledImage } from '../../../runtime/wheels/bundle/manifest.ts'
import { formatBytes } from '../../../units.ts'
import { print } from '../../output.ts'
import { openStatusLine } from './status-line.ts'

export interface ImagesToBundle {
  readonly images: readonly BundledImage[]
  /** As a clause; empty where there are some. */
  readonly whyNone: string
}

/** Those of EdgeLab's images that the engine has. Throws EdgeLabError `engineLost`. */
export async function imagesToBundle(): Promise<ImagesToBundle> {
  const engine = await askEngine(imagesPatienceMs)
  if (!engine.answers) return { images: [], whyNone: `no container engine answers (${engine.why})` }
  const images = (await listImages()).flatMap(({ tag, id }) => (id === null ? [] : [{ tag, id }]))
  const whyNone = images.length > 0 ? '' : 'none is here; edgelab images pull, or edgelab images build, gets them first'
  return { images, whyNone }
}

/** Into the engine, or says why not: systems then run as processes. Throws EdgeLabError. */
export async function loadFrom(file: string, images: BundledImages, signal: AbortSignal): Promise<void> {
  const count = plural(images.listed.length, 'image')
  const engine = await askEngine(imagesPatienceMs)
  if (!engine.answers) {
    return print(
      `${count} of the archive left out: no container engine answers (${engine.why}). Systems run as processes.`,
    )
  }
  const before = await here()
  if (images.listed.every(({ tag, id }) => before.get(tag) === id)) return print(`${count}: here already`)
  const status = openStatusLine(process.stderr)
  try {
    const of = formatBytes(images.bytes)
    const progress = (bytes: number): void =>
      status.show(
        bytes < images.bytes ? `${count}: ${formatBytes(bytes)} of ${of}` : `${count}: the engine unpacks them`,
      )
    await loadBundledImages(file, images, { signal, progress })
  } catch (error) {
    if (error instanceof EdgeLabError && error.name === 'archiveInterrupted') throw new EdgeLabError('fetchInterrupted')
    throw error
  } finally {
    status.clear()
  }
  const after = await here()
  const missing = images.listed.filter(({ tag }) => !after.has(tag)).map(({ tag }) => tag)
  if (missing.length > 0) {
    const why = `the engine took the images and has no ${missing.join(', ')}`
    throw new EdgeLabError('fileUnreadable', { path: file, why })
  }
  print(`${count} loaded: ${images.listed.map(({ tag }) => tag).join(', ')}`)
}

/** Ids by tag. */
async function here(): Promise<ReadonlyMap<string, string>> {
  return new Map((await listImages()).flatMap(({ tag, id }) => (id === null ? [] : [[tag, id] as const])))
}
