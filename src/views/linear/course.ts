/** The labs in course order: begin, go on, or write the report of one. */
import type { LabEntry } from '../tui/services.ts'
import type { LinearApp } from './app.ts'
import { choose, sayText, sayTitle } from './dialogue.ts'

export async function courseScreen(app: LinearApp): Promise<void> {
  const { services, dialogue } = app
  for (;;) {
    const labs = await services.labs()
    sayTitle(dialogue, 'Course')
    const chosen = await choose(
      dialogue,
      labs.map(({ lab, progress }) => ({
        label: `Lab ${lab.number}: ${lab.title}. About ${lab.minutes} minutes, ${stateOf({ lab, progress })}`,
        detail: lab.question,
      })),
    )
    if (chosen === null) return
    await labScreen(app, labs[chosen]!)
  }
}

async function labScreen({ services, dialogue, playLab }: LinearApp, { lab, progress }: LabEntry): Promise<void> {
  sayTitle(dialogue, `Lab ${lab.number}: ${lab.title}`)
  sayText(dialogue, lab.question, lab.summary)
  const go = progress === null ? 'Begin' : 'Go on'
  const chosen = await choose(dialogue, [
    { label: go, detail: '' },
    ...(progress === null ? [] : [{ label: 'Write its report', detail: 'one HTML file' }]),
  ])
  if (chosen === null) return
  if (chosen === 1) {
    sayText(dialogue, `Report: ${await services.labReport(lab.id)}`)
    return
  }
  const session = await services.openLab(lab.id, (line) => sayText(dialogue, line))
  try {
    await playLab(session)
  } finally {
    await session.close()
  }
}

function stateOf({ lab, progress }: LabEntry): string {
  if (progress === null) return 'not begun'
  if (lab.steps.every(({ id }) => progress.steps[id]?.done)) return 'finished'
  return `at step ${lab.steps.findIndex(({ id }) => id === progress.at) + 1} of ${lab.steps.length}`
}
