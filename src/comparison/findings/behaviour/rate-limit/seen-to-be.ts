/** As which algorithm a limiter was recognised by a probe. */
import type { SystemRecord } from '../../../../measurement/run-record.ts'

/** Of the line at this place of the policy (`rateLimit.0`), or of any; undefined where no probe saw it. */
export function seenToBe({ proof }: SystemRecord, line?: string): string | undefined {
  return proof.find((probe) => probe.shows !== undefined && (line === undefined || probe.line === line))?.shows
}
