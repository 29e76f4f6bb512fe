/** Run records on disk: reports/<run>/run.json, replaced atomically. */
import { rmdirSync } from 'node:fs'
import { lstat, mkdir, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import { whyUnwritable } from '../../text-file.ts'
import type { RunRecord, ScenarioRecord } from '../run-record.ts'
import { checkRecord } from '../schema/record.ts'
import { readRun, runFileName } from './run-file.ts'
import { replaceWhole, writeThrough } from './whole-file.ts'

function unwritable(path: string, cause: unknown): EdgeLabError {
  return new EdgeLabError('reportsUnwritable', { path, why: whyUnwritable(cause) }, { cause })
}

/**
 * Makes the folder and really writes to it, before anything is started. Resolves with what takes back the folders that
 * were made, as far as they are empty: for a run that came to nothing. Throws EdgeLabError `reportsUnwritable`.
 */
export async function ensureWritable(folder: string): Promise<() => void> {
  const trial = join(folder, '.writable.tmp')
  const made = await mkdir(folder, { recursive: true }).catch((cause) => {
    throw unwritable(folder, cause)
  })
  try {
    await writeThrough(trial, 'x'.repeat(1024 * 1024))
    await unlink(trial)
  } catch (cause) {
    await rm(trial, { force: true })
    // A folder that was made for a run that cannot be is not left behind.
    if (made) await rm(made, { recursive: true, force: true })
    throw unwritable(folder, cause)
  }
  return () => removeEmpty(folder, made)
}

/** Whether a run lies in a folder, readable or not. */
export function holdsRun(folder: string): Promise<boolean> {
  return lstat(join(folder, runFileName)).then(
    () => true,
    () => false,
  )
}

/** From a folder up to the first one that was made; at once, so that it can be the last that a process does. */
function removeEmpty(folder: string, made: string | undefined): void {
  if (made === undefined || relative(made, folder).startsWith('..')) return
  try {
    rmdirSync(folder)
  } catch {
    // Something lies in it: it stays, and so do those above it.
    return
  }
  removeEmpty(dirname(folder), made)
}

/**
 * One line for each field of the head, each subject and each round, slice or step: small, and still comparable line by
 * line. What is read and written again has the same bytes, because the order of keys is that of the record itself.
 */
export function recordText(record: RunRecord): string {
  const object = (of: object, text: (value: unknown, key: string) => string): string =>
    `{${Object.entries(of)
      .map(([key, value]) => `${JSON.stringify(key)}:${text(value, key)}`)
      .join(',\n')}}`
  const list = (items: readonly string[]): string => `[\n${items.join(',\n')}\n]`
  const lines = (value: unknown): string =>
    Array.isArray(value) ? list(value.map((item) => JSON.stringify(item))) : JSON.stringify(value)
  const each = record.scenarios.map((scenario) =>
    object(scenario, (value, key) => (measuredInParts.has(key) ? object(value as object, lines) : lines(value))),
  )
  return `${object(record, (value, key) => (key === 'scenarios' ? list(each) : JSON.stringify(value)))}\n`
}

/** Fields of a scenario’s record that hold lists of their own. */
const measuredInParts: ReadonlySet<string> = new Set<keyof ScenarioRecord>(['slices', 'capacity'])

/** Readers see the old record or the new one. Throws EdgeLabError `reportsUnwritable`. */
export async function saveRecord(folder: string, record: RunRecord): Promise<string> {
  const path = join(folder, runFileName)
  try {
    await replaceWhole(path, recordText(record))
    return path
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

/** By the record's file or its folder. Throws EdgeLabError `unknownRun` and `unreadableRecord`. */
export function loadRecord(fileOrFolder: string): Promise<RunRecord> {
  return readRun(fileOrFolder, checkRecord)
}

/**
 * Deletes a run with all that lies beside its record; a folder without a record is left alone. Throws EdgeLabError
 * `unknownRun`, and `reportsUnwritable` where it cannot be deleted.
 */
export async function deleteRun(folder: string): Promise<void> {
  const path = join(folder, runFileName)
  const isRun = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  if (!isRun) throw new EdgeLabError('unknownRun', { path })
  await rm(folder, { recursive: true }).catch((cause) => {
    throw unwritable(folder, cause)
  })
}
