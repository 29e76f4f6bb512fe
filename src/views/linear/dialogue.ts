/** Questions and answers in lines: nothing is drawn over, nothing moves, nothing waits for a clock. */
import { shown, type TextOptions, wrapped } from '../text/style.ts'

export interface Dialogue {
  /** How lines are laid out: width, colour, Unicode. */
  readonly text: TextOptions
  /** Appends lines. */
  say(lines: readonly string[]): void
  /** One line of answer; null where the input has ended. */
  ask(question: string): Promise<string | null>
  /** Does something long; the signal is aborted when the reader asks to stop it (Ctrl-C). */
  interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>
}

export interface Item {
  readonly label: string
  /** A second line, indented; empty for none. */
  readonly detail: string
}

/** A heading, after an empty line. */
export function sayTitle({ say, text }: Dialogue, title: string): void {
  say(['', ...wrapped(shown(title, text), text)])
}

/** A paragraph, of any text. */
export function sayText({ say, text }: Dialogue, ...paragraphs: readonly string[]): void {
  say(paragraphs.flatMap((paragraph) => wrapped(shown(paragraph, text), text)))
}

/** Shows a numbered menu and resolves with the index of what was chosen; null to go back. */
export async function choose(dialogue: Dialogue, items: readonly Item[]): Promise<number | null> {
  sayItems(dialogue, items)
  for (;;) {
    const answer = await dialogue.ask('Number, or q to go back: ')
    if (isBack(answer)) return null
    const number = Number(answer)
    if (Number.isInteger(number) && number >= 1 && number <= items.length) return number - 1
    sayText(dialogue, `“${answer}” is no number from 1 to ${items.length}.`)
  }
}

/** As `choose`, for several; an empty answer stands for those of `before`. */
export async function chooseSeveral(
  dialogue: Dialogue,
  items: readonly Item[],
  before: readonly number[],
): Promise<readonly number[] | null> {
  sayItems(dialogue, items)
  const usual = before.map((index) => index + 1).join(' ')
  for (;;) {
    const answer = await dialogue.ask(
      `Numbers with blanks between${usual === '' ? '' : `, Enter for ${usual}`}, or q to go back: `,
    )
    if (isBack(answer)) return null
    const words = answer.split(/[\s,]+/).filter((word) => word !== '')
    if (words.length === 0 && before.length > 0) return before
    const wrong = words.find((word) => !(Number(word) >= 1 && Number(word) <= items.length && /^\d+$/.test(word)))
    if (words.length > 0 && wrong === undefined) return [...new Set(words.map((word) => Number(word) - 1))]
    sayText(dialogue, wrong === undefined ? 'At least one.' : `“${wrong}” is no number from 1 to ${items.length}.`)
  }
}

/** Before something that cannot be undone: only `y` and `yes` are a yes. */
export async function agrees({ ask, text }: Dialogue, question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(`${shown(question, text)} y or n: `)) ?? '')
}

function isBack(answer: string | null): answer is null {
  return answer === null || answer === 'q'
}

function sayItems({ say, text }: Dialogue, items: readonly Item[]): void {
  const width = String(items.length).length
  const indent = width + 2
  say(
    items.flatMap(({ label, detail }, index) => {
      const [first = '', ...rest] = wrapped(shown(label, text), { columns: text.columns - indent })
      const more = [...rest, ...(detail === '' ? [] : wrapped(shown(detail, text), { columns: text.columns - indent }))]
      return [`${String(index + 1).padStart(width)}  ${first}`, ...more.map((line) => `${' '.repeat(indent)}${line}`)]
    }),
  )
}
