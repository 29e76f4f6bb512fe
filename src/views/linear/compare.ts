/** Scenarios, systems and how sure, by numbers; the run line by line; then its findings. */
import { basename } from 'node:path'
import { plural } from '../../comparison/blocks.ts'
import type { ScenarioEntry } from '../../scenario/library.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { SystemId } from '../../systems/index.ts'
import { usualSystems } from '../../systems/usual.ts'
import type { RunChoice, Services, Surroundings } from '../services.ts'
import { progressLines } from '../text/progress/progress.ts'
import { effortOptions, waysInWords } from '../words/effort-words.ts'
import { choose, chooseSeveral, type Dialogue, type Item, sayText, sayTitle } from './dialogue.ts'
import { findingsScreen } from './findings.ts'
import type { LinearApp } from './linear-app.ts'

export async function compareScreen(app: LinearApp): Promise<void> {
  const { services, dialogue } = app
  const choice = await chosenRun(app)
  if (choice === null) return
  await services.rememberChoice(choice)
  sayText(dialogue, 'Ctrl-C stops the run; what is measured is kept.')
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
  const [entries, surroundings, last] = await Promise.all([
    services.scenarios(),
    services.surroundings(),
    services.lastChoice(),
  ])
  const scenarios = entries.flatMap(({ scenario }) => scenario ?? [])
  sayTitle(dialogue, 'Which scenarios?')
  sayText(dialogue, ...entries.flatMap(leftOut))
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
  const proposed = last?.systems ?? usualSystems((id) => here.some((each) => each.id === id))
  const before = here.flatMap(({ id }, index) => (proposed.includes(id) ? [index] : []))
  const whom = await chooseSeveral(
    dialogue,
    here.map(({ id, summary }) => systemItem(services, id, summary, wanted)),
    before,
  )
  if (whom === null) return null

  const systems = whom.map((index) => here[index]!.id)
  for (;;) {
    sayTitle(dialogue, 'How sure is it to be?')
    sayText(dialogue, ...waysInWords(wanted))
    const options = effortOptions(wanted, systems.length)
    const how = await choose(dialogue, [
      ...options,
      { label: 'First: how exactly do they carry out the policy?', detail: 'each line of it, system by system' },
    ])
    if (how === null) return null
    const option = options[how]
    if (option) return { scenarios: wanted.map(({ id }) => id), systems, effort: option.effort }
    for (const id of systems) sayFidelity(dialogue, id, services, wanted)
  }
}

function leftOut({ file, scenario, problem }: ScenarioEntry): readonly string[] {
  return scenario ? [] : [`${basename(file)} is left out: ${problem}`]
}

function sayFidelity(dialogue: Dialogue, id: SystemId, services: Services, scenarios: readonly Scenario[]): void {
  for (const scenario of scenarios) {
    const lines = services.fidelity(id, scenario)
    if (lines.length === 0) continue
    sayTitle(dialogue, `${id}, ${scenario.title}`)
    sayText(dialogue, ...lines.map(({ line, level, how }) => `${line}: ${level}. ${how}`))
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
