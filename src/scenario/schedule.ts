import type { Phase } from './scenario.ts'

/** One request of the schedule. */
export interface Arrival {
  /** When it is to leave, milliseconds from the start of the round. */
  readonly atMs: number
  readonly phaseIndex: number
  /** Index into the phase's mix. */
  readonly mixIndex: number
  /** Path and query with the numbers drawn. */
  readonly path: string
}

/** Phases and seed → request times, lazily and always the same for the same seed. */
export declare function schedule(phases: readonly Phase[], seed: number): Generator<Arrival>
