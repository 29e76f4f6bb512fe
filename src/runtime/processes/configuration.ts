/** Native configuration on this machine: written where its site says, and checked by the product itself. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EdgeLabError } from '../../errors.ts'
import type { Address, Launch, NativeFile, Site } from '../../systems/system.ts'
import { runVariable } from '../cleanup/leftovers.ts'
import { causeFirst } from '../log-ring.ts'
import { cleanEnvironment } from '../machine/environment.ts'
import type { Part } from '../topology.ts'
import { moduleOf, requireCommand } from './binaries.ts'
import { loopback } from './ports.ts'

const run = promisify(execFile)
const checkMs = 15_000

/** In place of what an earlier start left there. */
export async function writeFiles({ place, files }: Pick<Part, 'place' | 'files'>): Promise<void> {
  // What an earlier start at this place left: NGINX would answer from the cache that it finds there.
  for (const left of [place.configDir, place.scratchDir]) await rm(left, { recursive: true, force: true })
  await mkdir(place.configDir, { recursive: true })
  await mkdir(place.scratchDir, { recursive: true })
  // NGINX's workers run as nobody when its master is root, and write caches and temporary files here.
  await chmod(place.scratchDir, 0o1777)
  for (const { path, text } of files) {
    const target = join(place.configDir, path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, text)
  }
}

/** The product's own check of its configuration. Throws EdgeLabError `startFailed` with what it said. */
export async function checkedByProduct(
  { place, launch }: Pick<Part, 'place' | 'launch'>,
  [file, ...leading]: readonly [string, ...string[]],
  runId: string,
): Promise<void> {
  const site = { ...place, origins: {} }
  const args = launch.validate?.(site)
  if (!args) return
  await run(file, [...leading, ...args], {
    timeout: checkMs,
    env: { ...cleanEnvironment(), ...launch.environment?.(site), [runVariable]: runId },
  }).catch((cause: { stderr?: string; stdout?: string }) => {
    const logTail = causeFirst(`${cause.stdout ?? ''}${cause.stderr ?? ''}`, launch.errorLine)
    throw new EdgeLabError(
      'startFailed',
      { name: place.name, why: 'its own check refused the configuration' },
      { cause, logTail },
    )
  })
}

/**
 * Writes what `compile` makes of a site to a temporary folder and has the product check it. Nothing listens and no origin
 * is there; `origins` must be addresses, as products look names up. Gives the command that was asked; null where the product
 * has no check. Throws EdgeLabError `startFailed` where it is refused, `binaryMissing` where the product is not here.
 */
export async function checkConfiguration(
  launch: Launch,
  origins: Readonly<Record<string, readonly Address[]>>,
  compile: (site: Site) => readonly NativeFile[],
): Promise<string | null> {
  if (!launch.validate) return null
  const command = requireCommand(launch)
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-check-'))
  const address = { host: loopback, port: 8080 }
  const [configDir, scratchDir] = [join(folder, 'etc'), join(folder, 'run')]
  const place = { name: launch.image.name, address, listen: address, configDir, scratchDir }
  const module = moduleOf(launch)
  try {
    // Some products check as the user that their workers run as.
    await chmod(folder, 0o755)
    const files = compile({ listen: address, origins, configDir, scratchDir, ...(module && { module }) })
    await writeFiles({ place, files })
    await checkedByProduct({ place, launch }, command, place.name)
    const args = launch.validate({ ...place, origins })
    return [...command, ...args].join(' ').replaceAll(`${configDir}/`, '')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
