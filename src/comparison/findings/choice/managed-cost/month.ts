/** A month of a scenario's traffic: what its bill counts. */

import type { ScenarioRecord } from '../../../../measurement/run-record.ts'
import type { Assumptions } from '../../../../prices/assumptions.ts'
import type { MonthShape } from '../../../../prices/terms.ts'
import type { Phase } from '../../../../scenario/scenario.ts'
import { formatBytes, formatCount } from '../../../../units.ts'
import { baselineOf, countOf, measuredSeconds, measuredSystems, roundsOf, seriesOf } from '../../../rounds.ts'

/** The smallest cache that can be rented: of a policy that caches, where the month names none. */
export const leastCacheGb = 0.5

export function monthOf(record: ScenarioRecord, { hoursPerMonth }: Assumptions): MonthShape {
  const { month = {}, policy } = record.scenario
  const perSecond = requestsOf(record.scenario.traffic) / measuredSeconds(record)
  return {
    requests: month.requests ?? Math.round(perSecond * hoursPerMonth * 3600),
    bodyBytes: month.bodyBytes ?? meanBody(record),
    cacheGb: month.cacheGb ?? (policy.cache.length > 0 ? leastCacheGb : null),
  }
}

function requestsOf(traffic: readonly Phase[]): number {
  return traffic
    .filter(({ measured }) => measured)
    .reduce((sum, phase) => {
      if (phase.kind === 'burst') return sum + phase.atOnce
      // How many a closed loop sends is what it measures.
      if (phase.kind === 'closed') return sum
      return sum + ((phase.fromPerSecond + phase.toPerSecond) / 2) * (phase.forMs / 1000)
    }, 0)
}

/** Of every answer to `direct`; of the first system's, where `direct` was not measured. 0 where nothing was. */
export function meanBody(record: ScenarioRecord): number {
  const subject = baselineOf(record) ?? measuredSystems(record)[0]
  const series = subject ? seriesOf(record, roundsOf(record, subject.label)) : []
  const bytes = series.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)
  return Math.round(bytes / Math.max(1, countOf(series)))
}

/** `30 million requests a month with 0.9 KB each` */
export function monthInWords({ requests, bodyBytes }: MonthShape): string {
  return `${formatCount(requests)} requests a month with answers of ${formatBytes(bodyBytes)}`
}
