/**
 * Archives, written and read by `tar-stream`. What it passes over in silence (a record that renames what follows, what lies
 * between files or after them, an end that is missing) is seen here: another reader may make something else of it.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, pack } from 'tar-stream'

const block = 512

/** An archive, or what a member of it holds, as it comes. */
export type Content = AsyncIterable<Buffer>

/** A file of an archive, or what stands for one. */
export interface Member {
  readonly name: string
  /** `other`: a device, or whatever does not stand in the plainest way right behind what is before it. */
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Where in the archive its content begins. */
  readonly start: number
  readonly bytes: number
}

const kinds: Partial<Record<string, Member['kind']>> = {
  file: 'file',
  directory: 'folder',
  link: 'link',
  symlink: 'link',
}

/**
 * Everything in an archive, of which nothing is held in memory. `look` is shown each member on the way, and reads all of its
 * content where it returns a promise. Rejects where the archive is not whole, or has more members than `most`.
 */
export async function membersOf(
  content: Content,
  most: number,
  look: (member: Member, content: Content) => Promise<void> | undefined,
): Promise<readonly Member[]> {
  const members: Member[] = []
  const seen = { bytes: 0, used: 0 }
  let end = 0
  const archive = extract()
  const fed = pipeline(measured(content, seen), archive).catch((cause: unknown) => cause)
  try {
    for await (const entry of archive) {
      const { name, type, size } = entry.header
      // For the end of one whose size has a form that it does not know, the library waits for ever.
      if (!Number.isSafeInteger(size)) throw new Error('it is damaged')
      const isPlain = entry.offset === end && (type === 'file' || size === 0)
      const start = entry.offset + block
      const member = { name, kind: (isPlain && kinds[type]) || 'other', start, bytes: size } as const
      members.push(member)
      if (members.length > most) throw new Error('it holds too many files')
      end = start + Math.ceil(size / block) * block
      const looked = look(member, entry as Content)
      if (looked) await looked
      else entry.resume()
    }
  } catch (cause) {
    archive.destroy()
    throw cause === (await fed) ? inOurWords(cause as NodeJS.ErrnoException) : cause
  }
  if (seen.bytes < end + block) throw new Error('it was cut off')
  if (seen.used > end) throw new Error('it holds something after its end')
  return members
}

/** How long it is, and up to where it is not only zeros. */
async function* measured(content: Content, seen: { bytes: number; used: number }): Content {
  for await (const part of content) {
    const last = part.findLastIndex((byte) => byte !== 0)
    if (last >= 0) seen.used = seen.bytes + last + 1
    seen.bytes += part.length
    yield part
  }
}

/** Only reasons of the system, which has not let it be read, have a code. */
function inOurWords(cause: NodeJS.ErrnoException): Error {
  if (cause.code !== undefined) return cause
  return new Error(cause.message === 'Unexpected end of data' ? 'it was cut off' : 'it is damaged', { cause })
}

/** Files into an archive, in this order. Rejects where one cannot be read, or the archive not be written. */
export async function writeArchive(
  to: Writable,
  files: readonly { readonly name: string; readonly path: string }[],
  signal: AbortSignal,
): Promise<void> {
  // The size of a file stands before it.
  const sized = await Promise.all(files.map(async (file) => ({ ...file, size: (await stat(file.path)).size })))
  const archive = pack()
  const entries = sized.map(({ name, path, size }) =>
    pipeline(createReadStream(path), archive.entry({ name, size, mtime: new Date(0) }), { signal }),
  )
  archive.finalize()
  await Promise.all([...entries, pipeline(archive, to, { signal })])
}
