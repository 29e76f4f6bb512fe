/** The images that systems run from: pinned ones of a registry, and their equals built from Debian packages. */
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { LabError } from '../errors.ts'
import type { ImageName } from '../systems/system.ts'
import { engine } from './engine.ts'

export interface ImageEntry {
  readonly name: ImageName
  /** As a registry has it. */
  readonly pinned: string
  /** As `edgelab images build` makes it where no registry can be reached. */
  readonly offline: string
  /** What the offline one is, in words: not always the same product. */
  readonly offlineIs: string
}

/** One version each, for everybody: figures of two machines come from the same programs. */
export const imageTable = {
  node: {
    name: 'node',
    pinned: 'node:24.21.0-trixie-slim',
    offline: 'edgelab/node:offline',
    offlineIs: 'the pinned Node on a minimal Debian',
  },
  nginx: {
    name: 'nginx',
    pinned: 'nginx:1.30.7-alpine',
    offline: 'edgelab/nginx:offline',
    offlineIs: 'NGINX of Debian trixie',
  },
  openresty: {
    name: 'openresty',
    pinned: 'openresty/openresty:1.31.1.1-0-alpine',
    offline: 'edgelab/nginx-lua:offline',
    offlineIs: 'NGINX of Debian trixie with its Lua module, in OpenResty’s place',
  },
} as const satisfies Record<ImageName, ImageEntry>

export interface ImageState {
  readonly entry: ImageEntry
  readonly tag: string
  readonly here: boolean
  readonly bytes: number
  readonly digest: string | null
}

export interface ImageHere {
  readonly tag: string
  /** `sha256:…` */
  readonly digest: string
}

interface Inspected {
  readonly Id: string
  readonly Size: number
  readonly RepoDigests?: readonly string[]
}

async function inspect(tag: string): Promise<Inspected | undefined> {
  return engine
    .getImage(tag)
    .inspect()
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode === 404) return undefined
      throw error
    })
}

export async function listImages(): Promise<readonly ImageState[]> {
  const tags = Object.values(imageTable).flatMap((entry) =>
    [entry.pinned, entry.offline].map((tag) => ({ entry, tag })),
  )
  return Promise.all(
    tags.map(async ({ entry, tag }) => {
      const image = await inspect(tag)
      return { entry, tag, here: image !== undefined, bytes: image?.Size ?? 0, digest: image ? digestOf(image) : null }
    }),
  )
}

/** The tag to run: the pinned one where it is here, else the offline one; undefined where neither is. */
export async function imageHere(name: ImageName): Promise<ImageHere | undefined> {
  const { pinned, offline } = imageTable[name]
  for (const tag of [pinned, offline]) {
    const image = await inspect(tag)
    if (image) return { tag, digest: digestOf(image) }
  }
  return undefined
}

/** A registry's digest, by which anybody gets the same image, where it came from one; else the engine's own. */
function digestOf({ Id, RepoDigests }: Inspected): string {
  return RepoDigests?.[0]?.split('@')[1] ?? Id
}

const pullMs = 10 * 60_000

/** Throws LabError `imageMissing`. A registry that cannot be reached is told by the engine within seconds. */
export async function pullImage(name: ImageName, report: (line: string) => void): Promise<void> {
  const { pinned } = imageTable[name]
  report(`Pulling ${pinned} …`)
  try {
    const stream = await engine.pull(pinned, { abortSignal: AbortSignal.timeout(pullMs) })
    await new Promise<void>((resolve, reject) => {
      engine.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()))
    })
  } catch (cause) {
    throw new LabError('imageMissing', { image: pinned, why: (cause as Error).message }, { cause })
  }
}

/** Pulls every pinned image. Throws LabError `imageMissing` for the first that cannot be had. */
export async function pullImages(report: (line: string) => void): Promise<void> {
  for (const name of Object.keys(imageTable) as ImageName[]) await pullImage(name, report)
}

/** Every image that is here into one archive, for a room without internet; returns their tags. */
export async function saveImages(file: string): Promise<readonly string[]> {
  const tags = (await listImages()).filter(({ here }) => here).map(({ tag }) => tag)
  if (tags.length === 0) throw new LabError('imageMissing', { image: 'every one', why: 'none is here to be saved' })
  // dockerode’s typings know one name only; the engine takes several (GET /images/get?names=…).
  const stream = await (engine as unknown as { getImages(o: object): Promise<NodeJS.ReadableStream> }).getImages({
    names: tags,
  })
  await pipeline(stream, createWriteStream(file))
  return tags
}

export async function loadImages(file: string): Promise<void> {
  const stream = await engine.loadImage(createReadStream(file))
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()))
  })
}
