/** CPU time of process groups, read so often that looking through all processes each time would take too long. */
import { readdirSync, readFileSync } from 'node:fs'
import { allPids, statOf } from './tree.ts'

/** The processes of a group, as a table knows them. */
export interface ProcessTable {
  processesOf(group: number): Promise<readonly number[]>
}

/** A process changes its group, if at all, right after it was made. */
const settledMs = 1000

/** Looks at every process once, and later only at new ones. `now`: a clock in milliseconds. */
export function processTable(now: () => number = () => performance.now()): ProcessTable {
  const known = new Map<number, { readonly group: number; readonly seenAt: number; readonly askedAt: number }>()
  return {
    processesOf: async (group) => {
      const pids = new Set(await allPids())
      for (const pid of known.keys()) if (!pids.has(pid)) known.delete(pid)
      const at = now()
      const isSettled = (pid: number): boolean => {
        const { seenAt = 0, askedAt = 0 } = known.get(pid) ?? {}
        return askedAt - seenAt >= settledMs
      }
      const unsettled = [...pids].filter((pid) => !isSettled(pid))
      await Promise.all(
        unsettled.map(async (pid) => {
          const stat = await statOf(pid)
          if (stat) known.set(pid, { group: stat.group, seenAt: known.get(pid)?.seenAt ?? at, askedAt: at })
        }),
      )
      return [...known].flatMap(([pid, each]) => (each.group === group ? [pid] : []))
    },
  }
}

/** Of all threads of these processes: the first field of schedstat. What has ended meanwhile is left out. */
export function cpuNsOfProcesses(pids: readonly number[]): number | null {
  let sum: number | null = null
  for (const pid of pids) {
    for (const task of namesIn(`/proc/${pid}/task`)) {
      const text = read(`/proc/${pid}/task/${task}/schedstat`)
      if (text !== null) sum = (sum ?? 0) + Number(text.split(' ')[0])
    }
  }
  return sum
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
