/** The lab in containers: real networks, so that an origin is really out of a client's reach. */
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import { LabError } from '../errors.ts'
import type { Launch } from '../systems/system.ts'
import { programPath } from './binaries.ts'
import { createNetworks, type Networks } from './container-networks.ts'
import { containerCpuNs, containerMemory } from './container-stats.ts'
import { askEngine, engine } from './engine.ts'
import { imageHere } from './images.ts'
import { labelsOf } from './labels.ts'
import { openLogRing } from './log-ring.ts'
import { choosePinning } from './pinning.ts'
import type { Part, Place, Running, Runtime, RuntimeOptions } from './topology.ts'

const port = 8080
const configDir = '/etc/edge'
const scratchDir = '/run/edge'
const programDir = '/opt/edgelab'
const startMs = 30_000
/** Nobody in particular: no image has it, so that everything that is readable is so on purpose. */
const user = '65534:65534'

// Ryuk, testcontainers’ reaper, is an image of its own that may not be here; what a killed run leaves is labelled, and
// edgelab clean removes it.
process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true'

/** Throws LabError `engineUnreachable`. */
export async function openContainers({ runId, signal }: RuntimeOptions): Promise<Runtime> {
  const state = await askEngine()
  if (!state.answers) throw new LabError('engineUnreachable', { why: state.why })
  const labels = await labelsOf(runId)
  const networks = await createNetworks(runId, labels)
  // The engine's cores are this machine's only on Linux; elsewhere it runs in a virtual machine.
  const pinning = choosePinning()
  const running = new Set<Running>()

  async function start(part: Part): Promise<Running> {
    signal.throwIfAborted()
    const started = await startContainer(part, networks, labels)
    const cores = part.role === 'driver' ? pinning.driver : pinning.others
    if (cores) await engine.getContainer(started.id).update({ CpusetCpus: cores.join(',') })
    running.add(started.running)
    const stop = async (): Promise<void> => {
      running.delete(started.running)
      await started.running.stop()
    }
    return { ...started.running, stop }
  }

  return {
    kind: 'containers',
    pinning,
    reserve: async (name): Promise<Place> => ({
      name,
      address: { host: name, port },
      listen: { host: '0.0.0.0', port },
      configDir,
      scratchDir,
    }),
    start: (part) => start(part).catch((error) => Promise.reject(lost(error))),
    close: async () => {
      await Promise.all([...running].map((each) => each.stop()))
      running.clear()
      // What was being started when the run was interrupted is known to the engine only.
      const filters = { label: Object.entries(labels).map(([name, value]) => `${name}=${value}`) }
      const left = await engine.listContainers({ all: true, filters })
      await Promise.all(
        left.map(({ Id }) =>
          engine
            .getContainer(Id)
            .remove({ force: true, v: true })
            .catch(() => undefined),
        ),
      )
      await networks.remove()
    },
  }
}

function lost(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof LabError || !['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(code ?? '')) return error
  return new LabError('engineLost', { why: message }, { cause: error })
}

async function startContainer(
  part: Part,
  networks: Networks,
  labels: Record<string, string>,
): Promise<{ id: string; running: Running }> {
  const { place, launch, side, published } = part
  const image = await imageHere(launch.image)
  if (!image) throw new LabError('imageMissing', { image: launch.image, why: 'it was there a moment ago' })
  const log = openLogRing()
  const url = `http://127.0.0.1:${port}${launch.readyPath}`
  const home = published ? networks.front : networks.back
  const container = new GenericContainer(image.tag)
    .withLabels(labels)
    .withUser(user)
    .withDroppedCapabilities('ALL')
    .withSecurityOpt('no-new-privileges')
    .withTmpFs({ [scratchDir]: 'rw,mode=1777,size=256m' })
    .withNetworkMode(home)
    .withNetworkAliases(place.name)
    .withEntrypoint([])
    .withCommand([...commandOf(launch), ...launch.args({ ...place, origins: {} })])
    .withCopyContentToContainer(
      part.files.map(({ path, text }) => ({ content: text, target: `${configDir}/${path}`, mode: 0o644 })),
    )
    .withLogConsumer((stream) => stream.on('data', (chunk: Buffer | string) => log.add(Buffer.from(chunk))))
    .withWaitStrategy(Wait.forSuccessfulCommand(probeCommand(launch, url)))
    .withStartupTimeout(startMs)
  if (launch.executable.kind === 'program') {
    const { program } = launch.executable
    container.withCopyFilesToContainer([
      { source: programPath(program), target: `${programDir}/${program}.mjs`, mode: 0o644 },
    ])
  }
  if (published) container.withExposedPorts(port)
  const started = await container.start().catch((cause: Error) => {
    if (['ECONNREFUSED', 'ENOENT'].includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause
    throw new LabError(
      'startFailed',
      { name: place.name, why: firstLine(cause.message) },
      { cause, logTail: log.tail(20) },
    )
  })
  const id = started.getId()
  if (side === 'both') await networks.join(published ? networks.back : networks.front, id, place.name)
  return { id, running: await describe(part, started, image, (lines) => log.tail(lines)) }
}

async function describe(
  { place, launch, published }: Part,
  started: StartedTestContainer,
  image: { readonly tag: string; readonly digest: string },
  tail: (lines: number) => string,
): Promise<Running> {
  const id = started.getId()
  return {
    place,
    controlUrl: published ? `http://127.0.0.1:${started.getMappedPort(port)}` : null,
    version: await versionOf(launch, started),
    imageDigest: image.digest,
    ranAs: image.tag,
    cpuNs: () => containerCpuNs(id),
    memoryBytes: () => containerMemory(id),
    logTail: async (lines = 20) => tail(lines),
    stop: () =>
      engine
        .getContainer(id)
        .remove({ force: true, v: true })
        .then(
          () => undefined,
          (error: { statusCode?: number }) => {
            // Gone already, or on its way (409).
            if (error.statusCode !== 404 && error.statusCode !== 409) throw error
          },
        ),
  }
}

function commandOf({ executable }: Launch): readonly string[] {
  return executable.kind === 'program'
    ? ['node', `${programDir}/${executable.program}.mjs`]
    : [executable.names.at(-1)!]
}

/**
 * Ready when the path answers, asked from inside: a container on an internal network has no published port. Images have
 * Node, or BusyBox's wget, or at least bash.
 */
function probeCommand({ executable }: Launch, url: string): string {
  if (executable.kind === 'program') {
    return `node -e "fetch('${url}').then((r)=>process.exit(r.status<500&&r.status!==404?0:1),()=>process.exit(1))"`
  }
  const { pathname } = new URL(url)
  const bash = `exec 3<>/dev/tcp/127.0.0.1/${port}; printf 'GET ${pathname} HTTP/1.0\\r\\n\\r\\n' >&3; head -n 1 <&3 | grep -q ' 2'`
  return `wget -q -O /dev/null ${url} 2>/dev/null || bash -c "${bash}" 2>/dev/null`
}

async function versionOf({ version, executable }: Launch, started: StartedTestContainer): Promise<string | null> {
  if (executable.kind === 'program') return `Node ${process.versions.node}`
  if (!version) return null
  const { output } = await started.exec([executable.names.at(-1)!, ...version.args])
  return version.pattern.exec(output)?.[0] ?? null
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.slice(0, 200)
}
