/** From a part of the plan to a container that answers. */
import type { StartedTestContainer } from 'testcontainers'
import { EdgeLabError } from '../../errors.ts'
import type { Launch } from '../../systems/system.ts'
import { type ImageHere, imageHere } from '../images/table.ts'
import { causeFirst } from '../log-ring.ts'
import { programPath } from '../processes/binaries.ts'
import type { Part, Running } from '../topology.ts'
import { configDir, containerPort, LabContainer } from './container.ts'
import { engine, isGone, ofEngine } from './engine.ts'
import type { Networks } from './networks.ts'
import { readyCommand } from './ready.ts'
import { containerLog, usageOf } from './stats.ts'

const programDir = '/opt/edgelab'
const readyMs = 15_000
const tailLines = 20

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
  // Removed under its feet, a start ends at once, wherever it stands.
  const end = (): void => void (container.id && removeContainer(container.id).catch(() => undefined))
  ended.addEventListener('abort', end)
  try {
    const started = await container.start()
    if (side === 'both') {
      const other = published ? lab.networks.back : lab.networks.front
      await lab.networks.join(other, started.getId(), place.name)
    }
    const { exitCode } = await started.exec([...readyCommand(launch, readyMs)])
    ended.throwIfAborted()
    if (exitCode !== 0) throw await notReady(part, started.getId())
    return await running(part, started, image)
  } catch (error) {
    const failure = await failureOf(error, part, container.id, ended)
    if (container.id) await removeContainer(container.id)
    throw failure
  } finally {
    ended.removeEventListener('abort', end)
  }
}

function describe({ place, launch, files, published }: Part, network: string, image: ImageHere, lab: ContainerLab) {
  const { labels, cores } = lab
  const site = { ...place, origins: {} }
  const container = new LabContainer(image.tag, { network, alias: place.name, cores, published, labels })
    .withEnvironment({ ...launch.environment?.(site) })
    .withCommand([...commandOf(launch), ...launch.args(site)])
    .withCopyContentToContainer(
      files.map(({ path, text }) => ({ content: text, target: `${configDir}/${path}`, mode: 0o644 })),
    )
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

async function running(part: Part, started: StartedTestContainer, image: ImageHere): Promise<Running> {
  const id = started.getId()
  const usage = await usageOf(id)
  return {
    place: part.place,
    controlUrl: part.published ? `http://127.0.0.1:${started.getMappedPort(containerPort)}` : null,
    version: await versionOf(part.launch, started, image),
    imageDigest: image.digest,
    ranAs: image.tag,
    binarySha256: null,
    cpuNs: () => ofEngine(usage.cpuNs()),
    openCpuMeter: async () => () => ofEngine(usage.cpuNs()),
    memoryBytes: () => ofEngine(usage.memoryBytes()),
    ended: () => ofEngine(whyEnded(id)),
    logTail: (lines = tailLines) => ofEngine(containerLog(id, lines)),
    stop: () => ofEngine(removeContainer(id)),
  }
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
