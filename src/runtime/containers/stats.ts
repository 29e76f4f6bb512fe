/** What is known of one container: from the kernel where it can be asked, else from the engine. */
import { startedAgain } from './again.ts'
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

/** The last lines of what it wrote since it was started, if it was started again. */
export async function containerLog(container: string, lines: number): Promise<string> {
  // With the two lines that stand between the starts.
  const tail = lines + 2
  const written = piecesOf(await engine().getContainer(container).logs({ stdout: true, stderr: true, tail }))
  const began = new Map<number, number>()
  for (const [at, { stream, text }] of written.entries()) if (text.trimEnd() === startedAgain) began.set(stream, at)
  const since = written.filter(({ stream }, at) => at > (began.get(stream) ?? -1))
  const text = since.map((piece) => piece.text).join('')
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}

interface Piece {
  /** 1: standard output, 2: standard error. Nothing is said of the order of what came through different ones. */
  readonly stream: number
  readonly text: string
}

/**
 * The engine frames what it multiplexes, line by line: eight bytes of head, of which the first names the stream and the
 * last four are the length of what follows.
 */
function piecesOf(bytes: Buffer): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    pieces.push({ stream: bytes[at]!, text: bytes.toString('utf8', at + 8, end) })
    at = end
  }
  return pieces
}
