import type { Scenario } from '../scenario.ts'
import { hasOwnBucket } from './own-bucket.ts'
import { spelled } from './spells.ts'

/**
 * The clients of whom it matters in which tenth of a second each of their requests was due: those with a bucket of their
 * own, and those who ask while an origin fails. Of the others a record would keep it for nobody.
 */
export function timedClients(scenario: Scenario): ReadonlySet<string> {
  const failing = spelled(scenario, (route) => route.failing)?.clients ?? []
  return new Set([...failing, ...Object.keys(scenario.clients).filter((client) => hasOwnBucket(scenario, client))])
}
