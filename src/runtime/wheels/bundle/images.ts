/** The images of an archive: what they are called, looked at before the engine gets any, and handed to it as a stream. */
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { loadImages } from '../../images/images.ts'
import type { BundledImage } from './manifest.ts'
import { contentOf, type Member, membersOf, type Span } from './tar.ts'

export interface BundledImages extends Span {
  readonly listed: readonly BundledImage[]
}

/** Files of an archive of images: a handful for each layer. */
const mostMembers = 5000
const mostOfList = 4 * 1024 * 1024

/** As engines list them, older ones in the first file, newer ones in both. */
const lists = {
  'manifest.json': z.array(z.object({ RepoTags: z.array(z.string()).nullish() })),
  'index.json': z.object({
    manifests: z.array(z.object({ annotations: z.record(z.string(), z.string()).nullish() })),
  }),
} as const

/** The full name of an image, where an index gives one. */
const nameOf = 'io.containerd.image.name'

/** What the images of an archive of `docker save` would be called. Rejects where it is none. */
export async function tagsIn(file: FileHandle, span: Span): Promise<readonly string[]> {
  const members = await membersOf(file, span, mostMembers)
  // A record about the next member could give it another name than the one that is seen here.
  if (members.some(({ kind }) => kind === 'other')) throw new Error('its images hold something that is no file')
  const tagged = await listIn(file, members, 'manifest.json')
  if (tagged === undefined) throw new Error('its images are no archive of a container engine')
  const indexed = await listIn(file, members, 'index.json')
  const named = indexed?.manifests.map(({ annotations }) => annotations?.[nameOf]) ?? []
  return [
    ...new Set([
      ...[...tagged.flatMap(({ RepoTags }) => RepoTags ?? []), ...named.filter((name) => name !== undefined)].map(
        shortName,
      ),
    ]),
  ]
}

/** `docker.io/library/nginx:1` is `nginx:1`. */
function shortName(name: string): string {
  return name.replace(/^docker\.io\//, '').replace(/^library\//, '')
}

async function listIn<Name extends keyof typeof lists>(
  file: FileHandle,
  members: readonly Member[],
  name: Name,
): Promise<z.infer<(typeof lists)[Name]> | undefined> {
  const found = members.filter((member) => member.name === name)
  // Of two with one name, readers differ in which they take.
  if (found.length > 1 || found.some(({ kind, bytes }) => kind !== 'file' || bytes > mostOfList)) {
    throw new Error(`the ${name} of its images is not one file of a usual size`)
  }
  const [member] = found
  if (!member) return undefined
  const parts: Buffer[] = []
  for await (const part of contentOf(file, member)) parts.push(part as Buffer)
  return lists[name].parse(JSON.parse(Buffer.concat(parts).toString('utf8'))) as z.infer<(typeof lists)[Name]>
}

/** Into the engine. Throws EdgeLabError `fileUnreadable`, and the signal’s reason. */
export function loadBundledImages(
  file: string,
  { start, bytes }: BundledImages,
  options: { readonly signal: AbortSignal; readonly progress: (bytes: number) => void },
): Promise<void> {
  return loadImages(file, { ...options, content: () => createReadStream(file, { start, end: start + bytes - 1 }) })
}
