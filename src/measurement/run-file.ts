/** The file of a run: reports/<run>/run.json. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { LabError } from '../errors.ts'
import { recordFormatVersion } from './run-record.ts'

export const runFileName = 'run.json'

/**
 * Read by the file or its folder; `check` gives what it is, or what is wrong with it in words. Throws LabError
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
  const path = isFolder ? join(fileOrFolder, runFileName) : fileOrFolder
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    // A file where the run's folder should be is as little a run as nothing at all.
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') throw new LabError('unknownRun', { path }, { cause })
    throw new LabError('unreadableRecord', { path, why: cause.message }, { cause })
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new LabError('unreadableRecord', { path, why: 'it is not JSON, or cut' }, { cause })
  }
  const run = check(value)
  if (typeof run === 'string') throw new LabError('unreadableRecord', { path, why: run })
  return run
}

/** The value, or what is wrong with it in words. */
export function heldAgainst<Run extends object>(schema: z.ZodType<Run>, value: unknown): Run | string {
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion
  if (typeof version === 'number' && version > recordFormatVersion) {
    return `it has format version ${version}; this EdgeLab reads up to ${recordFormatVersion}`
  }
  const checked = schema.safeParse(value)
  // The value as it was read, not zod's copy of it, which has its own order of keys: reports are the same byte for byte.
  if (checked.success) return value as Run
  const [issue] = checked.error.issues
  return `${issue?.path.join('.') || 'the document'}: ${issue?.message}`
}
