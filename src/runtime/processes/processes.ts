/** The lab as child processes on loopback: what there is where no container engine answers. */
import { join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import type { Address } from '../../systems/system.ts'
import { whyUnwritable } from '../../text-file.ts'
import { runVariable } from '../cleanup/leftovers.ts'
import { makeRunFolder, type RunFolder } from '../cleanup/manifest.ts'
import { causeFirst } from '../log-ring.ts'
import { cleanEnvironment } from '../machine/environment.ts'
import { choosePinning } from '../machine/pinning.ts'
import { openSupervisor } from '../supervisor.ts'
import type { Part, Place, Running, Runtime, RuntimeOptions } from '../topology.ts'
import { sha256Of } from '../wheels/sha256.ts'
import { findBinary, moduleOf, requireCommand } from './binaries.ts'
import { checkedByProduct, writeFiles } from './configuration.ts'
import { cpuNsOfProcesses, processTable } from './cpu-meter.ts'
import { spawnGroup } from './group.ts'
import { choosePorts, loopback, requireFree } from './ports.ts'
import { untilReady } from './ready.ts'
import { cpuNsOfGroup, memoryOfGroup, processesOfGroup } from './tree.ts'
import { versionOf } from './version.ts'

const table = processTable()
const startMs = 15_000
const tailLines = 20

export async function openProcesses({ runId, firstPort, signal }: RuntimeOptions): Promise<Runtime> {
  const folder = await makeRunFolder(runId)
  const ports = choosePorts(firstPort)
  const taskset = findBinary(['taskset'])
  const chosen = choosePinning()
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
      return supervisor.start((ended) => startProcess(part, prefix, folder, runId, ended))
    },
    close: async () => {
      await supervisor.end()
      ports.release()
      await folder.remove()
    },
  }
}

async function startProcess(
  part: Part,
  prefix: readonly string[],
  folder: RunFolder,
  runId: string,
  ended: AbortSignal,
): Promise<Running> {
  const { place, launch } = part
  const command = requireCommand(launch)
  await writeFiles(part).catch((cause) => {
    throw new EdgeLabError('temporaryFolder', { path: place.configDir, why: whyUnwritable(cause) }, { cause })
  })
  await checkedByProduct(part, command, runId)
  await requireFree(place.listen)
  ended.throwIfAborted()
  const site = { ...place, origins: {} }
  const [file, ...args] = [...prefix, ...command, ...launch.args(site)] as [string, ...string[]]
  const child = spawnGroup(file, args, { ...cleanEnvironment(), ...launch.environment?.(site), [runVariable]: runId })
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
    await folder.note(await processesOfGroup(child.group))
    return {
      place,
      controlUrl: part.published ? url : null,
      version: await versionOf(launch, command[0]),
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
      stop: child.end,
    }
  } catch (error) {
    await child.end()
    throw error
  }
}
