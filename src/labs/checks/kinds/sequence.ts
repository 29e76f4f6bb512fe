/** How often each status came, over several request lines. */

import type { Answer } from '../../../http/answer.ts'
import type { Name } from '../../../policy/policy.ts'
import { formatMs } from '../../../units.ts'
import type { CheckOf } from '../../file/check.ts'
import { type CheckTools, cannotTell, type Judged, judged } from '../tools.ts'
import { boundsWords, counted, isWithin, requestWords, statusWord, statusWords } from '../words.ts'

type Answers = Readonly<Record<Name, readonly Answer[]>>

export async function judgeSequence(check: CheckOf<'sequence'>, tools: CheckTools): Promise<Judged> {
  const trials: Answers[] = []
  for (let n = 0; n < check.trials; n += 1) trials.push((await tools.ask(check.role, check.send)).answers)
  const answers = trials.reduce((least, trial) => (acceptedIn(trial) < acceptedIn(least) ? trial : least))
  const wanted = Object.entries(check.statuses)
  const expected = wanted.map(
    ([as, each]) =>
      `${as}: ${each.map(({ status, times }) => `${boundsWords(times)} × ${statusWord(status)}`).join(', ')}`,
  )
  const received = wanted.map(([as]) => `${as}: ${statusWords(answers[as] ?? [])}`)
  const differences = wanted.flatMap(([as, each]) =>
    each.flatMap(({ status, times }) => {
      const count = (answers[as] ?? []).filter((answer) => answer.status === status).length
      if (isWithin(count, times)) return []
      return `${as} got ${statusWord(status)} ${counted(count, 'time')}, not ${boundsWords(times)}`
    }),
  )
  const often = check.trials > 1 ? `, in ${check.trials} trials` : ''
  const request = requestWords(check.send, tools.labelOf(check.role)) + often
  const { withinMs = Number.POSITIVE_INFINITY } = check
  const slowest = slowestAtOnce(check, answers)
  if (differences.length > 0 && slowest > withinMs) {
    return cannotTell(
      request,
      `this machine was too busy: answers to requests at once took up to ${formatMs(slowest)}, and counts are exact within ${formatMs(withinMs)}`,
    )
  }
  return judged(request, expected.join('; '), received.join('; '), differences[0])
}

function acceptedIn(answers: Answers): number {
  return Object.values(answers)
    .flat()
    .filter(({ status }) => status >= 200 && status < 300).length
}

/** Of the lines whose requests leave together, how long the last answer of any took, milliseconds. */
function slowestAtOnce({ send }: CheckOf<'sequence'>, answers: Answers): number {
  const names = send.filter(({ together }) => together).map(({ as }) => as)
  return Math.max(0, ...names.flatMap((as) => (answers[as] ?? []).map(({ durationMs }) => durationMs)))
}
