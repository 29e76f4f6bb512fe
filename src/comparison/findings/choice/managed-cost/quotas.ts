/** What a quota means for the bill: the most that one consumer can add to it. */
import type { ScenarioRecord } from '../../../../measurement/run-record.ts'
import { managedBill } from '../../../../prices/bill.ts'
import type { MonthShape, Terms } from '../../../../prices/terms.ts'
import { formatCount } from '../../../../units.ts'
import { note } from '../../../blocks.ts'
import type { NoteBlock } from '../../../finding.ts'
import { totalOf } from './money.ts'

/**
 * AWS bills no request that a usage plan refuses (its staff say so on re:Post), and holds a quota as well as it can: the
 * developer guide warns against relying on one to control costs.
 */
export function quotaNotes({ scenario }: ScenarioRecord, month: MonthShape, terms: Terms): readonly NoteBlock[] {
  return scenario.policy.quota.map(({ path, requests, period }) => {
    const days = terms.assumptions.hoursPerMonth / 24
    const monthly = Math.round(period === 'day' ? requests * days : requests)
    const bill = managedBill('rest', { ...month, requests: monthly, cacheGb: null }, terms)
    return note(
      `One consumer with a quota of ${formatCount(requests)} a ${period} on ${path} has at most ${formatCount(monthly)} requests a month, which are ${totalOf(bill)} on AWS REST API: what the usage plan refuses is not billed. AWS holds a quota as a target, and says that nobody should rely on it to control costs.`,
    )
  })
}
