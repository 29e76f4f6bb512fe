import type { Throttle } from '../../definition/stage.ts'

/** A token bucket that fills continuously. `now` in milliseconds. */
export class Bucket {
  readonly #perMs: number
  readonly #size: number
  #tokens: number
  #filledAt: number

  constructor({ RateLimit, BurstLimit }: Throttle, now: number) {
    this.#perMs = RateLimit / 1000
    this.#size = BurstLimit
    this.#tokens = BurstLimit
    this.#filledAt = now
  }

  /** Whether a request may pass; it takes a token then. */
  take(now: number): boolean {
    this.#tokens = Math.min(this.#size, this.#tokens + (now - this.#filledAt) * this.#perMs)
    this.#filledAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
