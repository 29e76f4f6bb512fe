/** What Linux tells of processes: CPU time in nanoseconds, memory, start times, environments. Elsewhere: null. */
import { readdir, readFile } from 'node:fs/promises'

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}

/** The processes of a group (the group leader and what it started), by pid. */
export async function processesOfGroup(group: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number)
  const groups = await Promise.all(pids.map(async (pid) => (await statOf(pid))?.group))
  return pids.filter((_, index) => groups[index] === group)
}

export interface ProcessStat {
  readonly group: number
  /** Clock ticks since boot: with the pid, the identity of a process. */
  readonly startTime: number
}

/** Fields 5 and 22 of /proc/<pid>/stat (proc(5)); null where there is no such process, or no /proc. */
export async function statOf(pid: number): Promise<ProcessStat | null> {
  const text = await read(`/proc/${pid}/stat`)
  if (text === null) return null
  // The name, in brackets, may hold anything: fields count from after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { group: Number(fields[2]), startTime: Number(fields[19]) }
}

/** CPU time of all threads of a group's processes so far: the first field of schedstat, nanoseconds. */
export async function cpuNsOfGroup(group: number): Promise<number | null> {
  const pids = await processesOfGroup(group)
  if (pids.length === 0) return null
  const each = await Promise.all(
    pids.map(async (pid) => {
      const tasks = await readdir(`/proc/${pid}/task`).catch(() => [])
      const stats = await Promise.all(tasks.map((task) => read(`/proc/${pid}/task/${task}/schedstat`)))
      return stats.reduce((sum, text) => sum + Number(text?.split(' ')[0] ?? 0), 0)
    }),
  )
  return each.reduce((sum, ns) => sum + ns, 0)
}

/** Resident memory of a group's processes, bytes; pages that they share count once (Pss). */
export async function memoryOfGroup(group: number): Promise<number | null> {
  const pids = await processesOfGroup(group)
  if (pids.length === 0) return null
  const texts = await Promise.all(pids.map((pid) => read(`/proc/${pid}/smaps_rollup`)))
  const kilobytes = texts.map((text) => Number(/^Pss:\s+(\d+)/m.exec(text ?? '')?.[1] ?? 0))
  return kilobytes.reduce((sum, kb) => sum + kb, 0) * 1024
}
