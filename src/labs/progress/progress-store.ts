/**
 * Progress on disk: `<home>/labs/<id>/progress.json`, written whole after every action. A file that cannot be read is
 * moved aside and reported; it never keeps a learner from continuing.
 */
import { rename } from 'node:fs/promises'
import { EdgeLabError } from '../../errors.ts'
import { replaceWhole } from '../../measurement/store/whole-file.ts'
import { inspect, mistakeLine } from '../../mistakes/inspect.ts'
import type { Name } from '../../policy/policy.ts'
import { readText, type UnreadableFile, whyUnwritable } from '../../text-file.ts'
import type { Lab } from '../file/lab.ts'
import { labHome } from './home.ts'
import { lockLab } from './lab-lock.ts'
import { freshStep, type Progress, progressFormatVersion } from './progress.ts'
import { progressSchema } from './progress-schema.ts'
import { upgradeProgress } from './progress-upgrade.ts'

export interface Loaded {
  /** null: not begun, or damaged. */
  readonly progress: Progress | null
  /** What became of a damaged file, as a sentence; empty otherwise. */
  readonly note: string
}

/** Reads only. `damaged` says why an existing file is no valid progress; empty otherwise. */
export async function readProgress(
  lab: Name,
): Promise<{ readonly progress: Progress | null; readonly damaged: string }> {
  let text: string
  try {
    text = await readText(labHome(lab).progress)
  } catch (cause) {
    const { isMissing, message } = cause as UnreadableFile
    // Where a part of the path is missing or no folder, there was never a progress.
    return { progress: null, damaged: isMissing ? '' : message }
  }
  const progress = parsed(text, lab)
  return typeof progress === 'string' ? { progress: null, damaged: progress } : { progress, damaged: '' }
}

/**
 * As `readProgress`; a damaged file is renamed to `progress.json.damaged-<time>`. Throws EdgeLabError
 * `stateUnwritable`.
 */
export async function loadProgress(lab: Name, now: Date): Promise<Loaded> {
  const { progress, damaged } = await readProgress(lab)
  if (damaged === '') return { progress, note: '' }
  const path = labHome(lab).progress
  const aside = `${path}.damaged-${now.toISOString().replaceAll(':', '')}`
  await rename(path, aside).catch((cause) => {
    throw new EdgeLabError('stateUnwritable', { path: aside, why: whyUnwritable(cause) }, { cause })
  })
  return { progress: null, note: `Your progress could not be read (${damaged}). It was set aside as ${aside}.` }
}

/** Replaces the file atomically. Throws EdgeLabError `stateUnwritable`. */
export async function saveProgress(progress: Progress): Promise<void> {
  const path = labHome(progress.lab).progress
  try {
    await replaceWhole(path, `${JSON.stringify(progress, withoutNaN, 1)}\n`)
  } catch (cause) {
    throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  }
}

/** JSON has no NaN. A figure that no answer gave is left out, so that the file can be read again. */
function withoutNaN(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value
}

/**
 * Everything of a learner in a lab, progress and files, put aside whole, so that the lab begins anew; resolves with
 * where it is now, null where there was nothing. Throws EdgeLabError `labOpen`, `stateUnwritable`.
 */
export async function setAside(lab: Name, now: Date): Promise<string | null> {
  const { folder } = labHome(lab)
  const aside = `${folder}.${now.toISOString().replaceAll(':', '')}`
  const lock = await lockLab(lab)
  let isMoved = true
  await lock.releaseAfter(async () => {
    await rename(folder, aside).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT')
        throw new EdgeLabError('stateUnwritable', { path: aside, why: whyUnwritable(cause) }, { cause })
      isMoved = false
    })
  })
  return isMoved ? aside : null
}

/** A lab just begun, at its first step. */
export function beginProgress({ id, steps }: Lab, now: Date, seed: number): Progress {
  const at = steps[0]!.id
  return {
    formatVersion: progressFormatVersion,
    lab: id,
    startedAt: now.toISOString(),
    at,
    seed,
    steps: { [at]: freshStep },
  }
}

/**
 * The progress in a lab whose steps may have changed since: what was done in steps that are still there is kept, and
 * where the step at hand is gone, the first unfinished one is next.
 */
export function fitProgress({ steps }: Lab, progress: Progress): Progress {
  if (steps.some(({ id }) => id === progress.at)) return progress
  const open = steps.find(({ id }) => !progress.steps[id]?.done) ?? steps.at(-1)!
  return { ...progress, at: open.id }
}

function parsed(text: string, lab: Name): Progress | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'it is not JSON, or cut'
  }
  const read = inspect(progressSchema, upgradeProgress(value))
  if (read.mistakes) return mistakeLine(read.mistakes[0]!, 'the file')
  return read.data.lab === lab ? read.data : `it belongs to the lab “${read.data.lab}”`
}
