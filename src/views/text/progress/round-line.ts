/** What one finished round shows at a glance, warm-up included: the findings leave that out, a progress line need not. */
import { statusWords } from '../../../comparison/answers.ts'
import { isNoRefusal, type StatusCounts } from '../../../measurement/expected-answers.ts'
import type { RoundRecord } from '../../../measurement/run-record.ts'
import { fromCacheWords } from '../../../policy/policy.ts'
import { percentileUs, sumHistograms } from '../../../traffic/measure/histogram.ts'
import { formatMs, formatNumber, formatShare } from '../../../units.ts'

/** `900 sent`, `p50 0.22 ms`, `p99 9.1 ms`, `2xx 900`, `from cache 83 %`, `origin saw 150`, … */
export function roundFields(round: RoundRecord, unexpected: StatusCounts): string[] {
  const series = round.seconds.flatMap((second) => second.series)
  const latency = sumHistograms(series.filter(isNoRefusal).map((each) => each.latency))
  const classes = statusClasses(series)
  const asked = series.filter(({ cache }) => cache !== '')
  const kept = asked.filter(({ cache }) => fromCacheWords.includes(cache))
  const failures = Object.entries(round.failures).filter(([, count]) => count > 0)
  return [
    `${formatNumber(round.sent)} sent`,
    `p50 ${formatMs(percentileUs(latency, 50) / 1000)}`,
    `p99 ${formatMs(percentileUs(latency, 99) / 1000)}`,
    ...[...classes].sort().map(([name, count]) => `${name} ${formatNumber(count)}`),
    ...(unexpected.length > 0 ? [`not expected ${statusWords(unexpected)}`] : []),
    ...failures.map(([kind, count]) => `${kind} ${formatNumber(count)}`),
    ...(asked.length > 0 ? [`from cache ${formatShare(total(kept) / total(asked))}`] : []),
    `origin saw ${formatNumber(round.origins.reduce((sum, { requests }) => sum + requests, 0))}`,
    ...round.flags.map((flag) => `flagged: ${flag}`),
  ]
}

/** `2xx` → how many. */
export function statusClasses(
  series: readonly { readonly status: number; readonly count: number }[],
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { status, count } of series) {
    const name = `${Math.floor(status / 100)}xx`
    counts.set(name, (counts.get(name) ?? 0) + count)
  }
  return counts
}

function total(series: readonly { readonly count: number }[]): number {
  return series.reduce((sum, { count }) => sum + count, 0)
}
