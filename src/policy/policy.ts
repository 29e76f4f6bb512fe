/**
 * What the edge must do, in a vendor-neutral vocabulary. One policy configures every system.
 * A policy that reached this shape went through `parse.ts`: paths are valid, names are identifiers, units are numbers.
 */

/** A name that may stand bare in any configuration format: `[a-z][a-z0-9-]*`. */
export type Name = string

export interface Route {
  /** Path prefix on segment borders: `/products` takes `/products` and `/products/7`, not `/productsale`. */
  readonly path: string
  readonly origin: Name
}

export interface Balancing {
  readonly origin: Name
  readonly method: 'round-robin' | 'least-connections' | 'weighted'
  /** One weight per instance, in order; only with `weighted`. */
  readonly weights?: readonly number[]
}

export type CacheKeyPart = 'path' | 'query' | 'consumer' | 'representation'

/**
 * A shared cache in the sense of RFC 9111: what the standard forbids to share is given to nobody else, whatever the key
 * says. That is an answer with `private` or `no-store` (§3), one to a request with Authorization unless it carries
 * `public`, `s-maxage` or `must-revalidate` (§3.5), one to a request that differs in a header that `Vary` names (§4.1),
 * and, without freshness of its own, one with Set-Cookie. Those who wait for an answer in flight are no exception. The
 * Host that the origin receives is always part of the key (§2), and a successful unsafe method removes what is stored
 * of its URI (§4.4).
 */
export interface Cache {
  readonly path: string
  /**
   * How long a 200 answer to a GET is fresh where the origin does not say: it stands in for the freshness that the
   * origin leaves out (§4.2), and its own Cache-Control or Expires wins. Milliseconds; 0 is no time at all: only what
   * the origin says is kept.
   */
  readonly ttlMs: number
  /** What makes two requests the same. `consumer` is who the key belongs to, `representation` what transform makes. */
  readonly key: readonly CacheKeyPart[]
  /** Concurrent requests for one missing entry become one request to the origin. */
  readonly coalesce: boolean
  /** How long after its expiry an answer may still be served when the origin fails. Milliseconds; 0 is never. */
  readonly staleOnErrorMs: number
}

export interface Consumer {
  readonly name: Name
  /** The secret itself. Never enters records or reports. */
  readonly key: string
}

export interface ApiKey {
  readonly path: string
  /** Name of the request header that carries the key, lower case. The origin receives `X-Consumer` instead of it. */
  readonly header: string
  readonly consumers: readonly Consumer[]
}

export interface RateLimit {
  readonly path: string
  /** Requests per second that are let through in the long run. */
  readonly ratePerSecond: number
  /** How many may come at once after a pause: the size of the bucket, at least 1. */
  readonly burst: number
  /** Who shares a bucket. `consumer` falls back to the address where nobody is known. */
  readonly per: 'consumer' | 'address'
}

/** What a client's Accept header turns the origin's JSON into. `compact-json` is the same data without white space. */
export interface Representation {
  readonly accept: string
  readonly as: 'xml' | 'compact-json'
}

export interface Transform {
  readonly path: string
  readonly representations: readonly Representation[]
}

export interface Policy {
  readonly routes: readonly Route[]
  readonly balancing: readonly Balancing[]
  readonly cache: readonly Cache[]
  readonly apiKey: readonly ApiKey[]
  readonly rateLimit: readonly RateLimit[]
  readonly transform: readonly Transform[]
}

/** The header in which every system says what its cache did: HIT, MISS, STALE, … (absent: no cache on this path). */
export const cacheStatusHeader = 'x-cache'

/** Words of that header for answers that cost the origin nothing. */
export const fromCacheWords: readonly string[] = ['HIT', 'STALE', 'UPDATING']

/** The header in which the origin learns who the caller is. */
export const consumerHeader = 'x-consumer'
