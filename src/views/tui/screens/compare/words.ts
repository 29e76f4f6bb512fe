/** Lines and paragraphs of the Compare screen. Pure. */
import { plural } from '../../../../comparison/blocks.ts'
import { usualEffort } from '../../../../experiment/asked.ts'
import { expectedMs, plannedOf } from '../../../../experiment/expected-time.ts'
import type { ScenarioEntry } from '../../../../scenario/library.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'
import type { SystemId } from '../../../../systems/index.ts'
import type { Fidelity, FidelityLevel } from '../../../../systems/system.ts'
import type { BinariesState, RunChoice, Screen, Surroundings } from '../../../services.ts'
import { paint, shown, type TextOptions, wrapped } from '../../../text/style.ts'
import { column, fitted, signsFor } from '../../widgets/theme.ts'

export type SystemHere = Surroundings['systems'][number]

export function scenarioLine({ id, question }: Scenario, on: boolean, columns: number, screen: Screen): string {
  const line = `${mark(on, screen)} ${column(id, 12, screen)}  `
  return line + fitted(question, columns - line.length, screen)
}

/** A file in the scenarios' folder that is no valid scenario, with the reason. */
export function brokenLine(
  { id, problem }: Pick<ScenarioEntry, 'id' | 'problem'>,
  columns: number,
  screen: Screen,
): string {
  const head = `    ${column(id, 12, screen)}  `
  return head + fitted(problem, columns - head.length, screen)
}

/** `[x] nginx  ready  9 exact, 1 approximated` */
export function systemLine(
  { id, kind, availability }: SystemHere,
  lines: readonly Fidelity[],
  on: boolean,
  columns: number,
  screen: Screen,
): string {
  const here = availability.available
  const head = `${here ? mark(on, screen) : '   '} ${column(id, 13, screen)} ${column(here ? 'ready' : 'not here', 9, screen)} `
  const counts = kind === 'baseline' ? 'the baseline' : countWords(lines)
  return head + fitted(counts, columns - head.length, screen)
}

/** `9 exact, 1 approximated, 2 impossible` */
export function countWords(lines: readonly Fidelity[]): string {
  const levels: readonly FidelityLevel[] = ['exact', 'approximated', 'impossible', 'unknown']
  const parts = levels.flatMap((level) => {
    const count = lines.filter((line) => line.level === level).length
    return count === 0 ? [] : [`${count} ${level}`]
  })
  return parts.join(', ')
}

/** `fetching`: a binary that is on its way, whichever system needs it. */
export function systemDetails(
  { summary, availability }: SystemHere,
  fetching: BinariesState['fetching'],
): readonly string[] {
  const way = fetching === null ? [] : [`On its way: ${fetching.words}.`]
  if (availability.available) return [summary, ...way]
  const { reason, remedy, wheel } = availability
  if (wheel && fetching?.product === wheel.product) return [summary, ...way]
  return [summary, ...way, `Cannot run here: ${reason}${remedy === '' ? '' : ` → ${remedy}`}`]
}

const tones = { exact: 'good', approximated: 'strong', impossible: 'bad', unknown: 'muted' } as const

/** Every policy line of the chosen scenarios, with how exactly the system carries it out. */
export function fidelityLines(
  scenarios: readonly (readonly [Scenario, readonly Fidelity[]])[],
  options: TextOptions,
): readonly string[] {
  return scenarios.flatMap(([{ id }, lines], index) => [
    ...(index === 0 ? [] : ['']),
    paint(shown(id, options), 'heading', options),
    ...lines.flatMap(({ line, level, how }) => [
      ...wrapped(shown(line, options), options),
      ...wrapped(`${paint(level, tones[level], options)}: ${shown(how, options)}`, options, 2),
    ]),
  ])
}

export interface RoundsOption {
  readonly rounds: RunChoice['rounds']
  readonly label: string
  readonly detail: string
}

/** The three ways to say how many rounds. `systems`: those chosen, for the time. */
export function roundsOptions(
  scenarios: readonly Scenario[],
  systems: readonly SystemId[],
  own: string,
): readonly RoundsOption[] {
  const option = (rounds: RunChoice['rounds'], label: string, why: string): RoundsOption => {
    const roundsOf = (scenario: Scenario): number => (typeof rounds === 'number' ? rounds : scenario.rounds[rounds])
    const effort = usualEffort[rounds === 'quick' ? 'quick' : 'default']
    const asked = typeof rounds === 'number' ? { ...effort, rounds } : effort
    const minutes = expectedMs(scenarios.map((each) => plannedOf(each, asked, systems.length))) / 60_000
    const time = minutes < 1.5 ? `about ${Math.round(minutes * 6) * 10 || 10} s` : `about ${Math.round(minutes)} min`
    return { rounds, label, detail: `${roundsWords(scenarios.map(roundsOf))}, ${time}: ${why}` }
  }
  return [
    option('quick', 'Quick', 'a first look'),
    option('full', 'Full', 'a report to defend'),
    own === ''
      ? { rounds: 0, label: 'Your own', detail: 'type a number' }
      : option(Number(own), `Your own: ${own}`, 'more rounds, narrower intervals'),
  ]
}

function roundsWords(counts: readonly number[]): string {
  const least = Math.min(...counts)
  const most = Math.max(...counts)
  return least === most ? plural(least, 'round') : `${least} to ${most} rounds`
}

function mark(on: boolean, screen: Screen): string {
  const signs = signsFor(screen)
  return on ? signs.on : signs.off
}
