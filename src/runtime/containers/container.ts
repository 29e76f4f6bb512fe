/** One container as the lab wants it: on one network, under its name, without rights, on the cores it was given. */
import { GenericContainer, Wait } from 'testcontainers'

export const containerPort = 8080
export const configDir = '/etc/edge'
export const scratchDir = '/run/edge'

/** Nobody in particular: no image has it, so that everything that is readable is so on purpose. */
const user = '65534:65534'

export interface ContainerPlace {
  readonly network: string
  /** The name that others on the network reach it by. */
  readonly alias: string
  /** null: all of them. */
  readonly cores: readonly number[] | null
  /** Reachable from this machine, on loopback. */
  readonly published: boolean
  readonly labels: Readonly<Record<string, string>>
}

/**
 * testcontainers’ own way to a network alias puts the container on the default bridge as well, where everything can
 * reach everything; and it publishes ports to the whole neighbourhood. A subclass may say it as the engine’s API does.
 */
export class LabContainer extends GenericContainer {
  /** Known from the moment the engine has it. */
  id: string | undefined

  constructor(image: string, { network, alias, cores, published, labels }: ContainerPlace) {
    super(image)
    this.withNetworkMode(network)
      .withLabels({ ...labels })
      .withUser(user)
      .withDroppedCapabilities('ALL')
      .withSecurityOpt('no-new-privileges')
      .withTmpFs({ [scratchDir]: 'rw,mode=1777,size=256m' })
      .withEntrypoint([])
      // Readiness is ours to find out: what a container that failed has written would be gone with it.
      .withWaitStrategy(Wait.forAll([]))
      // Ryuk, testcontainers’ reaper, is an image of its own that may not be here; what a killed run leaves is labelled,
      // and edgelab clean removes it.
      .withAutoCleanup(false)
    this.createOpts.NetworkingConfig = { EndpointsConfig: { [network]: { Aliases: [alias] } } }
    // The end of the log is enough, and a busy error log fills no disk.
    this.hostConfig.LogConfig = { Type: 'json-file', Config: { 'max-size': '4m', 'max-file': '1' } }
    if (cores) this.hostConfig.CpusetCpus = cores.join(',')
    if (published) {
      this.withExposedPorts(containerPort)
      this.hostConfig.PortBindings = { [`${containerPort}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '0' }] }
    }
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.id = id
  }
}
