/** What every container and network of a run carries, so that a later EdgeLab knows whose it was. */
import { statOf } from './process-tree.ts'

export const runLabel = 'edgelab.run'
/** `pid:startTime` of the EdgeLab that started it. */
export const hostLabel = 'edgelab.host'

export async function labelsOf(runId: string): Promise<Record<string, string>> {
  const stat = await statOf(process.pid)
  return { [runLabel]: runId, [hostLabel]: `${process.pid}:${stat?.startTime ?? 0}` }
}

/** True where that EdgeLab is no more. Without /proc a live process of the same pid counts as it. */
export async function hostIsGone(label: string | undefined): Promise<boolean> {
  const [pid = 0, startTime = 0] = (label ?? '').split(':').map(Number)
  if (pid === 0) return true
  const stat = await statOf(pid)
  if (stat) return stat.startTime !== startTime
  try {
    process.kill(pid, 0)
    return startTime !== 0
  } catch {
    return true
  }
}
