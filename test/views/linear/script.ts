/** A reader whose answers are known beforehand, and everything that was said to them. */
import type { Dialogue } from '../../../src/views/linear/dialogue.ts'
import type { TextOptions } from '../../../src/views/text/style.ts'

export interface Script extends Dialogue {
  /** Everything so far, as it would stand on the terminal. */
  transcript(): string
  /** The answers that nobody asked for. */
  unasked(): readonly string[]
}

/** After its answers the input ends. */
export function script(answers: readonly string[], text: TextOptions): Script {
  const left = [...answers]
  let said = ''
  return {
    text,
    say: (lines) => {
      said += lines.map((line) => `${line}\n`).join('')
    },
    ask: async (question) => {
      const answer = left.shift() ?? null
      said += `${question}${answer ?? '(end of input)'}\n`
      return answer
    },
    interruptible: (work) => work(new AbortController().signal),
    transcript: () => said,
    unasked: () => left,
  }
}
