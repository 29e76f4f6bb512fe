/** The two networks of a run: nothing at the front can reach what is only at the back. */
import { engine, isGone } from './engine.ts'

export interface Networks {
  readonly front: string
  readonly back: string
  /** Puts a running container on another network too, under its name. */
  join(network: string, container: string, alias: string): Promise<void>
  remove(): Promise<void>
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
    remove: async () => {
      const unlessGone = (error: unknown): void => {
        if (!isGone(error)) throw error
      }
      await Promise.all([front, back].map((name) => engine().getNetwork(name).remove().catch(unlessGone)))
    },
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
