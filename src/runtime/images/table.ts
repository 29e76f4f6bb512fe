/** What the engine has of the images that systems run from. */
import type { Image } from '../../systems/system.ts'
import { engine, isGone } from '../containers/engine.ts'

export interface ImageHere {
  readonly tag: string
  /** The engine's own: `sha256:…` */
  readonly id: string
  /** A registry's, where it came from one; else the engine's own. */
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
    return { tag, id: Id, digest, bytes: Size, labels: Config.Labels ?? {} }
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

/** The tag to run: the pinned one where it is here, else the offline one; undefined where neither is. */
export async function imageHere({ pinned, offline }: Image): Promise<ImageHere | undefined> {
  return (await inspectImage(pinned)) ?? (offline === null ? undefined : inspectImage(offline))
}
