import type { Latency } from '../scenario/scenario.ts'

/** The 99th percentile of the standard normal distribution. */
const z99 = 2.3263478740408408

/** Draws from the log-normal distribution that has these two percentiles; milliseconds. */
export function latencyDrawer({ p50Ms, p99Ms }: Latency, random: () => number): () => number {
  const sigma = Math.log(p99Ms / p50Ms) / z99
  return () => {
    // Box–Muller (1958).
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return p50Ms * Math.exp(sigma * normal)
  }
}
