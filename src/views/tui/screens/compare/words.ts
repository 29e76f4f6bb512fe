/** Lines and paragraphs of the Compare screen. Pure. */
import type { ScenarioEntry } from '../../../../scenario/library.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'
import type { Fidelity, FidelityLevel } from '../../../../systems/system.ts'
import type { BinariesState, Screen, Surroundings } from '../../../services.ts'
import { paint, shown, type TextOptions, wrapped } from '../../../text/style.ts'
import { column, fitted, signsFor } from '../../widgets/theme.ts'

/** The longest id of a scenario that comes with EdgeLab has 13. */
const idColumns = 14

export type SystemHere = Surroundings['systems'][number]

export function scenarioLine({ id, question }: Scenario, on: boolean, columns: number, screen: Screen): string {
  const line = `${mark(on, screen)} ${column(id, idColumns, screen)}  `
  return line + fitted(question, columns - line.length, screen)
}

/** A file in the scenarios' folder that is no valid scenario, with the reason. */
export function brokenLine(
  { id, problem }: Pick<ScenarioEntry, 'id' | 'problem'>,
  columns: number,
  screen: Screen,
): string {
  const head = `    ${column(id, idColumns, screen)}  `
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

function mark(on: boolean, screen: Screen): string {
  const signs = signsFor(screen)
  return on ? signs.on : signs.off
}
