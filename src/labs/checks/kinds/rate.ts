/** How many of each client's steady requests were let through. */
import { own } from '../../../own.ts'
import { formatMs, formatNumber } from '../../../units.ts'
import type { CheckOf } from '../../file/check.ts'
import { type CheckTools, cannotTell, type Judged, judged } from '../tools.ts'
import { boundsWords, isWithin, lineWords } from '../words.ts'

/** Beyond it the requests did not leave at the times that the check speaks of. */
const tooLateMs = 250
/** So few without an answer, as a share of all, are the last ones of a busy machine: they tell nothing of the limit. */
const fewUnanswered = 0.05

export async function judgeRate({ role, clients, forMs }: CheckOf<'rate'>, tools: CheckTools): Promise<Judged> {
  const each = Object.entries(clients)
  const sent = each.map(
    ([client, line]) => `${lineWords({ ...line, client })} ${formatNumber(line.perSecond)} times a second`,
  )
  const request = `${sent.join(', ')}, for ${formatMs(forMs)}, through ${tools.labelOf(role)}`
  const { byClient, unanswered, lateMs } = await tools.traffic(role, clients, forMs)
  if (lateMs > tooLateMs) {
    return cannotTell(request, `this machine was too busy: requests left up to ${formatMs(lateMs)} late`)
  }
  const acceptedOf = (client: string): number =>
    Object.entries(own(byClient, client) ?? {}).reduce(
      (sum, [status, count]) => (/^2/.test(status) ? sum + count : sum),
      0,
    )
  const expected = each.map(([client, { accepted }]) => `${client}: ${boundsWords(accepted)} accepted`)
  const received = each.map(
    ([client]) => `${client}: ${acceptedOf(client)} accepted${othersOf(own(byClient, client) ?? {})}`,
  )
  const due = each.reduce((sum, [, { perSecond }]) => sum + (perSecond * forMs) / 1000, 0)
  const isMissed = each.some(([client, { accepted }]) => {
    const count = acceptedOf(client)
    return count < accepted.least && count + unanswered >= accepted.least
  })
  if (isMissed && unanswered <= due * fewUnanswered) {
    return cannotTell(request, `this machine was too busy: ${unanswered} requests got no answer`)
  }
  const differences = each.flatMap(([client, { accepted }]) => {
    const count = acceptedOf(client)
    return isWithin(count, accepted) ? [] : `${client} got ${count} accepted, not ${boundsWords(accepted)}`
  })
  const silent = unanswered > 0 ? [`${unanswered} got no answer`] : []
  return judged(request, expected.join(', '), [...received, ...silent].join(', '), differences[0])
}

function othersOf(statuses: Readonly<Record<string, number>>): string {
  const others = Object.entries(statuses).filter(([status]) => !/^2/.test(status))
  return others.length === 0 ? '' : ` (${others.map(([status, count]) => `${count} × ${status}`).join(', ')})`
}
