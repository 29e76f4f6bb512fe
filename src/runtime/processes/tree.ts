/** What Linux tells of processes: CPU time in nanoseconds, memory, start times, environments. Elsewhere: null. */
import { readdir, readFile } from 'node:fs/promises'

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}

export interface ProcessStat {
  readonly group: number
  /** Clock ticks since boot: with the pid, the identity of a process. */
  readonly startTime: number
  /** It has ended; only its parent has not noticed yet. */
  readonly ended: boolean
}

/** Fields 3, 5 and 22 of /proc/<pid>/stat (proc(5)); null where there is no such process, or no /proc. */
export async function statOf(pid: number): Promise<ProcessStat | null> {
  const text = await read(`/proc/${pid}/stat`)
  if (text === null) return null
  // The name, in brackets, may hold anything: fields count from after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { group: Number(fields[2]), startTime: Number(fields[19]), ended: fields[0] === 'Z' || fields[0] === 'X' }
}

/** Every process of this machine that may be seen; empty where there is no /proc. */
export async function allPids(): Promise<readonly number[]> {
  return (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number)
}

/** The processes of a group (the group leader and what it started), by pid. */
export async function processesOfGroup(group: number): Promise<readonly number[]> {
  const pids = await allPids()
  const stats = await Promise.all(pids.map(statOf))
  return pids.filter((_, index) => stats[index]?.group === group && !stats[index].ended)
}

/** One variable of the environment a process was started with; null where it has none, or may not be looked at. */
export async function variableOf(pid: number, name: string): Promise<string | null> {
  const variables = (await read(`/proc/${pid}/environ`))?.split('\0') ?? []
  return variables.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
}

/** CPU time of all threads of a group's processes so far: the first field of schedstat, nanoseconds. */
export async function cpuNsOfGroup(group: number): Promise<number | null> {
  const pids = await processesOfGroup(group)
  const texts = await Promise.all(
    pids.map(async (pid) => {
      const tasks = await readdir(`/proc/${pid}/task`).catch(() => [])
      return Promise.all(tasks.map((task) => read(`/proc/${pid}/task/${task}/schedstat`)))
    }),
  )
  const known = texts.flat().filter((text) => text !== null)
  return known.length === 0 ? null : known.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0)
}

/** Resident memory of a group's processes, bytes; pages that they share count once where the kernel tells (Pss). */
export async function memoryOfGroup(group: number): Promise<number | null> {
  const each = await Promise.all((await processesOfGroup(group)).map(kilobytesOf))
  const known = each.filter((kilobytes) => kilobytes !== null)
  return known.length === 0 ? null : known.reduce((sum, kilobytes) => sum + kilobytes, 0) * 1024
}

async function kilobytesOf(pid: number): Promise<number | null> {
  const shared = /^Pss:\s+(\d+)/m.exec((await read(`/proc/${pid}/smaps_rollup`)) ?? '')
  const found = shared ?? /^VmRSS:\s+(\d+)/m.exec((await read(`/proc/${pid}/status`)) ?? '')
  return found ? Number(found[1]) : null
}
