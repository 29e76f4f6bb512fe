/** Goes through a lab with the answers of a file, printing the same lines as with a learner at the terminal. */
import type { AnswerFile } from '../../../labs/session/answer-file.ts'
import type { LabSession } from '../../../labs/session/session.ts'
import type { TextOptions } from '../style.ts'
import { announce } from './announce.ts'

export interface Script {
  readonly answers: AnswerFile
  /** The step that is the last; the lab's last one where none is named. */
  readonly until?: string
  /** Writes texts over the learner's files, by their paths below the workspace. */
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>
  readonly print: (lines: readonly string[]) => void
  readonly options: TextOptions
}

/** To the end, or to the first step that could not be finished: true where all that was asked for is finished. */
export async function playScript(
  session: LabSession,
  { answers, until, write, print, options }: Script,
): Promise<boolean> {
  const stop = announce(session, print, options)
  try {
    for (;;) {
      await doStep()
      const page = session.page()
      if (!page.done && page.type !== 'read') return false
      // A solution counts as done; here it must also be right.
      if (page.verdicts.some(({ state }) => state !== 'right')) return false
      if (page.done && (page.number === page.of || page.id === until)) return true
      await session.act({ type: 'next' })
      const now = session.page()
      if (page.number === page.of) return now.done
      // Progress that cannot be written, or a session that was closed.
      if (now.number === page.number) return false
    }
  } finally {
    stop()
  }

  async function doStep(): Promise<void> {
    const page = session.page()
    const given = answers[page.id]
    if (page.done) return
    if (page.type === 'run') return session.act({ type: 'run' })
    if (page.type === 'task') {
      if (given?.task === 'solution') return session.act({ type: 'skip' })
      await write(given?.task ?? {})
      return session.act({ type: 'check' })
    }
    if (page.questions.length === 0) return
    for (const { key } of page.questions) {
      await session.act({ type: 'answer', question: key, value: given?.answers[key] ?? '' })
    }
    await session.act({ type: 'commit', ...(given?.confidence ? { confidence: given.confidence } : {}) })
  }
}
