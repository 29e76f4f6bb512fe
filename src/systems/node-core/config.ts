/**
 * What node-proxy and node-gateway have in common: server, upstream side, balancing and cache. Here because no system
 * imports another. Both programs read this shape from `edge.json`; read-config.ts says what is wrong with one.
 */
import type { ApiKey } from '../../policy/features/api-key/line.ts'
import type { Balancing } from '../../policy/features/balancing/line.ts'
import type { Cache } from '../../policy/features/cache/line.ts'
import type { Quota } from '../../policy/features/quota/line.ts'
import type { RateLimit } from '../../policy/features/rate-limit/line.ts'
import type { Representation } from '../../policy/features/transform/line.ts'
import type { Name } from '../../policy/policy.ts'

export interface EdgeConfig {
  /** `host:port`, as are the instances. */
  readonly listen: string
  /**
   * Whether the origin is told who asks: the client's address is added to X-Forwarded-For, X-Forwarded-Proto is set.
   * Off, both headers go on as the client sent them.
   */
  readonly forwarded: boolean
  /** Whether connections to the origins stay open for the next request. Off, each request opens one of its own. */
  readonly keepAlive: boolean
  /** The filters of the program, called gates in this file: in which order a request is asked; each that the program has, once. A limit before the keys counts by address. */
  readonly gates: readonly FilterName[]
  readonly origins: Readonly<Record<Name, EdgeOrigin>>
  /** Longest path first: the first that takes a request's path is its location. */
  readonly locations: readonly EdgeLocation[]
  readonly caches: readonly Cache[]
  readonly apiKeys: readonly ApiKey[]
  readonly rateLimits: readonly RateLimit[]
  readonly transforms: readonly (readonly Representation[])[]
  /** Absent where no consumer has one. The gate of the rate limit counts them. */
  readonly quotas?: readonly Quota[]
}

/** Those of node-gateway, in the order that costs no consumer anything for another's bad key. A proxy has none. */
export const filterNames = ['apiKey', 'rateLimit', 'transform'] as const
export type FilterName = (typeof filterNames)[number]

export interface EdgeOrigin {
  readonly instances: readonly string[]
  readonly balance: Balancing['method']
  readonly weights?: readonly number[]
}

/** Numbers are places in the lists above, so that locations below one policy line share what it keeps: one bucket. */
export interface EdgeLocation {
  readonly path: string
  readonly origin: Name
  readonly cache?: number
  readonly apiKey?: number
  readonly rateLimit?: number
  readonly transform?: number
  readonly quota?: number
}
