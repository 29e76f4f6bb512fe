/** One finding at a time: its verdict, then what it rests on; the probes, and the native configurations. */
import type { RunRecord } from '../../measurement/run-record.ts'
import type { FinishedRun } from '../services.ts'
import { blockLines } from '../text/blocks/blocks.ts'
import { reportSections, type Section } from '../text/report.ts'
import { shown, type TextOptions, wrapped } from '../text/style.ts'
import { heldEqual, versions, worth } from '../words/conditions.ts'
import { choose, sayText, sayTitle } from './dialogue.ts'
import { inWords } from './in-words.ts'
import type { LinearApp } from './linear-app.ts'
import { configurations } from './run/configurations.ts'
import { decideScreen } from './run/decide.ts'
import { probesOf } from './run/probes.ts'

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
      label: 'Proof, probe by probe',
      detail: 'what each system claims, what was expected and received, and the answers themselves',
      act: () => readOne(app, probesOf(run.model.record, dialogue.text)),
    },
    {
      label: 'What ran, and what was held equal',
      detail: 'versions and digests, and what a fair comparison rests on',
      act: () => read(app, conditionsOf(run.model.record, dialogue.text)),
    },
    {
      label: 'Configurations',
      detail: 'the native files of each system, and how exactly each line of the policy is carried out',
      act: () => readOne(app, configurations(run.model.record, dialogue.text)),
    },
    { label: 'Open the HTML report', detail: run.report, act: openReport },
    {
      label: 'Decide',
      detail: 'which one do you need: from your priorities and this run',
      act: () => decideScreen(app, run),
    },
  ]
  for (;;) {
    sayTitle(dialogue, `Run ${run.model.record.id}${run.model.record.partial ? ', partial' : ''}`)
    for (const sentence of worth(run.model.record)) sayText(dialogue, sentence)
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

function conditionsOf(record: RunRecord, options: TextOptions): Section {
  const equal = heldEqual(record).flatMap((sentence) => wrapped(shown(sentence, options), options))
  return { title: 'What ran', lines: [...blockLines(versions(record), options), '', ...equal] }
}
