/**
 * How many different values a stream has, and how unevenly they come, in bounded memory: distinct sampling (Gibbons, VLDB
 * 2001). Values are kept by their hash as long as there is room; then only every second hash, every fourth and so on. What
 * is kept was counted from its first appearance, so that the counts are those of a random part of all values.
 */

const room = 512

export interface Distinct {
  /** By FNV-1a hashes of 32 bits. */
  add(hash: number): void
  merge(other: Distinct): void
  /** Different values; exact up to 512, within some 6 % above. */
  readonly size: number
  /** The share of requests that went to the busiest tenth of the values; NaN where there are too few to tell. */
  readonly topTenth: number
  readonly kept: ReadonlyMap<number, number>
  readonly level: number
}

export function newDistinct(): Distinct {
  const counts = new Map<number, number>()
  /** Only hashes that are a multiple of 2^level are kept. */
  let level = 0
  const isKept = (hash: number): boolean => (spread(hash) & ((1 << level) - 1)) === 0
  const put = (hash: number, count: number): void => {
    if (!isKept(hash)) return
    counts.set(hash, (counts.get(hash) ?? 0) + count)
    while (counts.size > room) {
      level += 1
      for (const each of counts.keys()) if (!isKept(each)) counts.delete(each)
    }
  }
  return {
    add: (hash) => put(hash, 1),
    merge: (other) => {
      level = Math.max(level, other.level)
      for (const each of counts.keys()) if (!isKept(each)) counts.delete(each)
      for (const [hash, count] of other.kept) put(hash, count)
    },
    get size() {
      return counts.size * 2 ** level
    },
    get topTenth() {
      const sorted = [...counts.values()].sort((a, b) => b - a)
      const total = sorted.reduce((sum, count) => sum + count, 0)
      if (sorted.length < 10 || total < 2 * sorted.length) return Number.NaN
      const top = sorted.slice(0, Math.round(sorted.length / 10))
      return top.reduce((sum, count) => sum + count, 0) / total
    },
    get kept() {
      return counts
    },
    get level() {
      return level
    },
  }
}

/** The low bits of FNV-1a are weak (its multiplier is odd): those of a finalizer (murmur3) are as good as drawn. */
function spread(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return Math.imul(once ^ (once >>> 13), 0xc2b2ae35) >>> 0
}

/** FNV-1a of the first `length` characters. */
export function hashOf(text: string, length: number): number {
  let value = 0x811c9dc5
  for (let at = 0; at < length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}

/** Zipf's law with exponent 1, as scenarios draw it, or every value alike: whichever is nearer to what was seen. */
export function skewOf({ size, topTenth }: Pick<Distinct, 'size' | 'topTenth'>): 'zipf' | 'uniform' {
  const alike = 0.2
  const byZipf = harmonic(size / 10) / harmonic(size)
  return topTenth > (alike + byZipf) / 2 ? 'zipf' : 'uniform'
}

/** 1 + 1/2 + … + 1/n, by Euler's approximation. */
function harmonic(n: number): number {
  return Math.log(n) + 0.5772 + 1 / (2 * n)
}
