/** A token bucket. */
export interface RateLimit {
  readonly path: string
  /** Requests per second that are let through in the long run. */
  readonly ratePerSecond: number
  /** How many may come at once after a pause: the size of the bucket, at least 1. */
  readonly burst: number
  /** Who shares a bucket. `consumer` falls back to the address where no consumer is known. */
  readonly per: 'consumer' | 'address'
}
