/** What is claimed of several systems against one, in few words: above what is said of each. */
import type { Judged } from '../../statistics/judge.ts'
import { spelled } from '../blocks.ts'
import { ratioInWords } from './interval-words.ts'

/** Of more systems, one sentence sums up what each of them would say: each has its dot and its line of the table. */
const fewSystems = 4

/**
 * What is said of each of a few; of many `Eight systems are slower than direct, from nginx (0.41 ms, ×1.83) to kong (1.3 ms,
 * ×6.10).`, and of those by themselves of which nothing is claimed.
 */
export function said(
  judged: readonly Judged[],
  says: {
    readonly higher: string
    readonly lower: string
    readonly each: (judged: Judged) => string
    /** Its own figure: `0.41 ms`. */
    readonly figure: (judged: Judged) => string
  },
): readonly string[] {
  const claimed = judged.filter(({ claim }) => claim === 'higher' || claim === 'lower')
  if (judged.length <= fewSystems || claimed.length === 0) return judged.map(says.each)
  const rest = judged.filter((each) => !claimed.includes(each))
  const sorted = claimed.toSorted((a, b) => a.interval.ratio - b.interval.ratio)
  const of = (claim: Judged['claim']): readonly Judged[] => sorted.filter((each) => each.claim === claim)
  const parts = [...group(of('higher'), says.higher, says.figure), ...group(of('lower'), says.lower, says.figure)]
  const sum = parts.join('; ')
  return [`${sum[0]!.toUpperCase()}${sum.slice(1)}.`, ...rest.map(says.each)]
}

/** `says` begins with a verb in the plural: `are slower than direct`. */
function group(some: readonly Judged[], says: string, figure: (judged: Judged) => string): readonly string[] {
  const [least, most] = [some[0], some.at(-1)]
  if (!least || !most) return []
  const named = (each: Judged): string =>
    `${each.comparison.label} (${figure(each)}, ${ratioInWords(each.interval.ratio)})`
  const verb = some.length === 1 ? says.replace(/^are /, 'is ').replace(/^cost /, 'costs ') : says
  const who = `${spelled(some.length)} ${some.length === 1 ? 'system' : 'systems'} ${verb}`
  return [least === most ? `${who}: ${named(least)}` : `${who}, from ${named(least)} to ${named(most)}`]
}
