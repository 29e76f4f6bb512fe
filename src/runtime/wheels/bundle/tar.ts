/**
 * Plain archives (POSIX.1-2017, pax, “ustar Interchange Format”), written and read by place. Nothing of a member is held
 * in memory, what is in a gigabyte is known after a few blocks, and no name in an archive decides where anything is
 * written.
 */
import type { FileHandle } from 'node:fs/promises'
import { addAbortSignal, Readable } from 'node:stream'

const block = 512
/** Eleven octal digits are what a header has for a size. */
const mostBytes = 8 ** 11 - 1

/** A part of a file: all of an archive, or what one member of it holds. */
export interface Span {
  readonly start: number
  readonly bytes: number
}

export interface Member extends Span {
  readonly name: string
  /** `other`: a device, or a record that says something about the next member. */
  readonly kind: 'file' | 'folder' | 'link' | 'other'
}

/** Of a header: first byte and length. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  owner: [108, 8],
  group: [116, 8],
  size: [124, 12],
  modified: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 5],
  version: [263, 2],
  prefix: [345, 155],
} as const

/** Whether an archive of this form begins there: one that is compressed does not, so that nothing small becomes huge. */
export async function isPlainTar(file: FileHandle): Promise<boolean> {
  return textIn(await blockAt(file, 0), 'magic') === 'ustar'
}

/** Everything in an archive. Rejects where it is not whole, or has more members than `most`. */
export async function membersOf(file: FileHandle, { start, bytes }: Span, most: number): Promise<readonly Member[]> {
  const members: Member[] = []
  const end = start + bytes
  for (let at = start; ; ) {
    if (at + block > end) throw new Error('it was cut off')
    const header = await blockAt(file, at)
    if (header.every((byte) => byte === 0)) return members
    const member = memberIn(header, at + block)
    if (member.start + member.bytes > end) throw new Error('it was cut off')
    members.push(member)
    if (members.length > most) throw new Error('it holds too many files')
    at = member.start + padded(member.bytes)
  }
}

/** What a member holds. */
export function contentOf(file: FileHandle, { start, bytes }: Span): Readable {
  if (bytes === 0) return Readable.from([])
  return file.createReadStream({ start, end: start + bytes - 1, autoClose: false })
}

interface Adding {
  readonly signal: AbortSignal
  /** Bytes so far. */
  readonly written?: (bytes: number) => void
}

/**
 * A file into an archive, at the place where the one before it ended; resolves with where it ends itself. The header comes
 * last: of what is streamed the size is not known before.
 */
export async function addMember(
  file: FileHandle,
  at: number,
  { name, content }: { readonly name: string; readonly content: Readable },
  { signal, written = () => undefined }: Adding,
): Promise<number> {
  let bytes = 0
  for await (const part of addAbortSignal(signal, content) as AsyncIterable<Buffer>) {
    if (bytes + part.length > mostBytes) throw new Error(`${name} is too large for an archive of this form`)
    await writeAll(file, part, at + block + bytes)
    bytes += part.length
    written(bytes)
  }
  await file.write(headerOf(name, bytes), 0, block, at)
  return at + block + padded(bytes)
}

/** The system may take less than all at once. */
async function writeAll(file: FileHandle, part: Buffer, at: number): Promise<void> {
  for (let done = 0; done < part.length; ) {
    const { bytesWritten } = await file.write(part, done, part.length - done, at + done)
    done += bytesWritten
  }
}

/** Two blocks of zeros. */
export async function endArchive(file: FileHandle, at: number): Promise<void> {
  await file.write(Buffer.alloc(2 * block), 0, 2 * block, at)
}

function padded(bytes: number): number {
  return Math.ceil(bytes / block) * block
}

async function blockAt(file: FileHandle, at: number): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(block), 0, block, at)
  return buffer
}

const kinds: Readonly<Record<string, Member['kind']>> = { '': 'file', 0: 'file', 1: 'link', 2: 'link', 5: 'folder' }

function memberIn(header: Buffer, start: number): Member {
  if (textIn(header, 'magic') !== 'ustar' || numberIn(header, 'checksum') !== checksumOf(header)) {
    throw new Error('it is damaged')
  }
  const [prefix, name, type] = [textIn(header, 'prefix'), textIn(header, 'name'), textIn(header, 'type')]
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    kind: kinds[type] ?? 'other',
    start,
    bytes: numberIn(header, 'size'),
  }
}

function headerOf(name: string, bytes: number): Buffer {
  if (Buffer.byteLength(name) > fields.name[1])
    throw new Error(`${name} is too long a name for an archive of this form`)
  const header = Buffer.alloc(block)
  const put = (field: keyof typeof fields, text: string): void => void header.write(text, fields[field][0], 'latin1')
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')
  put('name', name)
  put('mode', octal(0o644, 7))
  put('owner', octal(0, 7))
  put('group', octal(0, 7))
  put('size', octal(bytes, 11))
  put('modified', octal(0, 11))
  put('type', '0')
  put('magic', 'ustar')
  put('version', '00')
  put('checksum', `${octal(checksumOf(header), 6)}\0 `)
  return header
}

/** The sum of all bytes, those of the sum itself taken for blanks. */
function checksumOf(header: Buffer): number {
  const [from, length] = fields.checksum
  return header.reduce((sum, byte, at) => sum + (at >= from && at < from + length ? 0x20 : byte), 0)
}

/** As far as the first zero. */
function textIn(header: Buffer, field: keyof typeof fields): string {
  const [from, length] = fields[field]
  return header.toString('utf8', from, from + length).replace(/\0.*$/s, '')
}

/** Octal, as every tar writes what is not larger than eight gigabytes. */
function numberIn(header: Buffer, field: 'size' | 'checksum'): number {
  const digits = textIn(header, field).trim()
  if (!/^[0-7]+$/.test(digits)) throw new Error('it is damaged')
  return Number.parseInt(digits, 8)
}
