/** What makes two requests the same to a cache. */
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
