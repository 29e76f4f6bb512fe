/**
 * Wrong passcodes: each locks its address, longer every time, and too many of them lock joining for everybody. While it
 * is locked no passcode is looked at, so that guessing gets nowhere: some twenty guesses a minute from all addresses
 * together, out of a hundred million passcodes.
 */
import { buckets } from './buckets.ts'

/** Three for slips of the finger; doubled from then on. */
const forgiven = 3
const firstLockMs = 1000
const longestLockMs = 5 * 60_000
const addressesKept = 10_000
const inAll = { burst: 30, perSecond: 1 / 3 }

export interface Attempts {
  /** How long this address has to wait, in milliseconds; 0 where its passcode may be looked at. */
  waitOf(address: string, nowMs: number): number
  /** Returns how long the address is locked for that. */
  wrong(address: string, nowMs: number): number
  right(address: string): void
}

export function attempts(): Attempts {
  const byAddress = new Map<string, { readonly wrong: number; readonly untilMs: number }>()
  const everybody = buckets(inAll)
  return {
    waitOf: (address, nowMs) =>
      Math.max(0, (byAddress.get(address)?.untilMs ?? 0) - nowMs, everybody.waitOf('', nowMs)),
    wrong: (address, nowMs) => {
      everybody.take('', nowMs)
      const wrong = (byAddress.get(address)?.wrong ?? 0) + 1
      const lockMs = Math.min(longestLockMs, firstLockMs * 2 ** Math.max(0, wrong - forgiven))
      byAddress.delete(address)
      byAddress.set(address, { wrong, untilMs: nowMs + lockMs })
      if (byAddress.size > addressesKept) byAddress.delete(byAddress.keys().next().value!)
      return lockMs
    },
    right: (address) => void byAddress.delete(address),
  }
}
