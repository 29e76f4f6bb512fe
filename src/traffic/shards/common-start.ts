/**
 * The instant at which several drivers begin one plan. They go by the clock of their machine, which all of them on one
 * share; on several machines they would be apart by what the clocks differ. Measured by when the first requests of two
 * drivers reached a server, on two cores loaded several times over: 0.5 ms apart in the median, 1.6 ms where both drivers
 * were pinned to one core. That is their turn of the processor, not the clock; at best 0.06 ms were seen.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { TimedShard } from '../plan.ts'

/** A start further away than this, either way, is one of another clock. */
const maxAwayMs = 10_000
/** The paced loop spins from here on; what a timer is late by has room in it. */
const beforeMs = 5

/** Throws RangeError that says what is wrong. */
export function checkShard({ index, of, startAtMs }: TimedShard): void {
  if (!Number.isInteger(of) || !Number.isInteger(index) || index < 0 || index >= of) {
    throw new RangeError('a shard’s index must be from 0 and below the number of shards')
  }
  const away = startAtMs - Date.now()
  if (!(Math.abs(away) <= maxAwayMs)) {
    throw new RangeError(`the start is ${Math.round(away / 1000)} s away by this driver’s clock`)
  }
}

/**
 * Resolves shortly before the start (at once where that has passed, so that requests are late and the round says so),
 * with the `performance.now()` of the start.
 */
export async function commonStart(startAtMs: number, signal: AbortSignal): Promise<number> {
  const startedAt = onOwnClock(startAtMs)
  const waitMs = startedAt - performance.now() - beforeMs
  if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => undefined)
  return startedAt
}

/**
 * The `performance.now()` of an instant of the machine's clock. `performance.timeOrigin` would not do: it does not follow
 * when that clock is set. `Date.now()` tells whole milliseconds only, so it is read at the moment when it turns.
 */
function onOwnClock(epochMs: number): number {
  const before = Date.now()
  let turned = before
  while (turned === before) turned = Date.now()
  return performance.now() + epochMs - turned
}
