/** Scenarios, systems and rounds by numbers; the run line by line; then its findings. */
import { plural } from '../../comparison/blocks.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { SystemId } from '../../systems/system.ts'
import { progressLines } from '../text/progress.ts'
import type { RunChoice, Services, Surroundings } from '../tui/services.ts'
import type { LinearApp } from './app.ts'
import { choose, chooseSeveral, type Item, sayText, sayTitle } from './dialogue.ts'
import { findingsScreen } from './findings.ts'

export async function compareScreen(app: LinearApp): Promise<void> {
  const { services, dialogue } = app
  const choice = await chosenRun(app)
  if (choice === null) return
  await services.rememberChoice(choice)
  sayText(dialogue, 'Ctrl-C stops the run; finished rounds are kept.')
  const lines = progressLines(dialogue.text)
  const run = await dialogue.interruptible((signal) =>
    services.measure(choice, {
      emit: (event) => dialogue.say(lines(event)),
      note: (line) => sayText(dialogue, line),
      signal,
    }),
  )
  await findingsScreen(app, run)
}

/** null: the reader went back. */
async function chosenRun({ services, dialogue }: LinearApp): Promise<RunChoice | null> {
  const [scenarios, surroundings, last] = await Promise.all([
    services.scenarios(),
    services.surroundings(),
    services.lastChoice(),
  ])
  sayTitle(dialogue, 'Which scenarios?')
  const usual = scenarios.flatMap(({ id }, index) => (last?.scenarios.includes(id) ? [index] : []))
  const which = await chooseSeveral(
    dialogue,
    scenarios.map(({ title, question }) => ({ label: title, detail: question })),
    usual,
  )
  if (which === null) return null
  const wanted = which.map((index) => scenarios[index]!)

  const here = surroundings.systems.filter(({ availability }) => availability.available)
  sayTitle(dialogue, 'Which systems?')
  sayText(dialogue, `${surroundings.runtime}: ${surroundings.reason}`, ...missing(surroundings))
  const before = here.flatMap(({ id }, index) => (last === null || last.systems.includes(id) ? [index] : []))
  const whom = await chooseSeveral(
    dialogue,
    here.map(({ id, summary }) => systemItem(services, id, summary, wanted)),
    before,
  )
  if (whom === null) return null

  sayTitle(dialogue, 'How many rounds?')
  const rounds = ['quick', 'full'] as const
  const how = await choose(dialogue, [
    { label: `Quick: ${roundsOf(wanted, 'quick')}, for a first look`, detail: '' },
    { label: `Full: ${roundsOf(wanted, 'full')}, for a report to defend`, detail: '' },
  ])
  if (how === null) return null
  return {
    scenarios: wanted.map(({ id }) => id),
    systems: whom.map((index) => here[index]!.id),
    rounds: rounds[how]!,
  }
}

function systemItem(services: Services, id: SystemId, summary: string, scenarios: readonly Scenario[]): Item {
  const fidelity = scenarios.flatMap((scenario) => services.fidelity(id, scenario))
  const count = (level: string): number => fidelity.filter((line) => line.level === level).length
  const lines = `Of ${plural(fidelity.length, 'policy line')}: ${count('exact')} exact, ${count('approximated')} approximated, ${count('impossible')} impossible`
  return { label: `${id}: ${summary}`, detail: fidelity.length === 0 ? '' : lines }
}

function missing({ systems }: Surroundings): readonly string[] {
  return systems.flatMap(({ id, availability }) =>
    availability.available ? [] : [`${id} cannot run here: ${availability.reason} → ${availability.remedy}`],
  )
}

function roundsOf(scenarios: readonly Scenario[], kind: 'quick' | 'full'): string {
  const counts = [...new Set(scenarios.map(({ rounds }) => rounds[kind]))].toSorted((a, b) => a - b)
  return counts.length === 1 ? plural(counts[0]!, 'round') : `${counts[0]} to ${counts.at(-1)} rounds`
}
