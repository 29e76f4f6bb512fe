/** Waits that are the system's own polling and no time of the origin's. */
import type { SystemRecord } from '../../../../measurement/run-record.ts'
import { own } from '../../../../own.ts'
import { systems } from '../../../../systems/index.ts'
import type { System } from '../../../../systems/system.ts'
import { formatMs } from '../../../../units.ts'
import type { Row } from './row.ts'

/** A wait that ends just after a tick of the system's own polling is that polling, whatever the origin took. */
const justAfterMs = 25

export function pollingWaits(subjects: readonly SystemRecord[], rows: readonly Row[]): readonly string[] {
  return subjects.flatMap(({ label, system }) => {
    const everyMs = own<System>(systems, system)?.cacheLockPollMs
    const wait = rows.find((row) => row.label === label)?.stampede?.halfMs ?? 0
    if (everyMs === undefined || !(wait >= everyMs) || wait % everyMs > justAfterMs) return []
    return [
      `Those ${formatMs(wait)} are no time of the origin’s: a request that waits in ${label} for another’s answer looks every ${formatMs(everyMs)} whether it is there (the wait timer of the cache lock, in ngx_http_file_cache.c).`,
    ]
  })
}
