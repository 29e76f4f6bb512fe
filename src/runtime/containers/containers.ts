/** The lab in containers: real networks, so that an origin is really out of a client's reach. */
import { EdgeLabError } from '../../errors.ts'
import { labelsOf } from '../cleanup/labels.ts'
import { choosePinning, coresShared } from '../machine/pinning.ts'
import { openSupervisor } from '../supervisor.ts'
import type { Pinning, Place, Runtime, RuntimeOptions } from '../topology.ts'
import { configDir, containerPort, scratchDir } from './container.ts'
import { askEngine, engine, ofEngine } from './engine.ts'
import { createNetworks } from './networks.ts'
import { removeContainer, startContainer } from './start.ts'

/** Throws EdgeLabError `engineUnreachable`. */
export async function openContainers({ runId, pinned = true, signal }: RuntimeOptions): Promise<Runtime> {
  const state = await askEngine()
  if (!state.answers) throw new EdgeLabError('engineUnreachable', { why: state.why })
  const labels = await labelsOf(runId)
  const pinning = pinned ? await ofEngine(pinningOfEngine()) : coresShared
  const networks = await ofEngine(createNetworks(runId, labels))
  const supervisor = openSupervisor(signal)

  return {
    kind: 'containers',
    pinning,
    reserve: async (name): Promise<Place> => ({
      name,
      address: { host: name, port: containerPort },
      listen: { host: '0.0.0.0', port: containerPort },
      configDir,
      scratchDir,
    }),
    alongside: async ({ address, listen }, nth) => ({
      address: { ...address, port: address.port + nth },
      listen: { ...listen, port: listen.port + nth },
    }),
    // Images are pinned: what they have is known.
    moduleOf: () => undefined,
    start: (part) => {
      const cores = part.role === 'driver' ? pinning.driver : pinning.others
      return supervisor.start((ended) => ofEngine(startContainer(part, { networks, labels, cores }, ended)))
    },
    close: async () => {
      await supervisor.end()
      await ofEngine(removeContainers(labels))
      await ofEngine(networks.remove())
    },
  }
}

/** The engine may have other cores than this process: a virtual machine’s, or another host’s. */
async function pinningOfEngine(): Promise<Pinning> {
  const chosen = choosePinning()
  const { NCPU } = (await engine().info()) as { readonly NCPU: number }
  if (!chosen.driver?.some((core) => core >= NCPU)) return chosen
  return { driver: null, others: null, note: 'the engine has other cores than this machine: they are shared' }
}

/** Whatever carries the labels, however it came about. */
async function removeContainers(labels: Readonly<Record<string, string>>): Promise<void> {
  const filters = { label: Object.entries(labels).map(([name, value]) => `${name}=${value}`) }
  const left = await engine().listContainers({ all: true, filters })
  await Promise.all(left.map(({ Id }) => removeContainer(Id)))
}
