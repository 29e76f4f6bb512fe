/** What is known of one container: from the kernel where it can be asked, else from the engine. */
import { type Cgroup, cgroupOf } from './cgroup.ts'
import { engine } from './engine.ts'

interface Stats {
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } }
  readonly memory_stats: { readonly usage?: number; readonly stats?: Readonly<Record<string, number>> }
}

async function statsOf(container: string): Promise<Stats> {
  // Without “one-shot” the engine waits for two samples, to compute percentages that are not used here.
  return (await engine().getContainer(container).stats({ stream: false, 'one-shot': true })) as unknown as Stats
}

export interface ContainerUsage {
  /** CPU time of all of its processes so far, nanoseconds; null of a container that has ended. */
  cpuNs(): Promise<number | null>
  /** Memory in use without the page cache, bytes: what `docker stats` shows; null where it is not known. */
  memoryBytes(): Promise<number | null>
}

export async function usageOf(container: string): Promise<ContainerUsage> {
  const { State } = await engine().getContainer(container).inspect()
  const cgroup = await cgroupOf(container, State.Pid)
  const engines = { cpuNs: () => cpuOfEngine(container), memoryBytes: () => memoryOfEngine(container) }
  if (!cgroup) return engines
  const figure = (name: keyof Cgroup) => () => cgroup[name]().catch(() => engines[name]())
  return { cpuNs: figure('cpuNs'), memoryBytes: figure('memoryBytes') }
}

async function cpuOfEngine(container: string): Promise<number | null> {
  return (await statsOf(container)).cpu_stats.cpu_usage.total_usage || null
}

async function memoryOfEngine(container: string): Promise<number | null> {
  const { usage, stats } = (await statsOf(container)).memory_stats
  if (usage === undefined) return null
  // cgroup v1 and v2 name it differently.
  return usage - (stats?.['total_inactive_file'] ?? stats?.['inactive_file'] ?? 0)
}

/** The last lines of what it wrote. */
export async function containerLog(container: string, lines: number): Promise<string> {
  const written = await engine().getContainer(container).logs({ stdout: true, stderr: true, tail: lines })
  return unframed(written).trimEnd()
}

/** The engine frames what it multiplexes: eight bytes of head, whose last four are the length of what follows. */
function unframed(bytes: Buffer): string {
  const pieces: Buffer[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    pieces.push(bytes.subarray(at + 8, end))
    at = end
  }
  return Buffer.concat(pieces).toString('utf8')
}
