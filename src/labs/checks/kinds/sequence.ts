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
  const { withinMs = Number.POSITIVE_INFINITY } = check
  const quick = trials.filter((trial) => slowestAtOnce(check, trial) <= withinMs)
  const answers = leastOf(quick.length > 0 ? quick : trials)
  const wanted = Object.entries(check.statuses)
  const expected = wanted.map(
    ([as, each]) =>
      `${as}: ${each.map(({ status, times }) => `${boundsWords(times)} × ${statusWord(status)}`).join(', ')}`,
  )
  const received = wanted.map(([as]) => `${as}: ${statusWords(answers[as] ?? [])}`)
  const misfits = wanted.flatMap(([as, each]) =>
    each.flatMap(({ status, times }) => {
      const count = countOf(answers, as, status)
      if (isWithin(count, times)) return []
      const difference = `${as} got ${statusWord(status)} ${counted(count, 'time')}, not ${boundsWords(times)}`
      return { difference, isForgiving: isAccepted(status) ? count > times.most : count < times.least }
    }),
  )
  const often = check.trials > 1 ? `, in ${check.trials} trials` : ''
  const request = requestWords(check.send, tools.labelOf(check.role)) + often
  // Time that passes lets more through, so that a burst that is too small may look right, and one that is right too large.
  // That fewer were accepted than should be is not its doing.
  if (quick.length === 0 && misfits.every(({ isForgiving }) => isForgiving)) {
    const slowest = slowestAtOnce(check, answers)
    return cannotTell(
      request,
      `this machine was too busy: answers to requests at once took up to ${formatMs(slowest)}, and counts are exact within ${formatMs(withinMs)}`,
    )
  }
  return judged(request, expected.join('; '), received.join('; '), misfits[0]?.difference)
}

/** That in which fewest were accepted; of equals the first. */
function leastOf(trials: readonly Answers[]): Answers {
  return trials.reduce((least, trial) => (acceptedIn(trial) < acceptedIn(least) ? trial : least))
}

function countOf(answers: Answers, as: Name, status: number): number {
  return (answers[as] ?? []).filter((answer) => answer.status === status).length
}

function acceptedIn(answers: Answers): number {
  return Object.values(answers)
    .flat()
    .filter(({ status }) => isAccepted(status)).length
}

function isAccepted(status: number): boolean {
  return status >= 200 && status < 300
}

/** Of the lines whose requests leave together, how long the last answer of any took, milliseconds. */
function slowestAtOnce({ send }: CheckOf<'sequence'>, answers: Answers): number {
  const names = send.filter(({ together }) => together).map(({ as }) => as)
  return Math.max(0, ...names.flatMap((as) => (answers[as] ?? []).map(({ durationMs }) => durationMs)))
}
