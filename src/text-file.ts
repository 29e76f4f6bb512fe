/** Text files, whoever wrote them and with whatever editor: read in one way; and why a file cannot be had, in words. */
import { readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'

/** A file whose text cannot be had. The message says why, as a clause: `it is a folder`. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  /** The system's code where it refused (`ENOENT`); empty where the bytes are no text. */
  readonly code: string

  constructor(why: string, code: string, cause?: unknown) {
    super(why, { cause })
    this.code = code
  }

  /** Nothing is there: no file of this name, or a part of the path is no folder. */
  get isMissing(): boolean {
    return this.code === 'ENOENT' || this.code === 'ENOTDIR'
  }
}

/** UTF-8 without its byte order mark, lines ending in LF. Rejects with UnreadableFile. */
export async function readText(path: string): Promise<string> {
  return decodeText(await readFile(path).catch(refused))
}

/** The same, at once. Throws UnreadableFile. */
export function readTextSync(path: string): string {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    refused(cause)
  }
  return decodeText(bytes)
}

/** As `readText`, for files found in a folder: a pipe or device among them would be waited for without end. */
export async function readPlainText(path: string): Promise<string> {
  const found = await stat(path).catch(refused)
  if (!found.isFile() && !found.isDirectory()) throw new UnreadableFile('it is no file, but a pipe or device', '')
  return readText(path)
}

/** Throws UnreadableFile where the bytes are no UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const foreign = foreignEncoding(bytes)
  if (foreign) throw new UnreadableFile(`it is ${foreign}, and only UTF-8 is read: save it as UTF-8`, '')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    // The decoder takes the byte order mark away.
    return decoder.decode(bytes).replaceAll('\r\n', '\n')
  } catch (cause) {
    const why = `it is not UTF-8: line ${lineThatIsNot(bytes)} has bytes of another encoding; save it as UTF-8`
    throw new UnreadableFile(why, '', cause)
  }
}

/**
 * By the byte order mark; without one, by the zero that is half of a first character below U+0100 (YAML 1.2.2, §5.2
 * tells them apart alike). The mark of UTF-32 begins like that of UTF-16.
 */
function foreignEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0)) return 'UTF-32'
  if (a === 0xff && b === 0xfe) return 'UTF-16, little-endian'
  if (a === 0xfe && b === 0xff) return 'UTF-16, big-endian'
  if (b === 0) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16, little-endian'
  return a === 0 && bytes.length > 1 ? 'UTF-16, big-endian' : undefined
}

/** From 1. A line feed is never a part of another character in UTF-8, so that lines can be tried one by one. */
function lineThatIsNot(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start)
    const row = bytes.subarray(start, end === -1 ? bytes.length : end)
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(row)
    } catch {
      return line
    }
    start += row.length + 1
  }
  return line
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ELOOP: 'it is a link that leads in a circle',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk reports an error',
}

/** Why a file or folder could not be read, for people. */
export function whyUnreadable(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  return unreadable[code ?? ''] ?? message
}

const unwritable: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the quota is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EFBIG: 'a file of this size is not allowed',
  EEXIST: 'a file of that name is in the way',
}

/** Why a file or folder could not be written, for people. */
export function whyUnwritable(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  return unwritable[code ?? ''] ?? message
}

/**
 * Why what is there cannot give way to a file that is written beside it and renamed, as a clause: a device would be gone.
 * Empty where a file is there, or nothing.
 */
export async function whyNotReplaced(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found || found.isFile()) return ''
  return found.isDirectory() ? 'it is a folder' : 'it is no file, but a pipe or device'
}

function refused(cause: unknown): never {
  throw new UnreadableFile(whyUnreadable(cause), (cause as NodeJS.ErrnoException).code ?? '', cause)
}
