/** Access logs: line by line, in constant memory. */
import { EdgeLabError } from '../../errors.ts'
import type { Broken, Reading } from '../import.ts'
import { clear, newRecorded } from '../recorded.ts'
import { openSource } from '../source.ts'
import { newTally } from '../tally/tally.ts'
import { detect, type FormatId, formats } from './formats/index.ts'
import type { FieldName } from './formats/json-dialects.ts'
import type { LineReader } from './formats/reading.ts'
import { splitLines } from './lines.ts'

export interface LogOptions {
  /** Told from the first lines where it is left out. */
  readonly format?: FormatId
  /** Names of JSON keys. */
  readonly fields: ReadonlyMap<FieldName, string>
  readonly signal: AbortSignal
  /** After every part that was read: of the file as it lies there; `bytes` is 0 where its length is not known. */
  readonly onProgress: (readBytes: number, bytes: number) => void
}

const detectedFrom = 100
const tooLong = 'longer than 128 KB, which no request line is'
const shownOfEach = 3

/**
 * Rejects with EdgeLabError `recordingUnreadable` where the file cannot be had, `unknownLogFormat` where no format reads
 * any of its first lines, and with the signal’s reason where it was aborted.
 */
export async function readAccessLog(path: string, options: LogOptions): Promise<Reading> {
  const { chunks, bytes, readBytes } = await openSource(path, options.signal)
  const tally = newTally()
  const broken = new Map<string, Broken>()
  const recorded = newRecorded()
  let number = 0
  const breaks = (why: string, line: string): void => {
    const there = broken.get(why) ?? { count: 0, examples: [] }
    broken.set(why, there)
    there.count += 1
    if (there.examples.length < shownOfEach)
      there.examples.push({ place: `line ${number}`, text: Buffer.from(line.slice(0, 400), 'latin1').toString() })
  }
  const count = (read: LineReader, line: string): void => {
    number += 1
    clear(recorded)
    const why = read(line, recorded)
    if (why === undefined) tally.add(recorded)
    else breaks(why, line)
  }

  let format = options.format
  let read = format && formats[format].reader(options.fields)
  const waiting: string[] = []
  const begin = (): LineReader => {
    format ??= detect(waiting, options.fields)
    if (format === undefined) throw new EdgeLabError('unknownLogFormat', { path, first: firstOf(waiting) })
    const reader = formats[format].reader(options.fields)
    read = reader
    for (const line of waiting.splice(0)) count(reader, line)
    return reader
  }
  const lines = splitLines(
    (line) => {
      if (read) return count(read, line)
      waiting.push(line)
      if (waiting.length >= detectedFrom) begin()
    },
    () => {
      number += 1
      breaks(tooLong, '')
    },
  )
  for await (const chunk of chunks) {
    lines.push(chunk)
    options.signal.throwIfAborted()
    options.onProgress(readBytes(), bytes)
  }
  lines.end()
  if (!read && waiting.length > 0) begin()
  const title = format === undefined ? 'no line' : formats[format].title
  return { tally, recording: `an access log (${title})`, broken, notes: [], least: leastFor(tally.requests) }
}

/** One in a hundred requests, and ten where there are many: what hardly anybody asked for is nobody’s business. */
function leastFor(requests: number): number {
  return Math.min(10, Math.ceil(requests / 100))
}

function firstOf(lines: readonly string[]): string {
  const text = Buffer.from((lines[0] ?? '').slice(0, 120), 'latin1').toString()
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '')
}
