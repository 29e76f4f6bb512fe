/** The images of an archive, handed to the engine as a stream. */
import { createReadStream } from 'node:fs'
import { loadImages } from '../../images/images.ts'
import type { Member } from './archive.ts'
import type { BundledImage } from './manifest.ts'

export interface BundledImages extends Pick<Member, 'start' | 'bytes'> {
  readonly listed: readonly BundledImage[]
}

/** Into the engine. Throws EdgeLabError `fileUnreadable`, and the signal’s reason. */
export function loadBundledImages(
  file: string,
  { start, bytes }: BundledImages,
  options: { readonly signal: AbortSignal; readonly progress: (bytes: number) => void },
): Promise<void> {
  return loadImages(file, { ...options, content: () => createReadStream(file, { start, end: start + bytes - 1 }) })
}
