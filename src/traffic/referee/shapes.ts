/** What the host asks of the referee, a second load generator by other people, and what it answers. */
import type { Request } from '../../http/request.ts'
import type { EncodedHistogram, Target } from '../plan.ts'

/** A closed loop. */
export interface RefereePlan {
  readonly target: Target
  readonly connections: number
  /** Sent before, and not counted. */
  readonly warmUpMs: number
  readonly durationMs: number
  readonly timeoutMs: number
  /** Each connection goes round them, beginning with another one. */
  readonly requests: readonly Request[]
}

export interface Refereed {
  readonly answered: number
  /** Connections that failed, requests that timed out, and answers of 500 and more. */
  readonly errors: number
  readonly durationMs: number
  /** From send to answer, as any histogram of ours. */
  readonly latency: EncodedHistogram
}

/** Whether what is wrong with the referee is still mended: without that its figures are worth nothing. */
export interface SelfTest {
  /** `autocannon 9.0.0` */
  readonly tool: string
  readonly holds: boolean
  /** What was seen, as a sentence. */
  readonly seen: string
}

/** `ready` needs no token; the others are POST. */
export const refereeControl = { ready: '/ready', selfTest: '/self-test', measure: '/measure' } as const
