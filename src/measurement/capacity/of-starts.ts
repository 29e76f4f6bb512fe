/** What several fresh starts of one system say of its throughput: the start is the replicate, never the request. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { tCritical } from '../../statistics/distributions.ts'

/**
 * The 95 % interval of the typical throughput by Student's t on logarithms, as starts differ by factors; undefined of
 * fewer than two starts, or where nothing was carried in one.
 */
export function intervalOfStarts(
  values: readonly number[],
): { readonly low: number; readonly high: number } | undefined {
  if (values.length < 2 || values.some((value) => value <= 0)) return undefined
  const logs = values.map(Math.log)
  const half = (tCritical(0.05, logs.length - 1) * sampleStandardDeviation(logs)) / Math.sqrt(logs.length)
  return { low: Math.exp(mean(logs) - half), high: Math.exp(mean(logs) + half) }
}
