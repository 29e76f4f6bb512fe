/** Removes what killed runs left behind: containers and networks by label, processes and folders by manifest. */
import { askEngine, engine, isGone } from '../containers/engine.ts'
import { removeNetwork } from '../containers/networks.ts'
import { hostIsGone, hostLabel, hostOf, runLabel } from './labels.ts'
import { cleanFolder, cleanFolders } from './manifest.ts'

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
  const isLeft = (labels: Labels): Promise<boolean> => hostIsGone(labels?.[hostLabel])
  return { ...local, ...(await removeLabelled([runLabel], isLeft)), engine: '' }
}

/**
 * Removes what one run has left whose host, `pid:startTime`, is known to be gone. Resolves with how much that was: 0
 * where nothing is left, or where the engine does not answer.
 */
export async function cleanRun(runId: string, host: string): Promise<number> {
  const local = await cleanFolder(runId, hostOf(host))
  if (!(await askEngine()).answers) return local
  const labels = [`${runLabel}=${runId}`, `${hostLabel}=${host}`]
  const { containers, networks } = await removeLabelled(labels, async () => true)
  return local + containers + networks
}

type Labels = Readonly<Record<string, string>> | undefined

async function removeLabelled(
  label: readonly string[],
  isLeft: (labels: Labels) => Promise<boolean>,
): Promise<Pick<Cleaned, 'containers' | 'networks'>> {
  const filters = { label: [...label] }
  const failures: unknown[] = []
  const removed = async (labels: Labels, remove: () => Promise<unknown>): Promise<boolean> => {
    if (!(await isLeft(labels))) return false
    try {
      await unlessGone(remove())
      return true
    } catch (error) {
      // What the engine does not let go of keeps nothing else from being removed.
      failures.push(error)
      return false
    }
  }
  let containers = 0
  for (const { Id, Labels } of await engine().listContainers({ all: true, filters })) {
    const remove = () => engine().getContainer(Id).remove({ force: true, v: true })
    if (await removed(Labels, remove)) containers += 1
  }
  let networks = 0
  for (const { Id, Labels } of await engine().listNetworks({ filters })) {
    if (await removed(Labels, () => removeNetwork(Id))) networks += 1
  }
  if (failures.length > 0) throw failures[0]
  return { containers, networks }
}

/** Another one that cleans, or the run’s own guardian, may be at it too. */
async function unlessGone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!isGone(error)) throw error
  })
}
