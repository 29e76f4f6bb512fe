/**
 * Open loop: requests leave at the scheduled times, whatever the answers do. Timers alone are late by more than a proxy
 * costs, so the last two milliseconds are spun on setImmediate, which goes on reading sockets meanwhile.
 */
import type { Arrival } from '../../scenario/schedule/schedule.ts'

const spinMs = 2
/** After this much sending at a stretch, answers are looked at before the next request. */
const longestStretchMs = 2

export interface Paced {
  readonly arrivals: Iterator<Arrival>
  /** The `performance.now()` of `atMs` 0. */
  readonly startedAt: number
  send(arrival: Arrival, now: number): void
  /** Milliseconds spent sending. */
  spent(ms: number): void
}

/** Resolves when every arrival has been handed to `send`, or the signal is aborted; rejects with what `send` throws. */
export function openLoop({ arrivals, startedAt, send, spent }: Paced, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = arrivals.next()

    function turn(): void {
      try {
        if (signal.aborted) return resolve()
        const began = performance.now()
        let now = began
        while (!next.done && startedAt + next.value.atMs <= now && now - began < longestStretchMs) {
          send(next.value, now)
          next = arrivals.next()
          now = performance.now()
        }
        if (now !== began) spent(now - began)
        if (next.done) return resolve()
        const waitMs = startedAt + next.value.atMs - now
        // Timers of whole milliseconds may fire up to one late: a long wait is looked at again in time for the spin.
        if (waitMs > spinMs + 1) setTimeout(turn, Math.min(waitMs - spinMs, 100))
        else setImmediate(turn)
      } catch (error) {
        reject(error)
      }
    }
    turn()
  })
}
