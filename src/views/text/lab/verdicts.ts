/** Checks as lines: one for each, and for what is not right the request, expected, received and the one difference. */
import type { CheckState, CheckVerdict } from '../../../labs/file/check.ts'
import { checkWords } from '../../words/lab-words.ts'
import { paint, shown, type TextOptions, type Tone, wrapped } from '../style.ts'

const tones = { right: 'good', wrong: 'bad', unknown: 'muted' } as const satisfies Record<CheckState, Tone>

export function verdictLines(verdicts: readonly CheckVerdict[], options: TextOptions): string[] {
  return verdicts.flatMap((verdict) => oneLines(verdict, options))
}

/** `1 of 3 checks is right.` */
export function verdictSentence(verdicts: readonly CheckVerdict[]): string {
  const right = verdicts.filter(({ state }) => state === 'right').length
  const open = verdicts.filter(({ state }) => state === 'unknown').length
  if (verdicts.length === 0) return 'Nothing was checked yet.'
  const rest = open === 0 ? '' : ` ${open === 1 ? 'One cannot' : `${open} cannot`} be told yet.`
  if (right === verdicts.length) return right === 1 ? 'The check is right.' : `All ${right} checks are right.`
  return `${right} of ${verdicts.length} checks ${right === 1 ? 'is' : 'are'} right.${rest}`
}

function oneLines(verdict: CheckVerdict, options: TextOptions): string[] {
  const { state, describe } = verdict
  const lines = wrapped(
    `${paint(shown(checkWords[state], options), tones[state], options)}  ${shown(describe, options)}`,
    options,
  )
  if (state === 'right') return lines
  const details = [
    ['sent', verdict.request],
    ['expected', verdict.expected],
    ['received', verdict.received],
    ['', verdict.difference],
  ] as const
  return [
    ...lines,
    ...details.flatMap(([name, text]) => {
      if (text === '') return []
      return wrapped(shown(name === '' ? text : `${name}: ${text}`, options), options, 4)
    }),
  ]
}
