/** How many requests came in each second, in bounded memory: an hour that has any takes 14 KB. */

const secondsInHour = 3600
/** Some six weeks of a server that is never quiet: 14 MB. */
const mostHours = 1024

export interface Seconds {
  add(atMs: number): void
  /** Of the first and of the last request; 0 where there is none. */
  readonly firstMs: number
  readonly lastMs: number
  /** The consecutive seconds, `length` at most, that have the most requests; no quiet ones at its ends. */
  busiest(length: number): readonly number[]
}

export function newSeconds(): Seconds {
  const hours = new Map<number, Uint32Array>()
  let firstMs = Number.POSITIVE_INFINITY
  let lastMs = Number.NEGATIVE_INFINITY
  let lastHour = Number.NaN
  let lastCounts = new Uint32Array(0)
  const open = (hour: number): Uint32Array => {
    let counts = hours.get(hour)
    if (!counts) {
      if (hours.size >= mostHours) forgetQuietHalf(hours)
      counts = new Uint32Array(secondsInHour)
      hours.set(hour, counts)
    }
    return counts
  }
  return {
    add: (atMs) => {
      const second = Math.floor(atMs / 1000)
      const hour = Math.floor(second / secondsInHour)
      if (hour !== lastHour) {
        lastCounts = open(hour) as Uint32Array<ArrayBuffer>
        lastHour = hour
      }
      lastCounts[second - hour * secondsInHour]! += 1
      if (atMs < firstMs) firstMs = atMs
      if (atMs > lastMs) lastMs = atMs
    },
    get firstMs() {
      return Number.isFinite(firstMs) ? firstMs : 0
    },
    get lastMs() {
      return Number.isFinite(lastMs) ? lastMs : 0
    },
    busiest: (length) => trimmed(busiestOf(hours, length)),
  }
}

/** Only the busiest stretch is ever asked for. */
function forgetQuietHalf(hours: Map<number, Uint32Array>): void {
  const sums = [...hours].map(([hour, counts]) => ({ hour, sum: counts.reduce((sum, count) => sum + count, 0) }))
  sums.sort((a, b) => a.sum - b.sum)
  for (const { hour } of sums.slice(0, mostHours / 2)) hours.delete(hour)
}

/** A window over the hours that follow each other; it never reaches across one that had nothing. */
function busiestOf(hours: ReadonlyMap<number, Uint32Array>, length: number): readonly number[] {
  let best: readonly number[] = []
  let most = -1
  for (const run of runsOf([...hours.keys()].sort((a, b) => a - b))) {
    const counts = run.flatMap((hour) => [...hours.get(hour)!])
    const end = Math.min(length, counts.length)
    let sum = counts.slice(0, end).reduce((total, count) => total + count, 0)
    for (let from = 0; ; from += 1) {
      if (sum > most) {
        most = sum
        best = counts.slice(from, from + end)
      }
      if (from + end >= counts.length) break
      sum += counts[from + end]! - counts[from]!
    }
  }
  return best
}

/** `1 2 3 7 8` → `1 2 3`, `7 8`. Long runs in pieces of two days that overlap by an hour, so that none is large. */
function runsOf(hours: readonly number[]): readonly (readonly number[])[] {
  const longest = 48
  const runs: number[][] = []
  for (const hour of hours) {
    const run = runs.at(-1)
    if (run && run.at(-1) === hour - 1 && run.length < longest) run.push(hour)
    else if (run && run.at(-1) === hour - 1) runs.push([hour - 1, hour])
    else runs.push([hour])
  }
  return runs
}

function trimmed(counts: readonly number[]): readonly number[] {
  const first = counts.findIndex((count) => count > 0)
  return first < 0 ? [] : counts.slice(first, counts.findLastIndex((count) => count > 0) + 1)
}
