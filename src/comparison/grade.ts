/** What a run is worth: evidence, or a look. Said on the first line of every view. */
import { isEmulated } from '../measurement/emulated.ts'
import type { RunRecord, ScenarioRecord } from '../measurement/run-record.ts'
import { list, spelled } from './blocks.ts'
import { doubtInWords } from './doubt.ts'
import { measuredSystems, roundsOf } from './rounds.ts'
import { roundsNeeded } from './statistics.ts'

export interface Grade {
  readonly kind: 'look' | 'evidence'
  /** A few words, for a status line. */
  readonly short: string
  readonly sentence: string
  /** That rounds were doubtful, as a sentence; null where none was. */
  readonly doubt: string | null
}

export function gradeOf(record: RunRecord): Grade {
  const measured = record.scenarios.filter(({ rounds }) => rounds.length > 0)
  const doubt = doubtOf(measured)
  const look = (why: string): Grade => ({
    kind: 'look',
    short: 'a look, not evidence',
    sentence: `A look, not evidence: ${why}`,
    doubt,
  })
  if (measured.length === 0) return look('nothing was measured.')
  const rounds = fromTo(measured.map(fewestRounds))
  if (record.quick) {
    return look(`a quick run, ${rounds} per scenario. Run it without --quick for figures to rely on.`)
  }
  if (!measured.every(hasEnoughRounds)) {
    const systems = Math.max(...measured.map(comparisons))
    const claim = `a claim about ${systems === 1 ? 'one system' : `${spelled(systems)} systems at once`}`
    return look(`${rounds} per scenario, and ${claim} takes ${spelled(roundsNeeded(systems))}.`)
  }
  return {
    kind: 'evidence',
    short: 'evidence',
    sentence: `Evidence: ${rounds} per scenario; a difference is claimed only where it is significant.`,
    doubt,
  }
}

/** Whether a difference between any of its systems and direct could be claimed. */
export function hasEnoughRounds(scenario: ScenarioRecord): boolean {
  return fewestRounds(scenario) >= roundsNeeded(comparisons(scenario))
}

function fewestRounds(scenario: ScenarioRecord): number {
  return Math.min(...measuredSystems(scenario).map(({ label }) => roundsOf(scenario, label).length))
}

/** Systems whose times are compared with those of direct. */
function comparisons(scenario: ScenarioRecord): number {
  return Math.max(1, measuredSystems(scenario).filter((each) => each.kind !== 'baseline' && !isEmulated(each)).length)
}

/** `two to six rounds` */
function fromTo(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  const noun = most === 1 ? 'round' : 'rounds'
  return least === most ? `${spelled(most)} ${noun}` : `${spelled(least)} to ${spelled(most)} ${noun}`
}

/** Doubtful rounds that are named; of more only the number is said. */
const maxNamed = 3

function doubtOf(scenarios: readonly ScenarioRecord[]): string | null {
  const rounds = scenarios.flatMap((each) => doubtInWords(each).map((words) => `${each.scenario.id}: ${words}`))
  if (rounds.length === 0) return null
  const more = rounds.length - maxNamed
  const named = list([...rounds.slice(0, maxNamed), ...(more > 0 ? [`${more} more`] : [])])
  const [are, them] = rounds.length === 1 ? ['round is', 'it'] : ['rounds are', 'them']
  return `Caution: ${spelled(rounds.length)} ${are} doubtful, and ratios that rest on ${them} are withheld (${named}).`
}
