import type { Latency } from '../scenario/scenario.ts'

/** The 99th percentile of the standard normal distribution. */
const z99 = 2.326

/** Draws from the log-normal distribution with this median and 99th percentile. Milliseconds. */
export function delayMs({ p50Ms, p99Ms }: Latency, random: () => number): number {
  if (p50Ms <= 0) return 0
  const sigma = Math.log(Math.max(p99Ms, p50Ms) / p50Ms) / z99
  return p50Ms * Math.exp(sigma * standardNormal(random))
}

/** Box–Muller: two uniform numbers make one that is normally distributed. 1 − u keeps the logarithm off zero. */
function standardNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
