/** What a request costs, compared between systems. */
import type { ScenarioRecord } from '../../../../../measurement/run-record.ts'
import { spelled } from '../../../../blocks.ts'
import { differencesOf, roundsNeeded } from '../../../../costs/rounds-statistics.ts'
import { comparedInSlices } from '../../../../costs/sliced.ts'
import { isDoubtful } from '../../../../doubt.ts'
import { cpuPerRequest, duplicateOf, pairedRatio, roundsOf } from '../../../../rounds.ts'
import { named, type Priced, refusedAlike, us } from '../priced.ts'

/** How a ratio with its interval is written behind two figures. */
export type SpanWords = (interval: { readonly ratio: number; readonly low: number; readonly high: number }) => string

export const spanInFigures: SpanWords = ({ ratio, low, high }) =>
  `×${ratio.toFixed(1)}, 95 % ${low.toFixed(1)}–${high.toFixed(1)}`

export const spanInWords: SpanWords = ({ ratio, low, high }) =>
  `${ratio.toFixed(1)} times as much, most likely between ${low.toFixed(1)} and ${high.toFixed(1)} times`

/** The cheapest against the dearest; all pairs are one family, because which two these are is known only afterwards. */
export function sentencesOf(
  scenario: ScenarioRecord,
  priced: readonly Priced[],
  spanWords: SpanWords = spanInFigures,
): readonly string[] {
  const [least] = priced
  const most = priced.at(-1)
  if (!least || !most) return ['No system’s CPU time could be read here.']
  const rounds = Math.min(...priced.map(({ label }) => roundsOf(scenario, label).length))
  const seen = `In this run a request cost ${us(least.us)} of CPU in ${named(least)}`
  if (least === most) {
    const measured = `${seen}: ${us(least.low)} to ${us(least.high)} in the rounds.`
    return duplicateOf(scenario) && rounds < roundsNeeded(1) ? [tooFew(rounds, 1), measured] : [measured]
  }
  const both = `${seen} and ${us(most.us)} in ${named(most)}`
  if (!duplicateOf(scenario)) return [comparedInSlices, `${both}.`]
  if (isDoubtful(scenario, least.label, most.label)) {
    return ['The comparison is withheld: it would rest on doubtful rounds.', `${both}.`]
  }
  if (!refusedAlike(least, most)) {
    return ['Nothing is claimed: the two did not refuse alike, and a refused request costs little.', `${both}.`]
  }
  const pairs = priced.flatMap((one, at) => priced.slice(at + 1).map((other) => ({ one, other })))
  if (rounds < roundsNeeded(pairs.length)) return [tooFew(rounds, pairs.length), `${both}.`]
  const ratio = ({ one, other }: (typeof pairs)[number]) =>
    pairedRatio(scenario, other.label, one.label, (round) => cpuPerRequest('system')(round) ?? Number.NaN)
  const intervals = pairs.map(ratio)
  const at = pairs.findIndex(({ one, other }) => one === least && other === most)
  const interval = intervals[at]!
  const { difference } = differencesOf(intervals, 0)[at]!
  const span = spanWords(interval)
  if (difference === 'higher')
    return [`A request costs ${us(least.us)} of CPU in ${named(least)} and ${us(most.us)} in ${named(most)} (${span}).`]
  return ['No detectable difference in CPU per request.', `${both} (${span}).`]
}

/** Without a figure: it stands where the eye falls first, and there is nothing to claim. */
function tooFew(rounds: number, comparisons: number): string {
  return `Too few rounds to compare what a request costs: ${spelled(rounds)}, where it takes at least ${spelled(roundsNeeded(comparisons))}.`
}
