/** The two networks of a run: nothing at the front can reach what is only at the back. */
import { engine } from './engine.ts'

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
  await engine.createNetwork({
    Name: front,
    Labels: labels,
    // Published ports of this network, the drivers' control APIs, are reachable from this machine only.
    Options: { 'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1' },
  })
  await engine.createNetwork({ Name: back, Labels: labels, Internal: true })
  return {
    front,
    back,
    join: (network, container, alias) =>
      engine.getNetwork(network).connect({ Container: container, EndpointConfig: { Aliases: [alias] } }),
    remove: async () => {
      const gone = (error: { statusCode?: number }): void => {
        if (error.statusCode !== 404) throw error
      }
      await Promise.all([front, back].map((name) => engine.getNetwork(name).remove().catch(gone)))
    },
  }
}
