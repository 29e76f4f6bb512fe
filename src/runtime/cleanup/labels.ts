/** What every container and network of a run carries, so that a later EdgeLab knows whose it was. */
import { type Identity, identityOf, isAlive } from './identity.ts'

export const runLabel = 'edgelab.run'
/** `pid:startTime` of the EdgeLab that started it. */
export const hostLabel = 'edgelab.host'

export async function labelsOf(runId: string): Promise<Record<string, string>> {
  const startTime = (await identityOf(process.pid))?.startTime ?? 0
  return { [runLabel]: runId, [hostLabel]: `${process.pid}:${startTime}` }
}

/** True where that EdgeLab is no more. */
export async function hostIsGone(label: string | undefined): Promise<boolean> {
  return !(await isAlive(hostOf(label)))
}

/** Reads a host label. */
export function hostOf(label: string | undefined): Identity {
  const [pid = 0, startTime = 0] = (label ?? '').split(':').map(Number)
  return { pid, startTime }
}
