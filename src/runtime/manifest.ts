/** What a run has started, on disk while it runs: so that `edgelab clean` can end exactly that after a crash. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processesOfGroup, statOf } from './process-tree.ts'

interface Identity {
  readonly pid: number
  readonly startTime: number
}

interface Manifest {
  readonly host: Identity
  readonly started: readonly Identity[]
}

const prefix = 'edgelab-'
const fileName = 'started.json'

export interface RunFolder {
  readonly path: string
  /** Notes a process before anything depends on it. */
  note(pid: number): Promise<void>
  remove(): Promise<void>
}

/** Makes the folder of a run. Others may pass through it: NGINX's workers run as nobody when its master is root. */
export async function makeRunFolder(runId: string): Promise<RunFolder> {
  const path = join(tmpdir(), `${prefix}${runId}`)
  await mkdir(path, { recursive: true, mode: 0o755 })
  const host = await identityOf(process.pid)
  const started: Identity[] = []
  const save = (): Promise<void> =>
    writeFile(join(path, fileName), JSON.stringify({ host, started } satisfies Manifest))
  await save()
  return {
    path,
    note: async (pid) => {
      started.push(await identityOf(pid))
      await save()
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

async function identityOf(pid: number): Promise<Identity> {
  return { pid, startTime: (await statOf(pid))?.startTime ?? 0 }
}

async function alive({ pid, startTime }: Identity): Promise<boolean> {
  const stat = await statOf(pid)
  if (stat) return stat.startTime === startTime
  try {
    // Platforms without /proc: the pid is all there is.
    process.kill(pid, 0)
    return startTime === 0
  } catch {
    return false
  }
}

/** Ends what runs left behind whose host process is gone, and removes their folders. Live runs are left alone. */
export async function cleanFolders(): Promise<{ readonly processes: number; readonly folders: number }> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix))
  let processes = 0
  let folders = 0
  for (const name of names) {
    const path = join(tmpdir(), name)
    const manifest = await readFile(join(path, fileName), 'utf8').then(
      (text) => JSON.parse(text) as Manifest,
      () => undefined,
    )
    if (!manifest || (await alive(manifest.host))) continue
    for (const identity of manifest.started) processes += await endGroup(identity)
    await rm(path, { recursive: true, force: true })
    folders += 1
  }
  return { processes, folders }
}

/** Kills a group only while its leader is the process that was noted, or only its children are left. */
async function endGroup(identity: Identity): Promise<number> {
  const members = await processesOfGroup(identity.pid)
  const leaderIsAnother = members.includes(identity.pid) && !(await alive(identity))
  if (members.length === 0 || leaderIsAnother) return 0
  process.kill(-identity.pid, 'SIGKILL')
  return members.length
}
