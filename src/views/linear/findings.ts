/** One finding at a time: its verdict, then what it rests on; and the native configurations. */
import { reportSections, type Section } from '../text/report.ts'
import type { FinishedRun } from '../tui/services.ts'
import type { LinearApp } from './app.ts'
import { configurations } from './configurations.ts'
import { choose, sayText, sayTitle } from './dialogue.ts'
import { inWords } from './in-words.ts'

export async function findingsScreen(app: LinearApp, run: FinishedRun): Promise<void> {
  const { services, dialogue } = app
  const sections = reportSections(inWords(run.model), dialogue.text)
  const openReport = async (): Promise<void> => {
    if (await services.openInBrowser(run.report)) return
    sayText(dialogue, `No browser could be asked. The report is ${run.report}`)
  }
  const items = [
    ...sections.map((section) => ({ label: section.title, detail: '', act: () => read(app, section) })),
    {
      label: 'Configurations',
      detail: 'the native files of each system, and how exactly each line of the policy is carried out',
      act: () => readOne(app, configurations(run.model.record, dialogue.text)),
    },
    { label: 'Open the HTML report', detail: run.report, act: openReport },
  ]
  for (;;) {
    sayTitle(dialogue, `Run ${run.model.record.id}${run.model.record.partial ? ', partial' : ''}`)
    sayText(dialogue, run.model.findings[0]?.verdict[0] ?? '')
    const chosen = await choose(dialogue, items)
    if (chosen === null) return
    await items[chosen]!.act()
  }
}

async function readOne(app: LinearApp, sections: readonly Section[]): Promise<void> {
  for (;;) {
    sayTitle(app.dialogue, 'Which one?')
    const chosen = await choose(
      app.dialogue,
      sections.map(({ title }) => ({ label: title, detail: '' })),
    )
    if (chosen === null) return
    await read(app, sections[chosen]!)
  }
}

async function read({ dialogue }: LinearApp, { lines }: Section): Promise<void> {
  dialogue.say(['', ...lines])
  await dialogue.ask('Enter to go on: ')
}
