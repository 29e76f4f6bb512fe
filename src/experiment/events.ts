/**
 * The one event stream of a run. Three outputs read it: appended lines, JSON lines and the terminal app.
 *
 * Of a scenario in rounds: `round-started`, its `frame`s and `round-finished`, system by system. Of one in slices:
 * `start-began` when all systems are started anew and warmed, `block-finished` several times a second, `start-finished`
 * with what is known by then; and neither rounds nor frames.
 */
import type { StatusCounts } from '../measurement/expected-answers.ts'
import type { ProbeRecord, RoundRecord } from '../measurement/run-record.ts'
import type { RuntimeKind } from '../runtime/topology.ts'
import type { Measure } from '../scenario/scenario.ts'
import type { Frame } from '../traffic/plan.ts'

export type ExperimentEvent =
  | {
      readonly type: 'run-started'
      readonly run: string
      readonly runtime: RuntimeKind
      readonly reason: string
      readonly seed: number
      readonly scenarios: readonly PlannedScenario[]
      readonly systems: readonly string[]
      /** A guess, from the schedule and what starting takes. */
      readonly expectedMs: number
    }
  | { readonly type: 'scenario-started'; readonly scenario: string; readonly question: string }
  | {
      readonly type: 'subject-unavailable'
      readonly scenario: string
      readonly label: string
      readonly reason: string
      readonly remedy: string
    }
  | { readonly type: 'subject-starting'; readonly scenario: string; readonly label: string }
  | {
      readonly type: 'subject-ready'
      readonly scenario: string
      readonly label: string
      readonly version: string | null
    }
  | {
      readonly type: 'subject-failed'
      readonly scenario: string
      readonly label: string
      readonly reason: string
      readonly logTail: string
    }
  | { readonly type: 'probe-finished'; readonly scenario: string; readonly label: string; readonly probe: ProbeRecord }
  | {
      readonly type: 'round-started'
      readonly scenario: string
      readonly label: string
      readonly index: number
      readonly of: number
    }
  | {
      readonly type: 'frame'
      readonly scenario: string
      readonly label: string
      readonly index: number
      readonly frame: Frame
      /** Answers that their line of the mix does not expect of this system. */
      readonly unexpected: StatusCounts
    }
  | {
      readonly type: 'round-finished'
      readonly scenario: string
      readonly round: RoundRecord
      readonly of: number
      /** As those of its frames, warm-up included. */
      readonly unexpected: StatusCounts
    }
  | {
      readonly type: 'start-began'
      readonly scenario: string
      /** From 0: which fresh start of all systems. */
      readonly start: number
      /** Starts at most: fewer where enough is known earlier. */
      readonly of: number
      /** Of measuring this scenario so far, and at most. */
      readonly elapsedMs: number
      readonly budgetMs: number
    }
  | {
      readonly type: 'block-finished'
      readonly scenario: string
      readonly start: number
      /** From 0, within the start. */
      readonly block: number
      /** Blocks of this start. */
      readonly of: number
      readonly elapsedMs: number
      readonly budgetMs: number
      /** One of each system that still runs, in the order of the block; of one that was repeated, the slice that counts. */
      readonly slices: readonly SliceFigures[]
    }
  | {
      readonly type: 'start-finished'
      readonly scenario: string
      readonly start: number
      readonly of: number
      readonly elapsedMs: number
      readonly budgetMs: number
      /** Of each system, what its slices of this start add up to. */
      readonly rounds: readonly RoundRecord[]
      /** What is known after this start; empty before there is an interval. */
      readonly known: readonly KnownInterval[]
      /** Why measuring of this scenario ends here, as a sentence; absent where it goes on. */
      readonly stopped?: string
    }
  | { readonly type: 'scenario-finished'; readonly scenario: string }
  | { readonly type: 'run-finished'; readonly run: string; readonly partial: boolean }

export interface PlannedScenario {
  readonly id: string
  readonly question: string
  readonly measure: Measure
  /** Of each system; 0 where it is not measured in rounds. */
  readonly rounds: number
  /** Half-width of an interval that is wanted, as a share; where it is measured in slices. */
  readonly precision: number
  /** A guess, proof included. */
  readonly expectedMs: number
}

/** One slice at a glance; what the record keeps of it is more. */
export interface SliceFigures {
  readonly label: string
  readonly sent: number
  readonly answered: number
  /** Of answers below 400; null where there are none, and of an emulated system. */
  readonly p50Us: number | null
  /** CPU time of the system for one answer; null where nobody tells. */
  readonly cpuUsPerAnswer: number | null
  /** Answers that their line of the mix does not expect of this system. */
  readonly unexpected: StatusCounts
  /** Requests without an answer. */
  readonly failed: number
  /** Why it is doubtful; empty for most. */
  readonly flags: readonly string[]
  /** It took the place of a flagged one. */
  readonly again: boolean
}

/** A ratio between two systems with its interval, as far as it is known. */
export interface KnownInterval {
  readonly metric: 'p50' | 'cpu'
  readonly label: string
  /** The label that it is compared with. */
  readonly reference: string
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** Measuring goes on for it: it is neither as narrow as wanted nor a difference that is known well enough. */
  readonly isOpen: boolean
}

export type Emit = (event: ExperimentEvent) => void
