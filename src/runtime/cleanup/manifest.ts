/** What a run has started, on disk while it runs: so that `edgelab clean` can end exactly that after a crash. */
import type { Stats } from 'node:fs'
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import { whyUnwritable } from '../../text-file.ts'
import { type Identity, identityOf, isAlive } from './identity.ts'
import { endLeftovers } from './leftovers.ts'

interface Manifest {
  readonly host: Identity
  readonly started: readonly Identity[]
}

const prefix = 'edgelab-'
const fileName = 'run.json'

/**
 * What cannot be in the path of a system's files: NGINX has no way to write `$` in some places, reads `*?[` in the path
 * of an include as a pattern, which then finds nothing, and Lua's search path knows no way to write `;` and `?`.
 * Learners put the path between quotes in files of their own.
 */
const readByProducts = /[$*?[\];"'\u0000-\u001f\u007f]/

export interface RunFolder {
  readonly path: string
  /** Notes processes before anything depends on them. */
  note(pids: readonly number[]): Promise<void>
  remove(): Promise<void>
}

/**
 * Makes the folder of a run; throws EdgeLabError `temporaryFolder`. Others may pass through it: NGINX's workers run as
 * nobody when its master is root.
 */
export async function makeRunFolder(runId: string): Promise<RunFolder> {
  // NGINX takes a relative path from a folder of its own.
  const home = resolve(tmpdir())
  const odd = readByProducts.exec(home)?.[0]
  if (odd !== undefined) {
    const why = `its path has ${JSON.stringify(odd)} in it, which a system would read as something else`
    throw new EdgeLabError('temporaryFolder', { path: home, why })
  }
  const path = join(home, `${prefix}${runId}`)
  // Not `recursive`: a folder of this name that exists already must not be used.
  await mkdir(path, { mode: 0o755 }).catch((cause) => {
    throw new EdgeLabError('temporaryFolder', { path: home, why: whyUnwritable(cause) }, { cause })
  })
  const host = (await identityOf(process.pid)) ?? { pid: process.pid, startTime: 0 }
  const started: Identity[] = []
  let saved = Promise.resolve()
  const save = (): Promise<void> => {
    // Written one after another and atomically: it is read after this process has been killed.
    saved = saved.then(async () => {
      const draft = join(path, `${fileName}.new`)
      await writeFile(draft, JSON.stringify({ host, started } satisfies Manifest))
      await rename(draft, join(path, fileName))
    })
    return saved
  }
  await save()
  return {
    path,
    note: async (pids) => {
      const known = await Promise.all(pids.map(identityOf))
      started.push(...known.filter((identity) => identity !== null))
      await save()
    },
    remove: () => removeFolder(path),
  }
}

/** Ends what runs left behind whose host process is gone, and removes their folders. Live runs are left alone. */
export async function cleanFolders(): Promise<{ readonly processes: number; readonly folders: number }> {
  const names = (await readdir(tmpdir()).catch(() => [])).filter((name) => name.startsWith(prefix))
  let processes = 0
  let folders = 0
  for (const name of names) {
    const path = join(tmpdir(), name)
    const manifest = await readManifest(path)
    if (manifest ? await isAlive(manifest.host) : !(await isBare(path))) continue
    processes += await endRun(name.slice(prefix.length), manifest?.started ?? [])
    folders += 1
  }
  return { processes, folders }
}

/** The same for one run, whose host is known to be gone. Resolves with the number of processes and folders. */
export async function cleanFolder(runId: string, host: Identity): Promise<number> {
  const path = join(tmpdir(), `${prefix}${runId}`)
  const manifest = await readManifest(path)
  if (!manifest) return endLeftovers(runId, [])
  const its = manifest.host.pid === host.pid && manifest.host.startTime === host.startTime
  return its ? 1 + (await endRun(runId, manifest.started)) : 0
}

async function endRun(runId: string, started: readonly Identity[]): Promise<number> {
  const processes = await endLeftovers(runId, started)
  await removeFolder(join(tmpdir(), `${prefix}${runId}`))
  return processes
}

/** The manifest is removed last: if this is interrupted, the rest can still be recognized as a run's. */
async function removeFolder(path: string): Promise<void> {
  const names = (await readdir(path).catch(() => [])).filter((name) => name !== fileName)
  await Promise.all(names.map((name) => rm(join(path, name), { recursive: true, force: true })))
  await rm(path, { recursive: true, force: true })
}

/** Nobody who makes or removes a folder takes this long between its manifest and itself. */
const bareMs = 60_000

/** A folder of a run that was killed before it had a manifest, or after: nothing else is in it. */
async function isBare(folder: string): Promise<boolean> {
  const stat = await ownFolder(folder)
  if (!stat || stat.mtimeMs > Date.now() - bareMs) return false
  return (await readdir(folder).catch(() => [''])).every((name) => name === `${fileName}.new`)
}

/** Only from a folder of this user's own: everybody may put one into the temporary folder. */
async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    if (!(await ownFolder(folder))) return undefined
    const read: unknown = JSON.parse(await readFile(join(folder, fileName), 'utf8'))
    return isManifest(read) ? read : undefined
  } catch {
    return undefined
  }
}

async function ownFolder(path: string): Promise<Stats | undefined> {
  const stat = await lstat(path).catch(() => undefined)
  return stat?.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid) ? stat : undefined
}

/**
 * A run record has the same name, and people put theirs here too (`--out /tmp/edgelab-results`): it is not ours to
 * remove.
 */
function isManifest(read: unknown): read is Manifest {
  const { host, started } = (read ?? {}) as Partial<Manifest>
  return typeof host?.pid === 'number' && typeof host.startTime === 'number' && Array.isArray(started)
}
