/** The app in lines, for screen readers and terminals that cannot move a cursor: everything that the screens reach. */
import { plural } from '../../comparison/blocks.ts'
import { EdgeLabError } from '../../errors.ts'
import type { LabEntry } from '../services.ts'
import { renderError } from '../text/error.ts'
import { isFinished } from '../words/course-words.ts'
import { question } from '../words/question.ts'
import { compareScreen } from './compare.ts'
import { courseScreen } from './course.ts'
import { choose, type Dialogue, sayText, sayTitle } from './dialogue.ts'
import { doctorScreen } from './doctor.ts'
import { glossaryScreen } from './glossary.ts'
import type { LinearApp } from './linear-app.ts'
import { reportsScreen } from './reports.ts'

/** Home, until the reader goes back from it or the input ends. */
export async function runLinear(app: LinearApp): Promise<void> {
  const { services, dialogue } = app
  for (;;) {
    sayTitle(dialogue, 'EdgeLab')
    sayText(dialogue, question)
    const [labs, scenarios, runs] = await Promise.all([services.labs(), services.scenarios(), services.runs()])
    const usable = scenarios.filter(({ scenario }) => scenario)
    const entries: readonly (readonly [label: string, detail: string, screen: (app: LinearApp) => Promise<void>])[] = [
      ['Course', courseLine(labs), courseScreen],
      ['Compare systems', `${plural(usable.length, 'scenario')}: run some, see what differs`, compareScreen],
      ['Reports', runs.length === 0 ? 'no runs yet' : plural(runs.length, 'run'), reportsScreen],
      ['What runs here', 'and the one command that changes what does not', doctorScreen],
      ['Glossary', 'the words of the field and of EdgeLab', glossaryScreen],
    ]
    const chosen = await choose(
      dialogue,
      entries.map(([label, detail]) => ({ label, detail })),
    )
    if (chosen === null) return
    await saying(dialogue, () => entries[chosen]![2](app))
  }
}

/** An error is said, and the menu comes again. */
async function saying(dialogue: Dialogue, screen: () => Promise<void>): Promise<void> {
  try {
    await screen()
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    dialogue.say(['', renderError(error, dialogue.text).trimEnd()])
  }
}

function courseLine(labs: readonly LabEntry[]): string {
  return `${plural(labs.length, 'lab')}, ${labs.filter(isFinished).length} finished`
}
