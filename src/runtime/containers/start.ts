/** From a part of the plan to a container that answers. */
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { StartedTestContainer } from 'testcontainers'
import { EdgeLabError } from '../../errors.ts'
import type { Launch, NativeFile } from '../../systems/system.ts'
import { type ImageHere, imageHere } from '../images/table.ts'
import { causeFirst } from '../log-ring.ts'
import { programPath } from '../processes/binaries.ts'
import type { Part, Running } from '../topology.ts'
import { askForRestart, restartable } from './again.ts'
import { configDir, containerPort, LabContainer } from './container.ts'
import { engine, isGone, ofEngine } from './engine.ts'
import type { Networks } from './networks.ts'
import { gaveUp, readyCommand } from './ready.ts'
import { type ContainerUsage, containerLog, usageOf } from './stats.ts'

const programDir = '/opt/edgelab'
const readyMs = 15_000
const tailLines = 20
const endMs = 2000

export interface ContainerLab {
  readonly networks: Networks
  readonly labels: Readonly<Record<string, string>>
  readonly cores: readonly number[] | null
}

/** Throws EdgeLabError `imageMissing`, and `startFailed` with the end of its log; leaves nothing behind where it throws. */
export async function startContainer(part: Part, lab: ContainerLab, ended: AbortSignal): Promise<Running> {
  const { place, launch, side, published } = part
  const image = await imageHere(launch.image)
  if (!image) throw new EdgeLabError('imageMissing', { image: launch.image.name, why: 'it was there a moment ago' })
  ended.throwIfAborted()
  const home = published ? lab.networks.front : lab.networks.back
  const container = describe(part, home, image, lab)
  return orRemoved(
    part,
    () => container.id,
    ended,
    async () => {
      const started = await container.start()
      if (side === 'both') {
        const other = published ? lab.networks.back : lab.networks.front
        await lab.networks.join(other, started.getId(), place.name)
      }
      await untilReady(part, started, ended)
      const usage = await usageOf(started.getId())
      const version = await versionOf(launch, started, image)
      return running(part, { started, image, usage, version, lab, ended })
    },
  )
}

/** A start that fails or is stopped leaves no container behind; removed under its feet, it ends at once. */
async function orRemoved(
  part: Part,
  idOf: () => string | undefined,
  ended: AbortSignal,
  start: () => Promise<Running>,
): Promise<Running> {
  const remove = async (): Promise<void> => {
    const id = idOf()
    if (id) await removeContainer(id)
  }
  const end = (): void => void remove().catch(() => undefined)
  ended.addEventListener('abort', end)
  try {
    return await start()
  } catch (error) {
    const failure = await failureOf(error, part, idOf(), ended)
    await remove()
    throw failure
  } finally {
    ended.removeEventListener('abort', end)
  }
}

async function untilReady(part: Part, started: StartedTestContainer, ended: AbortSignal, first = ''): Promise<void> {
  const { exitCode } = await started.exec([...readyCommand(part.launch, readyMs, first)])
  ended.throwIfAborted()
  if (exitCode === 0) return
  // Cut off, and not at its own end: the engine says of the container a moment later that it is no more.
  if (exitCode !== gaveUp) {
    await Promise.race([engine().getContainer(started.getId()).wait(), delay(endMs, undefined, { ref: false })])
  }
  throw await notReady(part, started.getId())
}

function describe(part: Part, network: string, image: ImageHere, { labels, cores }: ContainerLab) {
  const { place, launch, files, published, restarts } = part
  const site = { ...place, origins: {} }
  const command = [...commandOf(launch), ...launch.args(site)]
  const container = new LabContainer(image.tag, { network, alias: place.name, cores, published, labels })
    .withEnvironment({ ...launch.environment?.(site) })
    .withCommand([...(restarts ? restartable(command) : command)])
    .withCopyContentToContainer(contentsOf(files))
  const { executable } = launch
  if (executable.kind === 'binary') return container
  const target = `${programDir}/${executable.program}.mjs`
  return container.withCopyFilesToContainer([{ source: programPath(executable.program), target, mode: 0o644 }])
}

/** Images hold one product: the last name is the one that every build of it has. */
function commandOf({ executable }: Launch): readonly [string, ...string[]] {
  if (executable.kind === 'program') return ['node', `${programDir}/${executable.program}.mjs`]
  return [executable.names.at(-1)!]
}

function contentsOf(files: readonly NativeFile[]) {
  return files.map(({ path, text }) => ({ content: text, target: `${configDir}/${path}`, mode: 0o644 }))
}

/** What is known of a container that runs, however often its product is started in it. */
interface Known {
  readonly started: StartedTestContainer
  readonly image: ImageHere
  readonly usage: ContainerUsage
  readonly version: string | null
  readonly lab: ContainerLab
  readonly ended: AbortSignal
}

function running(part: Part, known: Known): Running {
  const { started, image, usage, version } = known
  const id = started.getId()
  return {
    place: part.place,
    controlUrl: part.published ? `http://127.0.0.1:${started.getMappedPort(containerPort)}` : null,
    version,
    imageDigest: image.digest,
    ranAs: image.tag,
    binarySha256: null,
    cpuNs: () => ofEngine(usage.cpuNs()),
    openCpuMeter: async () => () => ofEngine(usage.cpuNs()),
    memoryBytes: () => ofEngine(usage.memoryBytes()),
    ended: () => ofEngine(whyEnded(id)),
    logTail: (lines = tailLines) => ofEngine(containerLog(id, lines)),
    restart: (files) => ofEngine(restart(part, known, files)),
    stop: () => ofEngine(removeContainer(id)),
  }
}

/** In its container; in a new one where there is no shell that would do it, or where a file of before is to be gone. */
async function restart(before: Part, known: Known, files: readonly NativeFile[]): Promise<Running> {
  const { started, lab, ended } = known
  const part = { ...before, files }
  const id = started.getId()
  if (!part.restarts || before.files.some(({ path }) => !files.some((file) => file.path === path))) {
    await removeContainer(id)
    return startContainer(part, lab, ended)
  }
  return orRemoved(
    part,
    () => id,
    ended,
    async () => {
      if (!isDeepStrictEqual(files, before.files)) await started.copyContentToContainer(contentsOf(files))
      await untilReady(part, started, ended, askForRestart)
      return running(part, known)
    },
  )
}

async function whyEnded(id: string): Promise<string | undefined> {
  try {
    const { State } = await engine().getContainer(id).inspect()
    if (State.Running) return undefined
    return State.OOMKilled ? 'it took more memory than there is' : `it ended with exit code ${State.ExitCode}`
  } catch (error) {
    if (isGone(error)) return 'its container was removed'
    throw error
  }
}

const versions = new Map<string, string | null>()

/** What the product in this image says of itself; asked once per image. */
async function versionOf(
  { version, executable }: Launch,
  started: StartedTestContainer,
  { digest }: ImageHere,
): Promise<string | null> {
  const ours = executable.kind === 'program'
  const asked = ours ? ['node', '--version'] : [executable.names.at(-1)!, ...(version?.args ?? [])]
  if (!ours && !version) return null
  const key = [digest, ...asked].join(' ')
  if (!versions.has(key)) {
    const { output } = await started.exec(asked)
    const said = ours ? output.trim().replace(/^v/, 'Node ') : version?.pattern.exec(output)?.[0]
    versions.set(key, said ?? null)
  }
  return versions.get(key) ?? null
}

async function notReady({ place, launch }: Part, id: string): Promise<EdgeLabError> {
  const { State } = await engine().getContainer(id).inspect()
  const why = State.Running
    ? `nothing answered at ${launch.readyPath} within ${readyMs / 1000} s`
    : `it ended with exit code ${State.ExitCode}`
  const logTail = causeFirst(await containerLog(id, tailLines), launch.errorLine)
  return new EdgeLabError('startFailed', { name: place.name, why }, { logTail })
}

/** What went wrong, in the table's terms. A container that ended early refuses the question whether it is ready. */
async function failureOf(error: unknown, part: Part, id: string | undefined, ended: AbortSignal): Promise<unknown> {
  if (ended.aborted) return ended.reason
  if (error instanceof EdgeLabError) return error
  if (id !== undefined && isGone(error)) return notReady(part, id).catch(() => error)
  return ofEngine(Promise.reject(error)).catch((known: unknown) =>
    known instanceof EdgeLabError
      ? known
      : new EdgeLabError('startFailed', { name: part.place.name, why: (error as Error).message }, { cause: error }),
  )
}

export async function removeContainer(id: string): Promise<void> {
  await engine()
    .getContainer(id)
    .remove({ force: true, v: true })
    .catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
}
