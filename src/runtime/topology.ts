/** The plan that both runtimes carry out; the rest of the code cannot tell which does. */
import type { Address, Launch, ModuleHere, NativeFile, Wheel } from '../systems/system.ts'

export type RuntimeKind = 'containers' | 'processes'

/** Where a part will be, known before it starts, so that others can be configured to reach it. */
export interface Place {
  /** Unique within the run: `nginx`, `origin-catalogue-1`, `driver-front`. */
  readonly name: string
  /** As its peers reach it. */
  readonly address: Address
  /** What it binds to. */
  readonly listen: Address
  /** Absolute folders as the part itself sees them. */
  readonly configDir: string
  readonly scratchDir: string
}

/**
 * front: driver ↔ systems. back: systems ↔ origins, internal. both: systems, and the driver that measures `direct`.
 * Processes have loopback only.
 */
export type NetworkSide = 'front' | 'back' | 'both'

export interface Part {
  readonly place: Place
  readonly role: 'driver' | 'origin' | 'system'
  readonly side: NetworkSide
  readonly launch: Launch
  /** Written below `place.configDir` before the start. */
  readonly files: readonly NativeFile[]
  /** True for drivers: the host must reach it (a published port on loopback). */
  readonly published: boolean
  /**
   * True where it will be started again in its place: its container then has a shell beside the product, which takes part
   * in the account of its memory. Absent: nobody will.
   */
  readonly restarts?: boolean
}

/** Reads nanoseconds of CPU so far; null where nobody tells. */
export type CpuMeter = () => Promise<number | null>

export interface Running {
  readonly place: Place
  /** `http://127.0.0.1:port` as the host reaches it; only for published parts. */
  readonly controlUrl: string | null
  /** What the product says of itself (`nginx/1.26.3`), or null. */
  readonly version: string | null
  /** `sha256:…` of the image, null for processes. */
  readonly imageDigest: string | null
  /** Image tag or path of the executable. */
  readonly ranAs: string
  /** Of a product's binary that runs as a process, hexadecimal; null in an image, which has a digest, and of our own programs. */
  readonly binarySha256: string | null
  /** CPU time used so far by all of its processes, nanoseconds; null where the platform does not tell. */
  cpuNs(): Promise<number | null>
  /**
   * A quick reading of the same, for moments that are close together: of the processes that there are when it is opened.
   * Differences mean something within one meter only.
   */
  openCpuMeter(): Promise<CpuMeter>
  /** Resident memory now, bytes; null where the platform does not tell. */
  memoryBytes(): Promise<number | null>
  /** Why it runs no more although nobody stopped it, in words; undefined while it runs. */
  ended(): Promise<string | undefined>
  /** Last lines of what it wrote. */
  logTail(lines?: number): Promise<string>
  /**
   * Ends it and starts it anew at its place, with these files and an empty scratch folder; what comes of it replaces this
   * one. Of a part that `restarts` it is quicker than a stop and a start. Throws as `start` does: then nothing of it is left.
   */
  restart(files: readonly NativeFile[]): Promise<Running>
  stop(): Promise<void>
}

/** Which cores parts were given. `null`: not pinned, with the reason. */
export interface Pinning {
  readonly driver: readonly number[] | null
  readonly others: readonly number[] | null
  readonly note: string
}

/** One run's lab. Opened by `openRuntime`; everything it started is gone after `close`, which may be called twice. */
export interface Runtime {
  readonly kind: RuntimeKind
  readonly pinning: Pinning
  /**
   * Where a part of this name will be; `at` where somebody outside has to know the address beforehand. Containers have
   * networks of their own, which nobody outside reaches: they take no `at`. Throws EdgeLabError `portInUse`.
   */
  reserve(name: string, at?: Address): Promise<Place>
  /** One more address at which the part of this place may listen: its `nth`, from 1. */
  alongside(place: Place, nth: number): Promise<Pick<Place, 'address' | 'listen'>>
  /** How the build that would start here has the module of this launch; undefined where nothing need be asked. */
  moduleOf(launch: Launch): ModuleHere | undefined
  /** Starts and waits until it is ready. Throws EdgeLabError `startFailed` with the log's tail, `portInUse`, `binaryMissing`. */
  start(part: Part): Promise<Running>
  close(): Promise<void>
}

export interface RuntimeOptions {
  readonly runId: string
  /** First port for processes; absent: the kernel chooses free ones. */
  readonly firstPort?: number
  /** False where nothing is measured: every part may use every core. Absent: each has the cores of its role. */
  readonly pinned?: boolean
  readonly signal: AbortSignal
}

/** Can this run here, and if not: why, and the one command that changes it. */
export type Availability =
  | { readonly available: true; readonly by: string }
  | {
      readonly available: false
      readonly reason: string
      readonly remedy: string
      /** What `edgelab get` would fetch, where that is the remedy. */
      readonly wheel?: Wheel
    }
