/**
 * What a scenario of `measure: capacity` measures: a ladder of connections, each of which sends its next request as soon
 * as it has its answer, climbed by every system in turn over several fresh starts.
 */
import type { Failures } from '../../http/failure.ts'
import type { Pinning } from '../../runtime/topology.ts'
import type { EncodedHistogram } from '../../traffic/plan.ts'

export interface CapacityRecord {
  /** Connections of the steps, ascending. */
  readonly ladder: readonly number[]
  /** Traffic of one step that counts, milliseconds; before it `warmUpMs` over the same connections that does not. */
  readonly stepMs: number
  readonly warmUpMs: number
  /** The cores of what sends, and those that systems and origins have between them; null where none were assigned. */
  readonly cores: Pick<Pinning, 'driver' | 'others'>
  /** Origins, each a process of its own. */
  readonly instances: number
  readonly steps: readonly StepRecord[]
  /** What a second load generator measured at each knee; absent where none was asked. */
  readonly referee?: RefereeRecord
}

export interface RefereeRecord {
  /** `autocannon 9.0.0` */
  readonly tool: string
  /** Whether it passed its self-test: it is asked nothing where it did not. */
  readonly holds: boolean
  /** What the self-test saw, as a sentence. */
  readonly seen: string
  /** Driver and referee one after the other at the same number of connections, in a drawn order. */
  readonly checks: readonly RefereeCheck[]
}

export interface RefereeCheck {
  readonly label: string
  readonly connections: number
  readonly driver: LoopFigures
  readonly referee: LoopFigures
}

export interface LoopFigures {
  readonly perSecond: number
  /** Median from send to answer, microseconds; null where nothing was answered. */
  readonly p50Us: number | null
  readonly errors: number
}

/** One system at one number of connections, once. */
export interface StepRecord {
  readonly label: string
  /** From 0: which fresh start of all systems. */
  readonly start: number
  /** From 0, within the start: steps of one block have as many connections and follow each other, in a drawn order. */
  readonly block: number
  /** Place in the drawn order of the block, from 0. */
  readonly position: number
  /** When it began, milliseconds from the first step of the scenario. */
  readonly atMs: number
  readonly connections: number
  /** How long requests that count were sent, milliseconds. */
  readonly measuredMs: number
  /** Answers to them, and those of these that their line of the mix does not expect of this system. */
  readonly answered: number
  readonly unexpected: number
  /** Requests that reached an origin, by its own account, warm-up included, as in `account`. */
  readonly reached: number
  /** Requests that got no answer, warm-up included. */
  readonly failures: Failures
  /** Connections opened: more than `connections` where the system closes them now and then. */
  readonly connected: number
  /** From send to answer, of answers as they were meant. */
  readonly latency: EncodedHistogram
  readonly account: StepAccount
  /** Why it is doubtful, in words. Empty for most. */
  readonly flags: readonly string[]
}

/** Who used how much of the processor, from the beginning of the warm-up to the last answer. */
export interface StepAccount {
  readonly wallMs: number
  /** Answers in this time: CPU time by these is CPU time per request. */
  readonly answered: number
  /** CPU time, nanoseconds; null where nobody tells. Of the system alone, of all origins, and of what sends. */
  readonly cpuNs: { readonly system: number | null; readonly origins: number | null; readonly driver: number | null }
  /** Share of the driver’s core, and of the cores of systems and origins, that anybody used; null where nobody tells. */
  readonly busy: { readonly driver: number | null; readonly others: number | null }
}
