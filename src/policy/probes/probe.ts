/** A probe: a short request sequence that proves one line of a policy on one system. */
import type { Exchange } from '../../http/answer.ts'
import type { Request } from '../../http/request.ts'

/** How an origin answers one path for a while, in place of what its route says of latency and Cache-Control. */
export interface Dress {
  readonly headers: Readonly<Record<string, string>>
  /** How long the answer takes, so that others can come while it is awaited; 0 where left out. */
  readonly delayMs?: number
}

/** The header in which a dressed origin numbers its answers: two requests with one number share an answer. */
export const answerHeader = 'x-probe-answer'

/** What the origins saw since the last reset, summed over instances. */
export interface OriginView {
  readonly requests: number
  /** Requests per instance, by `origin/instance`. */
  readonly instances: Readonly<Record<string, number>>
  /** What was asked there, each path with its query once, by `origin/instance`. */
  readonly paths: Readonly<Record<string, readonly string[]>>
  /** The last requests, newest last. */
  readonly last: readonly Request[]
}

/** What a probe may do. `send` goes through the system, `reference` asks the origin itself. */
export interface ProbeTools {
  send(...requests: readonly Request[]): Promise<readonly Exchange[]>
  /** All at once, each on a connection of its own. */
  together(requests: readonly Request[]): Promise<readonly Exchange[]>
  reference(request: Request): Promise<Exchange>
  origin(): Promise<OriginView>
  resetOrigin(): Promise<void>
  /** No route fails by its own errorRate: that is the origin's, and no line's of the policy. */
  calmOrigin(calm: boolean): Promise<void>
  /** Every route of every origin answers 503. */
  failOrigin(failing: boolean): Promise<void>
  /** This instance (`origin/1`) closes connections in place of answers, until `undefined` says that all are well. */
  breakOff(instance: string | undefined): Promise<void>
  /** By path and query; in place of what was dressed before, and `{}` is as the routes say. */
  dressOrigin(dressed: Readonly<Record<string, Dress>>): Promise<void>
  wait(ms: number): Promise<void>
  /** Waits until `count` requests more are let through at this pace, whatever was sent before: mostly not at all. */
  rest(pace: Pace, count: number): Promise<void>
}

/** How many requests pass at once after a pause, and how long that is: milliseconds in which nothing is sent. */
export interface Pace {
  readonly atOnce: number
  readonly refillMs: number
}

export interface ProbeVerdict {
  readonly passed: boolean
  readonly expected: string
  readonly received: string
  /** What it was recognised as, beside whether it passed: `token bucket`. */
  readonly shows?: string
  /** What was sent and answered, for the report; bodies are cut to what a reader needs. */
  readonly evidence: readonly Exchange[]
}

/**
 * A part of a feature that a product may lack although it has the feature. A system that lacks one declares it with the
 * reason (`System.lacks`), and the probe is then skipped.
 */
export type ProbeAspect =
  /** A successful unsafe method takes what is stored of its URI out of the cache. */
  | 'invalidation'
  /** Requests that wait for one missing entry become one. */
  | 'coalescing'
  /** An expired answer while the origin fails. */
  | 'stale-on-error'
  /** What the origin forbids to share (Cache-Control, Set-Cookie, Vary) is shared with nobody. */
  | 'sharing'
  /** The whole query is part of the cache's key. */
  | 'query-key'
  /** As many pass at once as the burst says, and as many again after the time in which the rate makes up for them. */
  | 'burst'
  /** X-Cache says what the cache did. */
  | 'cache-status'
  /** 404 where no route takes a path. */
  | 'not-found'
  /** 401 with WWW-Authenticate where a key is missing or wrong. */
  | 'unauthorized'
  /** Refusals of keys have a JSON body. */
  | 'refusal-body'
  /** The origin learns which host the caller asked for. */
  | 'host'

/** One claim of a feature about its line. */
export interface LineProbe {
  /** `expires` */
  readonly id: string
  /** `a second request within the TTL comes from the cache` */
  readonly claim: string
  readonly aspect?: ProbeAspect
  readonly run: (tools: ProbeTools) => Promise<ProbeVerdict>
}

/** Where the origins of a scenario can be asked. */
export interface ProbePaths {
  /** Paths that the origins answer with 200, as many as asked for, all different, below a policy path. */
  readonly probePaths: (policyPath: string, count: number) => readonly string[]
  /** One path for each kind of document that the origins have below a policy path: small and large ones. */
  readonly documents: (policyPath: string) => readonly string[]
}

/** What a feature may ask when it makes its probes: of the rest of the policy no more than what requests must heed. */
export interface ProbeContext<Needs = unknown> extends ProbePaths {
  readonly policy: Needs
  /** A GET that every line of the policy lets through, as the `who`-th consumer where the path wants to know one. */
  readonly admitted: (path: string, headers?: Readonly<Record<string, string>>, who?: number) => Request
  /** How many requests every line lets through at once at this path; Infinity where none holds any back. */
  readonly headroom: (path: string) => number
  /** Waits until every line lets `count` requests more through at this path; as many as it can where that is fewer. */
  readonly rested: (tools: ProbeTools, path: string, count?: number) => Promise<void>
  /** Sends one after another, with a pause wherever `headroom` may be used up. */
  readonly inTurn: (tools: ProbeTools, path: string, ...requests: readonly Request[]) => Promise<readonly Exchange[]>
}
