/** The checks of a task: one line each, and for the one under the cursor what was sent, expected and received. */
import type { CheckVerdict } from '../../../../../labs/file/check.ts'
import { paint, shown, type TextOptions, wrapped } from '../../../../text/style.ts'
import { checkWords } from '../../../../words/lab-words.ts'
import { signsFor } from '../../../widgets/theme.ts'
import { plain, type Stretch, stacked } from './stretch.ts'

const tones = { right: 'good', wrong: 'bad', unknown: undefined } as const

/** `selected`: index of the check under the cursor. */
export function checkLines(verdicts: readonly CheckVerdict[], selected: number, options: TextOptions): Stretch {
  if (verdicts.length === 0) return plain(wrapped('Not judged yet. Save a file, or press c.', options))
  const rows = verdicts.map((verdict, at) => oneLine(verdict, at === selected, options))
  const before = rows.slice(0, selected).flat().length
  const chosen = verdicts[selected]
  const list: Stretch = { lines: rows.flat(), focus: { from: before, to: before + (rows[selected]?.length ?? 0) } }
  return chosen ? stacked([list, plain(detailLines(chosen, options))]) : list
}

function oneLine({ state, describe }: CheckVerdict, here: boolean, options: TextOptions): string[] {
  const pointer = here ? signsFor(options).pointer : ' '
  const word = paint(shown(checkWords[state], options), tones[state], options)
  const lines = wrapped(`${word}  ${shown(describe, options)}`, { columns: options.columns - 2 })
  return lines.map((line, row) => `${row === 0 ? pointer : ' '} ${line}`)
}

/** Labels stand in a column of their own; what does not apply is left out. */
function detailLines({ request, expected, received, difference }: CheckVerdict, options: TextOptions): string[] {
  const rows = [
    ['sent', request],
    ['expected', expected],
    ['received', received],
    ['so', difference],
  ] as const
  return rows
    .filter(([, text]) => text !== '')
    .flatMap(([label, text]) =>
      wrapped(shown(text, options), { columns: options.columns - 12 }).map(
        (line, row) => `  ${(row === 0 ? label : '').padEnd(10)}${line}`,
      ),
    )
}
