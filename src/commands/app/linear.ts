/** The app in lines on this terminal: cooked input, appended output, so that screen readers and dumb terminals keep up. */
import { createInterface } from 'node:readline'
import { exitCodes } from '../../errors.ts'
import type { Dialogue } from '../../views/linear/dialogue.ts'
import { isPressedAgain } from '../interrupt.ts'
import { print, terminal } from '../output.ts'

/** Whether the screens would be of no use: nothing there may move a cursor. */
export function prefersLines(env: NodeJS.ProcessEnv = process.env): boolean {
  return env['TERM'] === 'dumb' || env['INK_SCREEN_READER'] === 'true'
}

export interface OpenDialogue extends Dialogue {
  /** True where a signal ended the input. */
  interrupted(): boolean
  close(): void
}

/** Ctrl-C stops what is under way; where nothing is, it ends the input, as other signals do. A second Ctrl-C forces. */
export function openDialogue(): OpenDialogue {
  // Not `terminal`: that would put the terminal into raw mode and move its cursor.
  const reader = createInterface({ input: process.stdin, terminal: false })
  const answers = reader[Symbol.asyncIterator]()
  let interrupted = false
  let work: AbortController | undefined
  let stoppedAt = 0
  const stop = (signal: NodeJS.Signals): void => {
    if (interrupted || work?.signal.aborted) {
      if (signal === 'SIGINT' && isPressedAgain(stoppedAt)) process.exit(exitCodes.interrupted)
      return
    }
    stoppedAt = performance.now()
    print(work ? '\nStopping; what was started is being removed. Once more to force.' : '')
    work?.abort()
    if (work && signal === 'SIGINT') return
    interrupted = true
    reader.close()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, stop)
  return {
    text: { ...terminal(process.stdout), color: false },
    say: (lines) => {
      for (const line of lines) print(line)
    },
    ask: async (question) => {
      process.stdout.write(question)
      const { value, done } = await answers.next()
      return done ? null : value.trim()
    },
    interruptible: async (doing) => {
      work = new AbortController()
      try {
        return await doing(work.signal)
      } finally {
        work = undefined
      }
    },
    interrupted: () => interrupted,
    close: () => {
      for (const name of signals) process.off(name, stop)
      reader.close()
    },
  }
}
