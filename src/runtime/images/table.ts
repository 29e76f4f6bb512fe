/** The images that systems run from: pinned ones of a registry, and their equals built from Debian packages. */
import type { ImageName } from '../../systems/system.ts'
import { engine, isGone } from '../containers/engine.ts'

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

export interface ImageHere {
  readonly tag: string
  /** `sha256:…` */
  readonly digest: string
  readonly bytes: number
  readonly labels: Readonly<Record<string, string>>
}

/** What the engine has under a tag; undefined where that is nothing. */
export async function inspectImage(tag: string): Promise<ImageHere | undefined> {
  try {
    const { Id, Size, RepoDigests, Config } = await engine().getImage(tag).inspect()
    // A registry's digest, by which anybody gets the same image, where it came from one; else the engine's own.
    const digest = (RepoDigests as readonly string[] | undefined)?.[0]?.split('@')[1] ?? Id
    return { tag, digest, bytes: Size, labels: Config.Labels ?? {} }
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

/** The tag to run: the pinned one where it is here, else the offline one; undefined where neither is. */
export async function imageHere(name: ImageName): Promise<ImageHere | undefined> {
  const { pinned, offline } = imageTable[name]
  return (await inspectImage(pinned)) ?? inspectImage(offline)
}
