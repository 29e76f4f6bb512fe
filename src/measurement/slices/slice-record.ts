/**
 * What a scenario without memory measures: slices of 50–250 ms, one of every system in each block, over several fresh
 * starts. Both sides of a block meet the same machine within a second (Bulej and others 2020, “Duet benchmarking”).
 */
import type { Failures } from '../../http/failure.ts'

/** How sure a run was asked to be. quick: a look, which claims nothing. */
export const efforts = ['quick', 'default', 'publish'] as const
export type Effort = (typeof efforts)[number]

export interface SlicesRecord {
  readonly effort: Effort
  /** Traffic of each measured phase in one slice, milliseconds. */
  readonly sliceMs: number
  /** Half-width of an interval that was wanted, as a share: 0.05 for ±5 %. */
  readonly precision: number
  /** Time that measuring was allowed, milliseconds. */
  readonly budgetMs: number
  /** Number of starts after which the run could stop, fixed beforehand. */
  readonly looks: readonly number[]
  /** Why it stopped, as a sentence for people. */
  readonly stopped: string
  /** The answers that slices tell apart, by place. */
  readonly classes: readonly AnswerClass[]
  readonly slices: readonly SliceRecord[]
}

export interface AnswerClass {
  readonly phase: string
  /** Index into the phase's mix. */
  readonly mixIndex: number
  readonly client: string
  readonly status: number
  /** Value of X-Cache, upper case; empty where there is none. */
  readonly cache: string
}

export interface SliceRecord {
  readonly label: string
  /** From 0: which fresh start of all systems. */
  readonly start: number
  /** From 0, within the start. Slices of one start and block are compared with each other. */
  readonly block: number
  /** Place in the drawn order of the block, from 0. */
  readonly position: number
  /** When it began, milliseconds from the first slice of the scenario. */
  readonly atMs: number
  readonly durationMs: number
  readonly sent: number
  /** Connections opened in it: 0 where all were kept. */
  readonly connected: number
  readonly answers: readonly SliceAnswers[]
  readonly failures: Failures
  /** CPU time of the system alone, over all its processes, nanoseconds; null where nobody tells. */
  readonly cpuNs: number | null
  /** Share of the slice that the driver spent in its own handlers; 0–1. */
  readonly driverBusy: number
  /** How late the driver came to one request in a hundred, microseconds. */
  readonly lateP99Us: number
  /** Why it is doubtful, in words: `driver late`, `CPU stolen`. Empty for most. */
  readonly flags: readonly string[]
  /** It was measured once more because of its flags: the other one counts. Absent otherwise. */
  readonly repeated?: true
}

export interface SliceAnswers {
  /** Index into `classes`. */
  readonly class: number
  /** From the intended time, microseconds to three digits, ascending; one for each answer. */
  readonly latencyUs: readonly number[]
}
