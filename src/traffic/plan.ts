/** What the host tells the driver and what the driver answers: the control API's shapes. Traffic knows a URL, not a system. */
import type { Exchange } from '../http/answer.ts'
import type { Failures } from '../http/failure.ts'
import type { Request } from '../http/request.ts'
import type { ClosedPhase, Phase } from '../scenario/scenario.ts'
import type { Shard } from '../scenario/schedule/schedule.ts'
import type { Endpoint } from '../systems/system.ts'

export interface DriverConfig {
  readonly listen: { readonly host: string; readonly port: number }
  /** Every request to the control API must carry `authorization: Bearer <token>`. */
  readonly token: string
}

export type Target = Endpoint

interface PlanBase {
  readonly target: Target
  /** Most keep-alive connections at a time. */
  readonly connections: number
  /** A response that takes longer from its send is counted as a timeout and its connection closed. */
  readonly timeoutMs: number
  readonly seed: number
  /**
   * Name of the connections that are used and then left open for the next plan of this name, until they are released.
   * Those that the target closed meanwhile are opened again before the measured time. Absent: they end with the plan.
   */
  readonly kept?: string
  /** none: no samples are kept. first: the first answer of each class; of some paths every different body, counted. */
  readonly sampling?: Sampling
  /** Where several drivers carry out one plan: the part of this one. `connections` is then its own share of them. */
  readonly shard?: TimedShard
}

/** `everyBodyOf`: paths as the lines of the mix have them. */
export type Sampling = 'none' | 'first' | { readonly everyBodyOf: readonly string[] }

export interface TimedShard extends Shard {
  /** When all of them begin, milliseconds of the epoch by the machine’s clock: soon. */
  readonly startAtMs: number
}

/** Requests leave when phases and seed say so, whatever the responses do. */
export interface OpenPlan extends PlanBase {
  readonly mode: 'open'
  /** Each line of a mix with all the headers that it is sent with. */
  readonly phases: readonly Phase[]
}

/** Each connection sends its next request as soon as the last is answered: finds capacity. */
export interface ClosedPlan extends PlanBase {
  readonly mode: 'closed'
  /** One after another over the same connections. Each line of a mix with all the headers that it is sent with. */
  readonly phases: readonly ClosedPhase[]
}
export type DriverPlan = OpenPlan | ClosedPlan

/** HdrHistogram V2, compressed, base64, or packed (measure/packed.ts); values in microseconds, 1 µs–60 s, three digits. */
export type EncodedHistogram = string

/** One class of answers within one frame. Key: phase, mix entry, status, cache status. */
export interface Series {
  readonly phase: string
  /** Index into the phase's mix. */
  readonly mixIndex: number
  readonly client: string
  readonly status: number
  /** Value of X-Cache, upper case; empty where there is none. */
  readonly cache: string
  readonly count: number
  readonly bodyBytes: number
  /** From the intended time. */
  readonly latency: EncodedHistogram
  /** From the actual send; the first request of a connection opens it within this time. */
  readonly service: EncodedHistogram
}

/** What was answered to requests that were due within one tenth of a second. */
export interface Slot {
  /** Start, milliseconds from the start of the round: a multiple of 100. */
  readonly atMs: number
  readonly phase: string
  readonly client: string
  readonly status: number
  readonly count: number
}

/** What happened in a quarter of a second, as deltas: frames add up. */
export interface Frame {
  /** End of the frame, milliseconds from the start of the round. */
  readonly atMs: number
  readonly sent: number
  readonly answered: number
  readonly inFlight: number
  readonly series: readonly Series[]
  readonly slots: readonly Slot[]
  /**
   * How long after its intended time the driver came to a request, microseconds. Where every connection was busy the
   * request waited longer: that is the target's doing, and part of `latency`.
   */
  readonly lateness: EncodedHistogram
  readonly failures: Failures
  /** What was wrong with the answers that `protocol` counts, in words. */
  readonly faults: Readonly<Record<string, number>>
  /** Milliseconds spent in the driver's own send and response handlers: its load, which spinning hides. */
  readonly busyMs: number
  /** New connections opened. */
  readonly connected: number
}

/** The first answer of each phase, client and status, its body kept up to 256 KiB; or the first of each different body. */
export interface Sample extends Pick<Exchange, 'request' | 'status' | 'headers' | 'body'> {
  readonly phase: string
  readonly client: string
  readonly truncated: boolean
  /** How many answers of its class had this body; absent where only the first was looked at. */
  readonly count?: number
}

export interface RunResult {
  readonly samples: readonly Sample[]
  readonly durationMs: number
}

/** The lines of `POST /run`, one JSON object each; the last is `done` or `failed`. */
export type DriverLine =
  | { readonly type: 'frame'; readonly frame: Frame }
  | ({ readonly type: 'done' } & RunResult)
  | { readonly type: 'failed'; readonly why: string }

/** `POST /exchange`: requests outside a plan, one after another, or all at once on connections of their own. */
export interface ExchangeBatch {
  readonly target: Target
  readonly together: boolean
  readonly timeoutMs: number
  readonly requests: readonly Request[]
  /** An address of this machine to send from; absent: as the kernel chooses. */
  readonly localAddress?: string
}

/** What became of a batch. */
export interface Exchanged {
  /** In the order of the requests; fewer where the caller went away. */
  readonly exchanges: readonly Exchange[]
  /** The driver's own address, as the target sees it. Empty where nothing was connected. */
  readonly from: string
}

/** `POST /release`: closes kept connections. */
export interface Release {
  readonly kept: readonly string[]
}

/** The paths of the control API; `run` ends when its request is closed. `ready` needs no token. */
export const driverControl = { ready: '/ready', run: '/run', exchange: '/exchange', release: '/release' } as const
