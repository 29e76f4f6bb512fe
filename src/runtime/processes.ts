/** The lab as child processes on loopback: what there is where no container engine answers. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { LabError } from '../errors.ts'
import type { Launch } from '../systems/system.ts'
import { commandOf, findBinary } from './binaries.ts'
import { openLogRing } from './log-ring.ts'
import { makeRunFolder, type RunFolder } from './manifest.ts'
import { choosePinning } from './pinning.ts'
import { loopback, portChooser, requireFree } from './ports.ts'
import { cpuNsOfGroup, memoryOfGroup } from './process-tree.ts'
import { untilReady } from './ready.ts'
import type { Part, Place, Running, Runtime, RuntimeOptions } from './topology.ts'

const run = promisify(execFile)
const startMs = 15_000
const stopMs = 3000

export async function openProcesses({ runId, firstPort, signal }: RuntimeOptions): Promise<Runtime> {
  const folder = await makeRunFolder(runId)
  const nextPort = portChooser(firstPort)
  const taskset = findBinary(['taskset'])
  const chosen = choosePinning()
  const pinning =
    taskset || !chosen.driver
      ? chosen
      : { driver: null, others: null, note: 'taskset is not installed: cores are shared' }
  const running = new Set<Running>()

  async function reserve(name: string): Promise<Place> {
    const address = { host: loopback, port: await nextPort() }
    return {
      name,
      address,
      listen: address,
      configDir: join(folder.path, name, 'etc'),
      scratchDir: join(folder.path, name, 'run'),
    }
  }

  async function start(part: Part): Promise<Running> {
    signal.throwIfAborted()
    const cores = part.role === 'driver' ? pinning.driver : pinning.others
    const prefix = taskset && cores ? [taskset, '--cpu-list', cores.join(',')] : []
    const started = await startProcess(part, prefix, folder, runId, signal)
    running.add(started)
    const stop = async (): Promise<void> => {
      await started.stop()
      running.delete(started)
    }
    return { ...started, stop }
  }

  return {
    kind: 'processes',
    pinning,
    reserve,
    start,
    close: async () => {
      await Promise.all([...running].map((each) => each.stop()))
      running.clear()
      await folder.remove()
    },
  }
}

async function startProcess(
  part: Part,
  prefix: readonly string[],
  folder: RunFolder,
  runId: string,
  signal: AbortSignal,
): Promise<Running> {
  const { place, launch } = part
  const command = commandOf(launch)
  if (!command) {
    const { names, install } = launch.executable as Extract<Launch['executable'], { kind: 'binary' }>
    throw new LabError('binaryMissing', { binary: names.join(' or '), hint: install })
  }
  await writeFiles(part)
  await validate(part, command)
  await requireFree(place.listen.port)
  const site = { ...place, origins: {} }
  const [file, ...args] = [...prefix, ...command, ...launch.args(site)] as [string, ...string[]]
  const log = openLogRing()
  // A group of its own: the terminal's Ctrl-C reaches EdgeLab, which then stops what it started, in order.
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(runId),
    cwd: '/',
  })
  child.stdout.on('data', log.add)
  child.stderr.on('data', log.add)
  const exit = exitOf(child)
  let exited: string | undefined
  void exit.then((why) => {
    exited = why
  })
  if (child.pid !== undefined) await folder.note(child.pid)
  const group = child.pid ?? 0
  const url = `http://${place.listen.host}:${place.listen.port}`
  const deadline = performance.now() + startMs
  const ready = await untilReady(
    url + launch.readyPath,
    () => exited !== undefined || signal.aborted || performance.now() > deadline,
  )
  if (!ready) {
    await endGroup(group, exit)
    signal.throwIfAborted()
    const why = exited ?? `nothing answered at ${launch.readyPath} within ${startMs / 1000} s`
    throw new LabError('startFailed', { name: place.name, why }, { logTail: log.tail(20) })
  }
  return {
    place,
    controlUrl: part.published ? url : null,
    version: await versionOf(launch, command),
    imageDigest: null,
    ranAs: command.join(' '),
    cpuNs: () => cpuNsOfGroup(group),
    memoryBytes: () => memoryOfGroup(group),
    logTail: async (lines = 20) => log.tail(lines),
    stop: () => endGroup(group, exit),
  }
}

/** Only what programs need: nothing of the user's environment reaches a system by accident. */
function environment(runId: string): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TZ } = process.env
  const known = Object.entries({ PATH, HOME, LANG, TZ }).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(known), EDGELAB_RUN: runId }
}

async function writeFiles({ place, files }: Part): Promise<void> {
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

/** The product's own check of its configuration. Throws LabError `startFailed` with what it said. */
async function validate({ place, launch }: Part, [file, ...leading]: readonly [string, ...string[]]): Promise<void> {
  const args = launch.validate?.({ ...place, origins: {} })
  if (!args) return
  await run(file, [...leading, ...args], { timeout: startMs }).catch((cause: { stderr?: string; stdout?: string }) => {
    const logTail = `${cause.stdout ?? ''}${cause.stderr ?? ''}`
    throw new LabError(
      'startFailed',
      { name: place.name, why: 'its own check refused the configuration' },
      { cause, logTail },
    )
  })
}

async function versionOf(
  { version, executable }: Launch,
  [file]: readonly [string, ...string[]],
): Promise<string | null> {
  if (executable.kind === 'program') return `Node ${process.versions.node}`
  if (!version) return null
  const { stdout, stderr } = await run(file, [...version.args], { timeout: 5000 }).catch(() => ({
    stdout: '',
    stderr: '',
  }))
  return version.pattern.exec(stdout + stderr)?.[0] ?? null
}

/** Resolves, in words, when the process has ended or could not be started. */
function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) =>
      resolve(signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`),
    )
  })
}

async function endGroup(group: number, exit: Promise<string>): Promise<void> {
  const send = (signal: NodeJS.Signals): void => {
    try {
      if (group > 0) process.kill(-group, signal)
    } catch {
      // It has ended already.
    }
  }
  send('SIGTERM')
  const kill = setTimeout(() => send('SIGKILL'), stopMs)
  if (group > 0) await exit
  clearTimeout(kill)
  // Children that outlived their parent.
  send('SIGKILL')
}
