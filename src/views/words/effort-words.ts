/** How sure a run is to be: the three choices, what each is good for, and how long it takes. */
import { list, plural } from '../../comparison/blocks.ts'
import { usualEffort } from '../../experiment/asked.ts'
import { expectedMs, plannedOf } from '../../experiment/expected-time.ts'
import { type Effort, efforts } from '../../measurement/slices/slice-record.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { widthText } from './known-words.ts'

export interface EffortOption {
  readonly effort: Effort
  readonly label: string
  /** `about 2 min: a first impression, nothing is claimed from it` */
  readonly detail: string
}

const labels = { quick: 'A look', default: 'Default', publish: 'For the record' } as const satisfies Record<
  Effort,
  string
>

/** From the shortest to the longest. `systems`: how many beside direct access. */
export function effortOptions(scenarios: readonly Scenario[], systems: number): readonly EffortOption[] {
  const inSlices = scenarios.some(({ measure }) => measure === 'slices')
  return efforts.map((effort) => ({
    effort,
    label: labels[effort],
    detail: `${timeText(scenarios, effort, systems)}: ${worthOf(effort, inSlices)}`,
  }))
}

function worthOf(effort: Effort, inSlices: boolean): string {
  if (effort === 'quick') return 'a first impression; nothing is claimed from it'
  if (!inSlices) return effort === 'default' ? 'an answer' : 'as the default, since nothing is measured in slices'
  const width = widthText(usualEffort[effort].precision)
  return effort === 'default' ? `an answer; intervals of ${width} are aimed for` : `to be quoted; ${width} is aimed for`
}

/** `about 40 s`, `about 6 min`: an estimate, before anything is known. */
function timeText(scenarios: readonly Scenario[], effort: Effort, systems: number): string {
  const minutes = expectedMs(scenarios.map((each) => plannedOf(each, usualEffort[effort], systems))) / 60_000
  return minutes < 1.5 ? `about ${Math.round(minutes * 6) * 10 || 10} s` : `about ${Math.round(minutes)} min`
}

/** How the chosen scenarios are measured, a sentence for each way. */
export function waysInWords(scenarios: readonly Scenario[]): readonly string[] {
  const ways: readonly (readonly [Scenario['measure'], string])[] = [
    ['slices', 'in short slices by turns, until every interval is narrow enough or the time is used'],
    ['rounds', 'in rounds of the same traffic, because limits, caches or bursts remember time'],
    ['capacity', 'on a ladder of connections, until more of them bring no more answers'],
  ]
  return ways.flatMap(([measure, how]) => {
    const own = scenarios.filter((each) => each.measure === measure).map(({ id }) => id)
    if (own.length === 0) return []
    const names = own.length > 4 ? plural(own.length, 'scenario') : list(own)
    return [`${names}: measured ${how}.`]
  })
}
