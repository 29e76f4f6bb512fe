/** The labs in course order: begin, go on, or write the report of one. */

import type { LabEntry } from '../services.ts'
import { labState } from '../words/course-words.ts'
import { agrees, choose, sayText, sayTitle } from './dialogue.ts'
import type { LinearApp } from './linear-app.ts'

export async function courseScreen(app: LinearApp): Promise<void> {
  const { services, dialogue } = app
  for (;;) {
    const [labs, broken] = await Promise.all([services.labs(), services.brokenLabs()])
    sayTitle(dialogue, 'Course')
    sayText(dialogue, ...broken.map(({ id, problem }) => `${id} cannot be started: ${problem}`))
    const chosen = await choose(
      dialogue,
      labs.map((entry) => ({
        label: `Lab ${entry.lab.number}: ${entry.lab.title}. About ${entry.lab.minutes} minutes, ${labState(entry)}`,
        detail: entry.lab.question,
      })),
    )
    if (chosen === null) return
    await labScreen(app, labs[chosen]!)
  }
}

async function labScreen(app: LinearApp, { lab, progress }: LabEntry): Promise<void> {
  const { services, dialogue } = app
  sayTitle(dialogue, `Lab ${lab.number}: ${lab.title}`)
  sayText(dialogue, lab.question, lab.summary)
  const go = { label: progress === null ? 'Begin' : 'Go on', detail: '', act: () => play(app, lab.id) }
  const report = async (): Promise<void> => sayText(dialogue, `Report: ${await services.labReport(lab.id)}`)
  const anew = async (): Promise<void> => {
    if (!(await agrees(dialogue, 'Begin this lab anew? What you answered and changed is set aside.'))) return
    await services.resetLab(lab.id)
    await play(app, lab.id)
  }
  const begun = [
    { label: 'Write its report', detail: 'one HTML file', act: report },
    { label: 'Begin anew', detail: 'asks first', act: anew },
  ]
  const actions = [go, ...(progress === null ? [] : begun)]
  const chosen = await choose(dialogue, actions)
  if (chosen !== null) await actions[chosen]!.act()
}

async function play({ services, dialogue, playLab }: LinearApp, id: string): Promise<void> {
  const session = await services.openLab(id, (line) => sayText(dialogue, line))
  try {
    await playLab(session)
  } finally {
    await session.close()
  }
}
