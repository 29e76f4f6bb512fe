/**
 * A scenario: a question, a policy, origins, clients, traffic, expectations. Parsed and checked (load.ts);
 * durations are milliseconds, rates are per second.
 */
import type { HeaderList } from '../http/headers.ts'
import type { Request } from '../http/request.ts'
import type { Name, Policy } from '../policy/policy.ts'

/** A latency distribution by two of its percentiles: a log-normal through p50 and p99. Milliseconds. */
export interface Latency {
  readonly p50Ms: number
  readonly p99Ms: number
}

/**
 * What an origin route answers with. Every body is JSON, generated from seed and path, printed with indentation. An
 * `account` belongs to the consumer that the edge names, so that an answer in the wrong hands can be seen.
 */
export type BodyKind = 'product' | 'products' | 'order' | 'orders' | 'account'

/** What of a request an origin's document can depend on, beside its path. */
export const documentParts = ['query', 'host', 'accept-language'] as const
export type DocumentPart = (typeof documentParts)[number]

export interface OriginRoute {
  /** `/products/{id}`: `{…}` takes one path segment. */
  readonly path: string
  readonly body: BodyKind
  /** What of the request the document depends on beside its path; the document names it under `madeFor`. */
  readonly by?: readonly DocumentPart[]
  /** Whoever names this media type in Accept gets the document without white space. */
  readonly compactFor?: string
  /** The size the body is grown to, bytes; absent: as it comes (well under 2 KB). */
  readonly sizeBytes?: number
  readonly latency?: Latency
  /** Share of requests answered with 503; 0–1. */
  readonly errorRate?: number
  readonly cacheControl?: string
  /** The Vary header that it sends. */
  readonly vary?: string
  /** When it answers 503 to everybody. */
  readonly failing?: Spell
  /** When it takes longer. */
  readonly slowing?: Spell & { readonly byMs: number }
}

/** A part of every round, counted from its beginning. Milliseconds. */
export interface Spell {
  readonly fromMs: number
  readonly forMs: number
}

export interface Origin {
  readonly instances: number
  /** The one instance, from 1, that takes so many times as long as the others; absent: all are alike. */
  readonly slow?: { readonly instance: number; readonly times: number }
  readonly routes: readonly OriginRoute[]
}

/** Who sends: the headers that make a request this client's. */
export interface Client {
  /** But for the key's: what a line of the mix says itself is sent in their place. */
  readonly headers: HeaderList
  /** A consumer of the policy's apiKey: sends that consumer's key. */
  readonly consumer?: Name
  /** A literal key instead, for keys that nobody has. */
  readonly key?: string
}

/** A request that is sent again and again; `{1..200}` in its path is a number drawn each time. */
export interface MixEntry extends Request {
  readonly client: Name
  /** Share of the phase's requests, relative to the other entries. */
  readonly weight: number
  /** How the number in `{a..b}` is drawn: every one alike, or low ones far more often (zipf, exponent 1). */
  readonly skew: 'uniform' | 'zipf'
  /**
   * The statuses that answer this line as it was meant, where a system carries out the whole policy: 200, or 401 where
   * a refusal is the point. What that means for a system that lacks a feature: measurement/expected-answers.ts. A
   * scenario that was loaded has it; records from before lines said it do not, and there every status below 500 will do.
   */
  readonly expect?: readonly number[]
}

interface PhaseBase {
  readonly phase: Name
  readonly forMs: number
  /** False for warm-up: sent, counted, but left out of every figure. */
  readonly measured: boolean
  readonly mix: readonly MixEntry[]
}

/** Requests leave at a rate; a ramp where `toPerSecond` differs from `fromPerSecond`. */
export interface RatePhase extends PhaseBase {
  readonly kind: 'rate'
  readonly fromPerSecond: number
  readonly toPerSecond: number
  readonly arrivals: 'constant' | 'poisson'
}

/** `atOnce` requests leave together at the phase's start; the rest of the phase waits for them. */
export interface BurstPhase extends PhaseBase {
  readonly kind: 'burst'
  readonly atOnce: number
}

/** As many requests are under way as there are connections, and each answer brings the next: of `measure: capacity` alone. */
export interface ClosedPhase extends PhaseBase {
  readonly kind: 'closed'
}
export type Phase = RatePhase | BurstPhase | ClosedPhase

/** `'>= 90%'`, `'10±1'`, `1`: what a metric of a finding must be for one system. */
export interface Expectation {
  readonly finding: string
  /** A system's id; judged only where that system was measured. */
  readonly system: string
  readonly metric: string
  readonly comparison: Comparison
  /** As it was written, for the report. */
  readonly text: string
}
export type Comparison =
  | { readonly op: '>=' | '<=' | '>' | '<' | '='; readonly value: number }
  | { readonly op: '±'; readonly value: number; readonly tolerance: number }

/** A month's traffic. What is left out is as in the scenario's own traffic. */
export interface Month {
  /** Absent: the mean rate of the measured phases, all month long. */
  readonly requests?: number
  /** Mean size of an answer; absent: as measured. */
  readonly bodyBytes?: number
  /** Size of a managed cache, GB, one of `managedCacheGb`; absent: none. */
  readonly cacheGb?: number
}

/** Sizes in which AWS rents out the cache of an API. */
export const managedCacheGb = [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237] as const

/** Rounds that can be asked for. */
export const maxRounds = 200

/**
 * How a scenario is measured. slices: costs without memory, in short slices of every system in turn. rounds: behaviour
 * with a memory of time, such as rate windows and lifetimes, which needs its whole course. capacity: a ladder of
 * connections, each of which sends as soon as it has its answer.
 */
export const measures = ['slices', 'rounds', 'capacity'] as const
export type Measure = (typeof measures)[number]

export interface Scenario {
  readonly id: Name
  readonly title: string
  readonly question: string
  readonly measure: Measure
  readonly policy: Policy
  readonly origins: Readonly<Record<Name, Origin>>
  readonly clients: Readonly<Record<Name, Client>>
  readonly traffic: readonly Phase[]
  /** `quickShare`: of each phase's time, 0–1, in the rounds of a look; absent: all of it. */
  readonly rounds: { readonly quick: number; readonly full: number; readonly quickShare?: number }
  /** Start every system anew for each round, so that caches and buckets begin empty. */
  readonly fresh: boolean
  /** Most keep-alive connections the driver opens to one system. */
  readonly connections: number
  /** What a month of such traffic is, for its bill; absent where no bill is asked for. */
  readonly month?: Month
  readonly expect: readonly Expectation[]
}
