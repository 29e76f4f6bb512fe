/**
 * What the kernel counts for a container, where its control group can be read from here: an engine on this Linux. It
 * answers at once and to the moment; the engine's own figures come once a second.
 */
import { readFile } from 'node:fs/promises'

const root = '/sys/fs/cgroup'

export interface Cgroup {
  /** Nanoseconds of CPU so far. Rejects where the container has ended. */
  cpuNs(): Promise<number>
  /** Bytes in use without the page cache that could be dropped. Rejects where the container has ended. */
  memoryBytes(): Promise<number>
}

/** `pid` is the container's first process as the engine numbers it; null where that is not a process of this machine. */
export async function cgroupOf(container: string, pid: number): Promise<Cgroup | null> {
  const groups = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '')
  // An engine in a virtual machine has other processes by these numbers.
  if (!groups.includes(container)) return null
  const cgroup = version1(groups) ?? version2(groups)
  const isReadable = cgroup && (await Promise.all([cgroup.cpuNs(), cgroup.memoryBytes()]).catch(() => null))
  return isReadable ? cgroup : null
}

/** A hierarchy for each controller (kernel documentation, cgroup-v1/cpuacct and cgroup-v1/memory). */
function version1(groups: string): Cgroup | null {
  const cpu = folderOf(groups, 'cpuacct')
  const memory = folderOf(groups, 'memory')
  if (!cpu || !memory) return null
  return {
    cpuNs: () => number(`${cpu}/cpuacct.usage`),
    memoryBytes: async () =>
      (await number(`${memory}/memory.usage_in_bytes`)) - (await field(`${memory}/memory.stat`, 'total_inactive_file')),
  }
}

/** One hierarchy, written as controller “” (kernel documentation, cgroup-v2). */
function version2(groups: string): Cgroup | null {
  const path = /^0::(\/.+)$/m.exec(groups)?.[1]
  if (!path) return null
  const folder = `${root}${path}`
  return {
    cpuNs: async () => (await field(`${folder}/cpu.stat`, 'usage_usec')) * 1000,
    memoryBytes: async () =>
      (await number(`${folder}/memory.current`)) - (await field(`${folder}/memory.stat`, 'inactive_file')),
  }
}

/** Controllers that share a hierarchy share its folder, named after both: `cpu,cpuacct`. */
function folderOf(groups: string, controller: string): string | null {
  const line = groups
    .split('\n')
    .map((each) => each.split(':'))
    .find(([, controllers]) => controllers?.split(',').includes(controller))
  return line ? `${root}/${line[1]}${line.slice(2).join(':')}` : null
}

async function number(file: string): Promise<number> {
  return finite(Number(await readFile(file, 'utf8')), file)
}

async function field(file: string, name: string): Promise<number> {
  const line = (await readFile(file, 'utf8')).split('\n').find((each) => each.startsWith(`${name} `))
  return finite(Number(line?.slice(name.length + 1)), file)
}

function finite(value: number, file: string): number {
  if (!Number.isFinite(value)) throw new Error(`${file} is not as the kernel documents it`)
  return value
}
