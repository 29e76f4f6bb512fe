import { exactNumber } from './exact-number.ts'

/** Things drawn at random for documents, from one seeded source. */
export interface Draw {
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  pick<T>(from: readonly T[]): T
  chance(share: number): boolean
  /** `19.90`, written with both decimals. */
  price(from: number, to: number): unknown
  /** A number of this many digits, beyond what a double holds exactly from 17 on. */
  digits(count: number): unknown
  date(): string
}

export function drawFrom(random: () => number): Draw {
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
  const digit = (_: unknown, n: number): number => whole(n === 0 ? 1 : 0, 9)
  return {
    whole,
    pick: <T>(from: readonly T[]): T => from[whole(0, from.length - 1)]!,
    chance: (share) => random() < share,
    price: (from, to) => exactNumber((whole(from * 100, to * 100) / 100).toFixed(2)),
    digits: (count) => exactNumber(Array.from({ length: count }, digit).join('')),
    date: () =>
      new Date(Date.UTC(2026, whole(0, 9), whole(1, 28), whole(0, 23), whole(0, 59), whole(0, 59))).toISOString(),
  }
}
