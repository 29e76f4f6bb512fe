/** The one event stream of a run. Three outputs read it: appended lines, JSON lines and the terminal app. */
import type { StatusCounts } from '../measurement/expected-answers.ts'
import type { ProbeRecord, RoundRecord } from '../measurement/run-record.ts'
import type { RuntimeKind } from '../runtime/topology.ts'
import type { Frame } from '../traffic/plan.ts'

export type ExperimentEvent =
  | {
      readonly type: 'run-started'
      readonly run: string
      readonly runtime: RuntimeKind
      readonly reason: string
      readonly seed: number
      readonly scenarios: readonly { readonly id: string; readonly question: string; readonly rounds: number }[]
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
  | { readonly type: 'scenario-finished'; readonly scenario: string }
  | { readonly type: 'run-finished'; readonly run: string; readonly partial: boolean }

export type Emit = (event: ExperimentEvent) => void
