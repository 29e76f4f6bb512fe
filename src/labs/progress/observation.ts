/** What a run step showed: facts that later sentences, outcomes and reports are chosen by. Kept in the progress file. */
import type { Finding } from '../../comparison/finding.ts'
import type { Answer } from '../../http/answer.ts'
import type { Request } from '../../http/request.ts'
import type { Name } from '../../policy/policy.ts'

export interface Observation {
  /** The run step. */
  readonly step: Name
  /** ISO time. */
  readonly at: string
  readonly roles: Readonly<Record<Name, RoleObservation>>
  /** The findings of a scenario run that its `show` names; empty for request sequences. */
  readonly findings: readonly Finding[]
}

export interface RoleObservation {
  /** As the learner sees it: `nginx`, or `nginx-late` where one system plays two roles. */
  readonly label: string
  /** Its id then: a version that reads it later may not know it. */
  readonly system: string
  /** What the product says of itself (`nginx/1.26.3`); null where it did not start or does not say. */
  readonly version: string | null
  /** Why there is nothing to see: it did not start. Empty otherwise. */
  readonly problem: string
  /** By the name of the request line. Bodies are cut. */
  readonly answers: Readonly<Record<Name, readonly Answer[]>>
  readonly counts: Readonly<Record<Name, AnswerCounts>>
  readonly origin: SeenByOrigin
  /** finding → metric → value, as expectations know them. */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export interface AnswerCounts {
  readonly sent: number
  /** 2xx */
  readonly accepted: number
  /** 4xx */
  readonly refused: number
  /** 5xx and no answer. */
  readonly failed: number
  readonly fromCache: number
  readonly byStatus: Readonly<Record<string, number>>
}

export interface SeenByOrigin {
  readonly requests: number
  readonly connections: number
  /** Path and query → requests. */
  readonly paths: Readonly<Record<string, number>>
  /** Newest last. */
  readonly last: readonly Request[]
}
