/** The lab as child processes on loopback: what there is where no container engine answers. */
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { EdgeLabError } from '../../errors.ts'
import { packageRoot } from '../../package-root.ts'
import type { Address } from '../../systems/system.ts'
import { whyUnwritable } from '../../text-file.ts'
import { runVariable } from '../cleanup/leftovers.ts'
import { makeRunFolder, type RunFolder } from '../cleanup/manifest.ts'
import { causeFirst } from '../log-ring.ts'
import { cleanEnvironment } from '../machine/environment.ts'
import { choosePinning, coresShared } from '../machine/pinning.ts'
import { openSupervisor } from '../supervisor.ts'
import type { Part, Place, Running, Runtime, RuntimeOptions } from '../topology.ts'
import { sha256Of } from '../wheels/sha256.ts'
import { findBinary, moduleOf, requireCommand } from './binaries.ts'
import { checkedByProduct, writeFiles } from './configuration.ts'
import { cpuNsOfProcesses, processTable } from './cpu-meter.ts'
import { spawnGroup } from './group.ts'
import { choosePorts, loopback, requireFree } from './ports.ts'
import { untilReady } from './ready.ts'
import { cpuNsOfGroup, memoryOfGroup } from './tree.ts'
import { versionOf } from './version.ts'

const table = processTable()
const startMs = 15_000
/** Programs of ours find what Node compiled of them before, and start in two thirds of the time: where none is measured. */
const compiledBefore = { NODE_COMPILE_CACHE: join(packageRoot, 'dist', 'cache') }
const tailLines = 20

export async function openProcesses({ runId, firstPort, pinned = true, signal }: RuntimeOptions): Promise<Runtime> {
  const folder = await makeRunFolder(runId)
  const ports = choosePorts(firstPort)
  const taskset = findBinary(['taskset'])
  const chosen = pinned ? choosePinning() : coresShared
  const pinning =
    taskset || !chosen.driver
      ? chosen
      : { driver: null, others: null, note: 'taskset is not installed: cores are shared' }
  const supervisor = openSupervisor(signal)

  async function reserve(name: string, at?: Address): Promise<Place> {
    if (at) await requireFree(at)
    const address = at ?? { host: loopback, port: await ports.next() }
    return {
      name,
      address,
      listen: address,
      configDir: join(folder.path, name, 'etc'),
      scratchDir: join(folder.path, name, 'run'),
    }
  }

  return {
    kind: 'processes',
    pinning,
    reserve,
    alongside: async () => {
      const address = { host: loopback, port: await ports.next() }
      return { address, listen: address }
    },
    moduleOf,
    start: (part) => {
      const cores = part.role === 'driver' ? pinning.driver : pinning.others
      const prefix = taskset && cores ? [taskset, '--cpu-list', cores.join(',')] : []
      const env = { ...cleanEnvironment(), ...(pinned ? {} : compiledBefore), [runVariable]: runId }
      return supervisor.start((ended) => startProcess(part, { prefix, folder, runId, env, ended }))
    },
    close: async () => {
      await supervisor.end()
      ports.release()
      await folder.remove()
    },
  }
}

interface ProcessLab {
  /** What pins it to its cores. */
  readonly prefix: readonly string[]
  readonly folder: RunFolder
  readonly runId: string
  readonly env: NodeJS.ProcessEnv
  readonly ended: AbortSignal
}

/** `before`: of an earlier start of the same product, which need not be asked again what it accepted and is. */
async function startProcess(
  part: Part,
  lab: ProcessLab,
  before?: { readonly files: Part['files']; readonly version: string | null },
): Promise<Running> {
  const { place, launch } = part
  const { prefix, folder, runId, env, ended } = lab
  const command = requireCommand(launch)
  await writeFiles(part).catch((cause) => {
    throw new EdgeLabError('temporaryFolder', { path: place.configDir, why: whyUnwritable(cause) }, { cause })
  })
  if (!isDeepStrictEqual(part.files, before?.files)) await checkedByProduct(part, command, runId)
  await requireFree(place.listen)
  ended.throwIfAborted()
  const site = { ...place, origins: {} }
  const [file, ...args] = [...prefix, ...command, ...launch.args(site)] as [string, ...string[]]
  const child = spawnGroup(file, args, { ...env, ...launch.environment?.(site) })
  try {
    await folder.note(child.pids())
    const url = `http://${place.listen.host}:${place.listen.port}`
    const deadline = performance.now() + startMs
    const ready = await untilReady(
      url + launch.readyPath,
      () => child.ended() !== undefined || ended.aborted || performance.now() > deadline,
    )
    if (!ready) {
      const why = child.ended() ?? `nothing answered at ${launch.readyPath} within ${startMs / 1000} s`
      await child.end()
      ended.throwIfAborted()
      throw new EdgeLabError(
        'startFailed',
        { name: place.name, why },
        { logTail: causeFirst(child.logTail(tailLines), launch.errorLine) },
      )
    }
    // Its children too: should it be killed alone, they are still known.
    await folder.note(await table.processesOf(child.group))
    const version = before ? before.version : await versionOf(launch, command[0])
    return {
      place,
      controlUrl: part.published ? url : null,
      version,
      imageDigest: null,
      ranAs: command.join(' '),
      binarySha256: launch.executable.kind === 'binary' ? await sha256Of(command[0]) : null,
      cpuNs: () => cpuNsOfGroup(child.group),
      openCpuMeter: async () => {
        const pids = await table.processesOf(child.group)
        return async () => cpuNsOfProcesses(pids)
      },
      memoryBytes: () => memoryOfGroup(child.group),
      ended: async () => child.ended(),
      logTail: async (lines = tailLines) => child.logTail(lines),
      restart: async (files) => {
        await child.end()
        ended.throwIfAborted()
        return startProcess({ ...part, files }, lab, { files: part.files, version })
      },
      stop: child.end,
    }
  } catch (error) {
    await child.end()
    throw error
  }
}
