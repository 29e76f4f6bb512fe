/** What a task is judged by: end states, from what the origin saw where possible. Declarative. */
import type { Request } from '../../http/request.ts'
import type { Name } from '../../policy/policy.ts'
import type { Condition } from './condition.ts'
import type { RequestLine } from './request-line.ts'

export type Check =
  /** One request and what must come back. */
  | {
      readonly kind: 'http'
      readonly role: Name
      readonly before: Before
      readonly send: RequestLine
      readonly status?: number
      readonly headers: Readonly<Record<string, Expected>>
      readonly body?: Expected
    }
  /**
   * How often each status came, over all the lines. Of several trials that one is judged in which fewest were accepted:
   * while requests are on their way a limit lets more through, never fewer.
   */
  | {
      readonly kind: 'sequence'
      readonly role: Name
      readonly send: readonly RequestLine[]
      readonly statuses: Readonly<Record<Name, readonly { readonly status: number; readonly times: Bounds }[]>>
      readonly trials: number
      /** Trials whose requests at once took longer tell nothing; where all did, it is unknown. */
      readonly withinMs?: number
    }
  /** Accepted within a window of steady traffic, by client. The window is the scenario's own traffic. */
  | {
      readonly kind: 'rate'
      readonly role: Name
      /** Traffic of its own, constant arrivals: client → per second. */
      readonly clients: Readonly<Record<Name, Request & { readonly perSecond: number; readonly accepted: Bounds }>>
      readonly forMs: number
    }
  | {
      readonly kind: 'cache'
      readonly role: Name
      readonly send: readonly RequestLine[]
      readonly hits: Bounds
      readonly originHits: Bounds
    }
  /** The answer is parsed and its data compared with what the origin itself answers. */
  | {
      readonly kind: 'transform'
      readonly role: Name
      readonly before: Before
      readonly send: RequestLine
      readonly as: 'json' | 'xml' | 'compact-json'
    }
  /** What arrived at the origin. */
  | {
      readonly kind: 'upstream'
      readonly role: Name
      readonly send: readonly RequestLine[]
      readonly headers: Readonly<Record<string, Expected>>
      readonly requests?: Bounds
      /** TCP connections that the origins accepted for it. */
      readonly connections?: Bounds
    }
  /** The product's own validator accepts the configuration, and the system starts with it. */
  | { readonly kind: 'config'; readonly role: Name }
  /** A relation between what the roles show for the same requests; facts begin with the role. */
  | {
      readonly kind: 'compare'
      readonly roles: readonly Name[]
      readonly send: readonly RequestLine[]
      readonly holds: Condition
    }
  /** A statement about earlier runs and files. */
  | { readonly kind: 'answer'; readonly holds: Condition }
  | { readonly kind: 'all'; readonly checks: readonly Check[] }
  | { readonly kind: 'any'; readonly checks: readonly Check[] }
  | { readonly kind: 'not'; readonly check: Check }

/** A check of one kind. */
export type CheckOf<Kind extends Check['kind']> = Extract<Check, { readonly kind: Kind }>

/** Requests that are sent first, so that a cache or a rate limit is no longer empty. Their answers are not judged. */
export type Before = readonly RequestLine[]

/** Both ends included. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/**
 * Of a header or body. `client-address`: the address that the request was sent from, whatever it is in this runtime.
 * `as-sent`: what the request itself had there.
 */
export type Expected =
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'equals'; readonly text: string }
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'lacks'; readonly text: string }
  | { readonly kind: 'client-address' }
  | { readonly kind: 'as-sent' }

/** right · wrong · unknown: it could not be judged (starting, no answer, too noisy): never the learner's fault. */
export type CheckState = 'right' | 'wrong' | 'unknown'

export interface CheckVerdict {
  readonly id: Name
  readonly describe: string
  readonly state: CheckState
  /** `GET /products/7 as web, 3 times, through nginx`; empty where nothing was sent. */
  readonly request: string
  readonly expected: string
  readonly received: string
  /** The one difference that matters, as a sentence; empty when right. */
  readonly difference: string
}
