/** Answers that came from the cache, by what the system says, and requests that reached the origins, by what they saw. */

import type { CheckOf } from '../../file/check.ts'
import { isFromCache } from '../../progress/observed-answers.ts'
import { type CheckTools, type Judged, judged } from '../tools.ts'
import { boundsWords, isWithin, requestWords, statusWord } from '../words.ts'

export async function judgeCache(check: CheckOf<'cache'>, tools: CheckTools): Promise<Judged> {
  const { answers, origin } = await tools.ask(check.role, check.send)
  const all = Object.values(answers).flat()
  const hits = all.filter(isFromCache).length
  const unserved = all.find(({ status }) => status < 200 || status > 299)
  const expected = `${boundsWords(check.hits)} from the cache, ${boundsWords(check.originHits)} at the origin`
  const received = `${hits} from the cache, ${origin.requests} at the origin`
  const difference = unserved
    ? `a request got ${statusWord(unserved.status)}`
    : !isWithin(origin.requests, check.originHits)
      ? `the origin saw ${origin.requests} of ${all.length} requests, not ${boundsWords(check.originHits)}`
      : !isWithin(hits, check.hits)
        ? `${hits} of ${all.length} answers came from the cache, not ${boundsWords(check.hits)}`
        : undefined
  return judged(requestWords(check.send, tools.labelOf(check.role)), expected, received, difference)
}
