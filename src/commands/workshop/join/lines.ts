/** A workshop's labs in lines: by somebody who answers, or by the answers of files. */

import { asTyped } from '../../../errors/typed.ts'
import { type ExitCode, exitCodes } from '../../../errors.ts'
import type { Lab } from '../../../labs/file/lab.ts'
import { openSession } from '../../../labs/session/open-session.ts'
import type { RuntimeKind } from '../../../runtime/topology.ts'
import { sayText } from '../../../views/linear/dialogue.ts'
import { castLines } from '../../../views/text/lab/cast.ts'
import { announceWorkshop } from '../../../views/text/workshop/announce-workshop.ts'
import type { Participation } from '../../../workshop/participant/participation.ts'
import { type OpenDialogue, openDialogue } from '../../app/linear.ts'
import { scripted, talk } from '../../lab/play.ts'
import type { AnswersByLab } from './answers.ts'
import { unfinished } from './progress.ts'

interface Going {
  readonly runtime: 'auto' | RuntimeKind
  readonly until?: string
}

/** One lab after another, until one is left unfinished. `answers` is null where somebody is asked. */
export async function goThrough(
  participation: Participation,
  answers: AnswersByLab | null,
  going: Going,
): Promise<ExitCode> {
  const dialogue = openDialogue()
  const stop = announceWorkshop(participation, dialogue.say, dialogue.text)
  try {
    const open = (await unfinished(participation.labs)).filter(({ id }) => answers?.has(id) ?? true)
    if (open.length === 0) sayText(dialogue, 'There is nothing left to do in the labs of this workshop.')
    for (const [at, lab] of open.entries()) {
      const code = await playLab(lab, { ...going, participation, answers, dialogue })
      if (dialogue.interrupted()) return exitCodes.interrupted
      if (code !== exitCodes.done) return code
      const next = open[at + 1]
      if (!next || answers) continue
      const isFinished = !(await unfinished([lab])).length
      if (!isFinished || !(await goesOn(dialogue, next))) break
    }
    return exitCodes.done
  } finally {
    stop()
    dialogue.close()
  }
}

interface Playing extends Going {
  readonly participation: Participation
  readonly answers: AnswersByLab | null
  readonly dialogue: OpenDialogue
}

async function playLab(lab: Lab, { participation, answers, dialogue, runtime, until }: Playing): Promise<ExitCode> {
  const given = answers?.get(lab.id)
  const note = (line: string): void => sayText(dialogue, line)
  const opened = await openSession(lab, { runtime, note, watch: !given })
  // Nobody sits there who could be told to wait.
  const session = participation.follow(opened, { patient: given !== undefined })
  try {
    dialogue.say(castLines(session, dialogue.text))
    return await (given ? scripted(given, until) : talk)(session, dialogue)
  } finally {
    await session.close()
    note(asTyped('All of it is kept. To go on: edgelab join --plain'))
  }
}

async function goesOn(dialogue: OpenDialogue, { number, title }: Lab): Promise<boolean> {
  const answer = await dialogue.ask(`Next: lab ${number}, ${title}. Enter goes on, q leaves: `)
  return answer !== null && answer.trim().toLowerCase() !== 'q'
}
