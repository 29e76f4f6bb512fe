/** What a run is worth: evidence, or a look. Said on the first line of every view. */
import { isEmulated } from '../measurement/emulated.ts'
import type { RunRecord, ScenarioRecord } from '../measurement/run-record.ts'
import { leastStarts } from '../statistics/judge.ts'
import type { Declaration } from '../systems/declarations.ts'
import { list, spelled } from './blocks.ts'
import { roundsNeeded } from './costs/rounds-statistics.ts'
import { isSliced, startsOf, whyNoClaim } from './costs/sliced.ts'
import { doubtAbout, doubtInWords } from './doubt.ts'
import { comparedSystems, duplicateOf, measuredSystems, roundsOf } from './rounds.ts'

export interface Grade {
  readonly kind: 'look' | 'evidence'
  /** A few words, for a status line. */
  readonly short: string
  readonly sentence: string
  /** What is doubtful, as a sentence; null where nothing is. */
  readonly doubt: string | null
}

export function gradeOf(record: RunRecord): Grade {
  const measured = record.scenarios.filter(({ rounds }) => rounds.length > 0)
  const doubt = doubtOf(measured, record.declared)
  const look = (why: string): Grade => ({
    kind: 'look',
    short: 'a look, not evidence',
    sentence: `A look, not evidence: ${why}`,
    doubt,
  })
  if (measured.length === 0) return look('nothing was measured.')
  const extent = extentOf(measured)
  if (record.quick) return look(`a quick run, ${extent}. Run it without --quick for figures to rely on.`)
  if (measured.every((each) => doubtAbout(each, record.declared) !== undefined))
    return look(`${extent}, and what was measured is doubtful.`)
  const reasons = measured.flatMap((each) => whyALook(each) ?? [])
  if (reasons.length > 0) return look(`${extent}, and ${reasons[0]}.`)
  const claimed = measured.some((each) => isSliced(each) || duplicateOf(each))
  return {
    kind: 'evidence',
    short: 'evidence',
    sentence: `Evidence: ${extent}; ${claimed ? 'a difference is claimed only where it is significant' : 'they show behaviour, and no difference in cost is claimed'}.`,
    doubt,
  }
}

/** Behaviour that shows in as many rounds is no accident; whether costs differ is for statistics to say. */
const roundsForBehaviour = 3

/** Why a scenario claims nothing yet, to follow “and”; undefined where it does. */
export function whyALook(scenario: ScenarioRecord): string | undefined {
  if (isSliced(scenario)) {
    if (whyNoClaim(scenario) === undefined) return undefined
    if (startsOf(scenario) < leastStarts) return `a claim about costs takes ${spelled(leastStarts)} fresh starts`
    return 'no system was measured twice to tell a difference from noise'
  }
  const rounds = fewestRounds(scenario)
  if (!duplicateOf(scenario)) {
    return rounds >= roundsForBehaviour
      ? undefined
      : `behaviour is believed from ${spelled(roundsForBehaviour)} rounds on`
  }
  const systems = Math.max(
    1,
    comparedSystems(scenario).filter((each) => each.kind !== 'baseline' && !isEmulated(each)).length,
  )
  const claim = `a claim about ${systems === 1 ? 'one system' : `${spelled(systems)} systems at once`}`
  return rounds >= roundsNeeded(systems) ? undefined : `${claim} takes ${spelled(roundsNeeded(systems))}`
}

function fewestRounds(scenario: ScenarioRecord): number {
  return Math.min(...measuredSystems(scenario).map(({ label }) => roundsOf(scenario, label).length))
}

/** `six fresh starts per scenario`, `six to eight fresh starts or two rounds per scenario` */
function extentOf(measured: readonly ScenarioRecord[]): string {
  const sliced = measured.filter(isSliced)
  const others = measured.filter((each) => !isSliced(each))
  const parts = [
    ...(sliced.length > 0 ? [fromTo(sliced.map(startsOf), 'fresh start')] : []),
    ...(others.length > 0 ? [fromTo(others.map(fewestRounds), 'round')] : []),
  ]
  return `${parts.join(' or ')} per scenario`
}

/** `two to six rounds` */
function fromTo(counts: readonly number[], noun: string): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  const nouns = most === 1 ? noun : `${noun}s`
  return least === most ? `${spelled(most)} ${nouns}` : `${spelled(least)} to ${spelled(most)} ${nouns}`
}

/** Doubtful rounds that are named; of more only the number is said. */
const maxNamed = 3

function doubtOf(scenarios: readonly ScenarioRecord[], declared: readonly Declaration[]): string | null {
  const doubts = scenarios.map((scenario) => ({ scenario, doubt: doubtAbout(scenario, declared) }))
  const said = [
    ...doubts.flatMap(({ scenario, doubt }) =>
      doubt === undefined ? [] : [`Caution: do not rely on ${scenario.scenario.id}. ${doubt}`],
    ),
    ...roundsDoubt(doubts.flatMap(({ scenario, doubt }) => (doubt === undefined ? [scenario] : []))),
  ]
  return said.length === 0 ? null : said.join(' ')
}

function roundsDoubt(scenarios: readonly ScenarioRecord[]): readonly string[] {
  const rounds = scenarios.flatMap((each) => doubtInWords(each).map((words) => `${each.scenario.id}: ${words}`))
  if (rounds.length === 0) return []
  const more = rounds.length - maxNamed
  const named = list([...rounds.slice(0, maxNamed), ...(more > 0 ? [`${more} more`] : [])])
  const [are, them] = rounds.length === 1 ? ['round is', 'it'] : ['rounds are', 'them']
  return [
    `Caution: ${spelled(rounds.length)} ${are} doubtful, and ratios that rest on ${them} are withheld (${named}).`,
  ]
}
