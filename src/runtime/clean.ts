/** Removes what killed runs left behind: containers and networks by label, processes and folders by manifest. */
import { askEngine, engine } from './engine.ts'
import { hostIsGone, hostLabel, runLabel } from './labels.ts'
import { cleanFolders } from './manifest.ts'

export interface Cleaned {
  readonly containers: number
  readonly networks: number
  readonly processes: number
  readonly folders: number
  /** Why containers could not be looked at; empty where they were. */
  readonly engine: string
}

export async function cleanLeftovers(): Promise<Cleaned> {
  const local = await cleanFolders()
  const state = await askEngine()
  if (!state.answers) return { ...local, containers: 0, networks: 0, engine: state.why }
  const filters = { label: [runLabel] }
  let containers = 0
  for (const { Id, Labels } of await engine.listContainers({ all: true, filters })) {
    if (!(await hostIsGone(Labels[hostLabel]))) continue
    await engine.getContainer(Id).remove({ force: true, v: true })
    containers += 1
  }
  let networks = 0
  for (const { Id, Labels } of await engine.listNetworks({ filters })) {
    if (!(await hostIsGone(Labels?.[hostLabel]))) continue
    await engine.getNetwork(Id).remove()
    networks += 1
  }
  return { ...local, containers, networks, engine: '' }
}
