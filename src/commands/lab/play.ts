/** A lab in lines: by somebody who answers, or by the answers of a file. */
import { type ExitCode, exitCodes } from '../../errors.ts'
import { readCourse } from '../../labs/progress/course.ts'
import type { AnswerFile } from '../../labs/session/answer-file.ts'
import type { LabSession } from '../../labs/session/session.ts'
import { writeFiles } from '../../labs/session/workspace.ts'
import { converse } from '../../views/text/lab/conversation.ts'
import { endingLines } from '../../views/text/lab/ending.ts'
import { isInterrupted } from '../../views/text/lab/interruptible.ts'
import { playScript } from '../../views/text/lab/script.ts'
import type { OpenDialogue } from '../app/linear.ts'
import { saveLabReport } from './save-lab-report.ts'

/** Resolves with the exit code. */
export type Play = (session: LabSession, dialogue: OpenDialogue) => Promise<ExitCode>

/** `until`: the step that is the last; the lab's last one where none is named. */
export function scripted(answers: AnswerFile, until?: string): Play {
  return async (session, dialogue) => {
    let isRight = false
    const write = (files: Readonly<Record<string, string>>): Promise<void> => writeFiles(files, session.workspace)
    const script = { answers, write, print: dialogue.say, options: dialogue.text }
    const interrupted = await isInterrupted(session, dialogue, async () => {
      isRight = await playScript(session, until === undefined ? script : { ...script, until })
    })
    if (interrupted) return exitCodes.interrupted
    if (!isRight) return exitCodes.failed
    if (until === undefined) {
      const pages = session.lab.steps.map(({ id }) => session.page(id))
      dialogue.say(['', ...endingLines(await session.ending(), pages, dialogue.text)])
    }
    return exitCodes.done
  }
}

export const talk: Play = async (session, dialogue) => {
  const { lab, cast } = session
  const saveReport = () => saveLabReport({ lab, cast, progress: session.state().progress })
  const labs = async () => (await readCourse()).labs
  return (await converse(session, dialogue, { saveReport, labs })) ? exitCodes.interrupted : exitCodes.done
}
