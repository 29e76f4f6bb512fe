/** One process at a time, by a file that names it. What a process left that is no more is taken over. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Identity, identityOf, isAlive } from './identity.ts'

/** `null`: this process holds the lock until `unlock`. Otherwise who holds it. Rejects with the system's error. */
export async function lockFile(path: string): Promise<Identity | null> {
  const own = (await identityOf(process.pid)) ?? { pid: process.pid, startTime: 0 }
  const draft = `${path}.${randomBytes(3).toString('hex')}.${process.pid}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(draft, JSON.stringify(own))
    while (!(await isMade(draft, path))) {
      const holder = await liveHolder(path)
      if (holder) return holder
    }
    return null
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

/** Only by the process that holds it. */
export async function unlock(path: string): Promise<void> {
  await rm(path, { force: true })
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

/** undefined where the lock is free now: released in the meantime, or stale and removed. */
async function liveHolder(path: string): Promise<Identity | undefined> {
  const text = await textOf(path)
  if (text === undefined) return undefined
  const holder = holderIn(text)
  if (holder && (await isAlive(holder))) return holder
  // Renamed first: of several processes that find it stale only one succeeds. A lock that was taken meanwhile is put
  // back.
  const aside = `${path}.stale.${process.pid}.tmp`
  await rename(path, aside).catch(unlessMissing)
  if ((await textOf(aside)) !== text) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
  return undefined
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
