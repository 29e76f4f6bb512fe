/** The two networks of a run: nothing at the front can reach what is only at the back. */
import { setTimeout as delay } from 'node:timers/promises'
import { engine, isGone } from './engine.ts'

export interface Networks {
  readonly front: string
  readonly back: string
  /** Puts a running container on another network too, under its name. */
  join(network: string, container: string, alias: string): Promise<void>
  remove(): Promise<void>
}

const releaseMs = 10_000
const pauseMs = 50

/**
 * By name or id; nothing where it is gone already. A busy engine says of a container that it is gone a moment before it
 * takes it off its networks.
 */
export async function removeNetwork(name: string): Promise<void> {
  const deadline = performance.now() + releaseMs
  for (;;) {
    try {
      return await engine().getNetwork(name).remove()
    } catch (error) {
      if (isGone(error)) return
      const isInUse = (error as { statusCode?: number }).statusCode === 403
      if (!isInUse || performance.now() > deadline) throw error
      await delay(pauseMs)
    }
  }
}

export async function createNetworks(runId: string, labels: Record<string, string>): Promise<Networks> {
  const front = `edgelab-${runId}-front`
  const back = `edgelab-${runId}-back`
  const networks: Networks = {
    front,
    back,
    join: (network, container, alias) =>
      engine()
        .getNetwork(network)
        .connect({ Container: container, EndpointConfig: { Aliases: [alias] } }),
    remove: async () => void (await Promise.all([front, back].map(removeNetwork))),
  }
  try {
    await engine().createNetwork({ Name: front, Labels: labels })
    await engine().createNetwork({ Name: back, Labels: labels, Internal: true })
  } catch (error) {
    await networks.remove()
    throw error
  }
  return networks
}
