/** Ends the processes of a run whose EdgeLab is no more, and no others. */
import { setTimeout as delay } from 'node:timers/promises'
import { allPids, processesOfGroup, variableOf } from '../processes/tree.ts'
import { type Identity, isAlive } from './identity.ts'

/** What a run's processes carry in their environment. */
export const runVariable = 'EDGELAB_RUN'

const rounds = 50
const pauseMs = 50

/** Resolves, with their number, when they are gone. */
export async function endLeftovers(runId: string, started: readonly Identity[]): Promise<number> {
  const ended = new Set<number>()
  for (let round = 0; round < rounds; round += 1) {
    const left = await leftOf(runId, started)
    if (left.size === 0) break
    for (const pid of left) {
      kill(pid)
      ended.add(pid)
    }
    await delay(pauseMs)
  }
  return ended.size
}

/** Those that were noted and are still the same, what belongs to their groups, and whoever carries the run's name. */
async function leftOf(runId: string, started: readonly Identity[]): Promise<ReadonlySet<number>> {
  const left = new Set<number>()
  for (const identity of started) {
    if (!(await isAlive(identity))) continue
    left.add(identity.pid)
    for (const pid of await processesOfGroup(identity.pid)) left.add(pid)
  }
  for (const pid of await allPids()) {
    if ((await variableOf(pid, runVariable)) === runId) left.add(pid)
  }
  return left
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended in the meantime.
  }
}
