/** How often each status came, over several request lines. */

import type { CheckOf } from '../../file/check.ts'
import { type CheckTools, type Judged, judged } from '../tools.ts'
import { boundsWords, counted, isWithin, requestWords, statusWord, statusWords } from '../words.ts'

export async function judgeSequence(check: CheckOf<'sequence'>, tools: CheckTools): Promise<Judged> {
  const { answers } = await tools.ask(check.role, check.send)
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
  const request = requestWords(check.send, tools.labelOf(check.role))
  return judged(request, expected.join('; '), received.join('; '), differences[0])
}
