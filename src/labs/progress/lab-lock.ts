/** A lab is open in one EdgeLab at a time: two would write one progress and judge one another's files. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { EdgeLabError } from '../../errors.ts'

import type { Name } from '../../policy/policy.ts'
import { type Identity, identityOf, isAlive } from '../../runtime/cleanup/identity.ts'
import { whyUnwritable } from '../../text-file.ts'
import { labHome } from './home.ts'

export interface LabLock {
  /** Carries out what closes the lab, and then lets others in. To be called once. */
  releaseAfter(closing: () => Promise<void>): Promise<void>
}

/** By lock file: labs of this process that are being closed. */
const closingHere = new Map<string, Promise<void>>()

/**
 * Waits where this process is just closing the lab. What a process left that is no more is taken over. Throws
 * EdgeLabError
 * `labOpen` where the lab is open, `stateUnwritable`.
 */
export async function lockLab(lab: Name): Promise<LabLock> {
  const path = labHome(lab).lock
  await closingHere.get(path)
  const own = (await identityOf(process.pid)) ?? { pid: process.pid, startTime: 0 }
  const draft = `${path}.${randomBytes(3).toString('hex')}.${process.pid}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(draft, JSON.stringify(own))
    while (!(await isMade(draft, path))) await removeIfStale(lab, path)
  } catch (cause) {
    if (cause instanceof EdgeLabError) throw cause
    throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
  }
  return {
    releaseAfter: (closing) => {
      const released = closing().finally(() => rm(path, { force: true }))
      // Whoever waits for the end does not need the error: the caller of releaseAfter gets it.
      const ended = released.catch(() => undefined).then(() => void closingHere.delete(path))
      closingHere.set(path, ended)
      return released
    },
  }
}

/** Creating a hard link fails where the name exists, and the linked file is complete from the beginning. */
async function isMade(draft: string, path: string): Promise<boolean> {
  return link(draft, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

async function removeIfStale(lab: Name, path: string): Promise<void> {
  const text = await textOf(path)
  // Released in the meantime.
  if (text === undefined) return
  const holder = holderIn(text)
  if (holder && (await isAlive(holder))) throw new EdgeLabError('labOpen', { lab, pid: holder.pid })
  // Renamed first: of several processes that find it stale only one succeeds. A lock that was taken meanwhile is put
  // back.
  const aside = `${path}.stale.${process.pid}.tmp`
  await rename(path, aside).catch(unlessMissing)
  if ((await textOf(aside)) !== text) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

function holderIn(text: string): Identity | undefined {
  try {
    return JSON.parse(text) as Identity
  } catch {
    return undefined
  }
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    unlessMissing(error)
    return undefined
  })
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
