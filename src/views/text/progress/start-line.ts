/** What one finished start of a system shows at a glance, and what is known of it by then. */
import type { KnownInterval } from '../../../experiment/events.ts'
import { isNoRefusal } from '../../../measurement/expected-answers.ts'
import type { RoundRecord } from '../../../measurement/run-record.ts'
import { percentileUs, sumHistograms } from '../../../traffic/measure/histogram.ts'
import { formatMs, formatNumber } from '../../../units.ts'
import { knownText } from '../../words/known-words.ts'
import { statusClasses } from './round-line.ts'

/** `1 200 sent`, `p50 0.22 ms ×1.05 ±3 %`, `CPU 45 µs`, `2xx 1 200`; a ratio is of all starts so far. */
export function startFields(round: RoundRecord, known: readonly KnownInterval[]): string[] {
  const series = round.seconds.flatMap((second) => second.series)
  const latency = sumHistograms(series.filter(isNoRefusal).map((each) => each.latency))
  const ratio = (metric: KnownInterval['metric']): string => {
    const own = known.find((each) => each.metric === metric && each.label === round.label)
    return own ? ` ${knownText(own)}` : ''
  }
  const { system } = round.cpuNs
  const failures = Object.entries(round.failures).filter(([, count]) => count > 0)
  return [
    `${formatNumber(round.sent)} sent`,
    `p50 ${formatMs(percentileUs(latency, 50) / 1000)}${ratio('p50')}`,
    ...(system === null || round.answered === 0
      ? []
      : [`CPU ${formatNumber(system / 1000 / round.answered)} µs${ratio('cpu')}`]),
    ...[...statusClasses(series)].sort().map(([name, count]) => `${name} ${formatNumber(count)}`),
    ...failures.map(([kind, count]) => `${kind} ${formatNumber(count)}`),
    ...round.flags.map((flag) => `flagged: ${flag}`),
  ]
}
