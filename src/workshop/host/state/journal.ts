/**
 * An append-only file of JSON lines. What is appended is on the disk when the promise resolves; what comes while the
 * disk is busy goes into the next write together (group commit), so that a room's burst costs a few flushes.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises'
import type { z } from 'zod'

export interface Journal<Entry> {
  /** Rejects with the system's error; the entry is then not in the file. */
  append(entry: Entry): Promise<void>
  /** After what was appended before. */
  close(): Promise<void>
}

/** A line in the middle that is no entry. A line that was cut by the end of the machine is no damage: it is dropped. */
export class DamagedJournal extends Error {
  override readonly name = 'DamagedJournal'
}

type Kept<Schema extends z.ZodType> = (entry: z.output<Schema>, bytes: number) => void

/**
 * Calls `kept` for each entry in the file's order, with its size in bytes; none where there is no file. Resolves with
 * the length of what is whole, and that of the file. Rejects with DamagedJournal and the system's errors.
 */
export async function readJournal<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  kept: Kept<Schema>,
): Promise<{ readonly whole: number; readonly length: number }> {
  const text = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  const whole = readLines(text, (line, number, isLast) => {
    const entry = parsed(schema, line)
    if (entry === undefined && isLast) return false
    if (entry === undefined) throw new DamagedJournal(`line ${number} is no entry of a journal`)
    kept(entry, Buffer.byteLength(line) + 1)
    return true
  })
  return { whole, length: text.length }
}

/**
 * As `readJournal`, and goes on behind the last whole entry. `kept` is called for those that reach the disk from now on,
 * too, before `append` resolves.
 */
export async function openJournal<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  kept: Kept<Schema>,
): Promise<Journal<z.output<Schema>>> {
  const { whole, length } = await readJournal(path, schema, kept)
  const file = await open(path, 'a', 0o600)
  if (whole < length) await file.truncate(whole)
  return appendTo(file, whole, kept)
}

/** Returns how many bytes of whole lines were taken. */
function readLines(text: Buffer, take: (line: string, number: number, isLast: boolean) => boolean): number {
  let start = 0
  for (let number = 1; ; number += 1) {
    const end = text.indexOf(0x0a, start)
    if (end < 0 || !take(text.toString('utf8', start, end), number, end === text.length - 1)) return start
    start = end + 1
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, line: string): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

interface Waiting<Entry> {
  readonly entry: Entry
  readonly line: Buffer
  readonly written: () => void
  readonly failed: (error: unknown) => void
}

function appendTo<Entry>(
  file: FileHandle,
  startLength: number,
  kept: (entry: Entry, bytes: number) => void,
): Journal<Entry> {
  let length = startLength
  let waiting: Waiting<Entry>[] = []
  let writing: Promise<void> | undefined
  /** Set where a write failed and could not be taken back: behind a torn line nothing can be appended. */
  let broken: unknown

  const writeAll = async (): Promise<void> => {
    // What is appended in the same turn goes along.
    await Promise.resolve()
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        if (broken) throw broken
        await write(Buffer.concat(batch.map(({ line }) => line)))
      } catch (error) {
        for (const { failed } of batch) failed(error)
        continue
      }
      for (const { entry, line, written } of batch) {
        kept(entry, line.length)
        written()
      }
    }
    writing = undefined
  }

  const write = async (lines: Buffer): Promise<void> => {
    try {
      await file.writeFile(lines)
      await file.datasync()
      length += lines.length
    } catch (error) {
      await file.truncate(length).catch((cause) => {
        broken = cause
      })
      throw error
    }
  }

  return {
    append: (entry) =>
      new Promise((resolve, reject) => {
        const line = Buffer.from(`${JSON.stringify(entry)}\n`)
        waiting.push({ entry, line, written: resolve, failed: reject })
        writing ??= writeAll()
      }),
    close: async () => {
      await writing
      await file.close()
    },
  }
}
