/** The file of a run: reports/<run>/run.json. */
import { lstat, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { EdgeLabError } from '../../errors.ts'
import { inspect, mistakeLine } from '../../mistakes/inspect.ts'
import { readPlainText, type UnreadableFile } from '../../text-file.ts'
import { recordFormatVersion } from '../run-record.ts'

export const runFileName = 'run.json'

/**
 * Read by the file or its folder; `check` gives what it is, or what is wrong with it in words. Throws EdgeLabError
 * `unknownRun` and `unreadableRecord`.
 */
export async function readRun<Run extends object>(
  fileOrFolder: string,
  check: (value: unknown) => Run | string,
): Promise<Run> {
  const isFolder = await stat(fileOrFolder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const path = isFolder && basename(fileOrFolder) !== runFileName ? join(fileOrFolder, runFileName) : fileOrFolder
  const text = await readPlainText(path).catch(async (cause: UnreadableFile) => {
    if (cause.isMissing && (await leadsNowhere(path))) {
      throw new EdgeLabError('unreadableRecord', { path, why: 'it is a link to what is not there' }, { cause })
    }
    // A file where the run's folder should be is as little a run as nothing at all.
    if (cause.isMissing) throw new EdgeLabError('unknownRun', { path }, { cause })
    throw new EdgeLabError('unreadableRecord', { path, why: cause.message }, { cause })
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new EdgeLabError('unreadableRecord', { path, why: 'it is not JSON, or cut' }, { cause })
  }
  const run = check(value)
  if (typeof run === 'string') throw new EdgeLabError('unreadableRecord', { path, why: run })
  return run
}

/** Of a path where nothing is found: whether a link stands there. */
export function leadsNowhere(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  )
}

/** The value, or what is wrong with it in words. */
export function validate<Run extends object>(schema: z.ZodType<Run>, value: unknown): Run | string {
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion
  if (typeof version === 'number' && version > recordFormatVersion) {
    return `it has format version ${version}; this EdgeLab reads up to ${recordFormatVersion}`
  }
  const { mistakes } = inspect(schema, value)
  // The value as it was read, not zod's copy of it, which has its own order of keys: reports are the same byte for byte.
  return mistakes ? mistakeLine(mistakes[0]!, 'the document') : (value as Run)
}
