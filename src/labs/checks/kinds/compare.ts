/** A relation between what several roles show for the same requests; and statements about what is known already. */

import type { CheckOf } from '../../file/check.ts'
import type { Condition } from '../../file/condition.ts'
import { type Facts, firstOf, roleFacts, truthOf } from '../../progress/facts.ts'
import type { RoleObservation } from '../../progress/observation.ts'
import { type CheckTools, cannotTell, type Judged } from '../tools.ts'
import { conditionWords, factWords, requestWords } from '../words.ts'

export async function judgeCompare(check: CheckOf<'compare'>, tools: CheckTools): Promise<Judged> {
  const labels = check.roles.map((role) => tools.labelOf(role))
  const request = requestWords(check.send, labels.join(' and '))
  const seen: Record<string, RoleObservation> = {}
  for (const role of check.roles) seen[role] = await tools.observe(role, check.send)
  const absent = Object.values(seen).find(({ problem }) => problem !== '')
  if (absent) return cannotTell(request, `${absent.label}: ${absent.problem}`)
  return statement(request, check.holds, firstOf(roleFacts(seen), tools.facts))
}

export function judgeAnswer({ holds }: CheckOf<'answer'>, { facts }: CheckTools): Judged {
  return statement('', holds, facts)
}

function statement(request: string, holds: Condition, facts: Facts): Judged {
  const truth = truthOf(holds, facts)
  const received = factWords(holds, facts)
  if (truth === 'unknown') return cannotTell(request, received)
  const difference = truth ? '' : `it does not hold: ${received}`
  return { state: truth ? 'right' : 'wrong', request, expected: conditionWords(holds), received, difference }
}
