/**
 * What node-proxy and node-gateway have in common: server, upstream side, balancing and cache. Here because no system
 * imports another. Both programs read this shape from `edge.json`.
 */
import type { ApiKey, Balancing, Cache, Name, RateLimit, Representation } from '../../policy/policy.ts'
import type { Address } from '../system.ts'

export interface EdgeConfig {
  readonly listen: Address
  readonly origins: Readonly<Record<Name, EdgeOrigin>>
  /** Longest path first: the first that takes a request's path is its location. */
  readonly locations: readonly EdgeLocation[]
  readonly caches: readonly Cache[]
  readonly apiKeys: readonly ApiKey[]
  readonly rateLimits: readonly RateLimit[]
  readonly transforms: readonly (readonly Representation[])[]
}

export interface EdgeOrigin {
  readonly instances: readonly Address[]
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
}
