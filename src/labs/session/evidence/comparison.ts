/** Prediction, result and the gap between them, side by side. Pure. */

import { cell, plural, table } from '../../../comparison/blocks.ts'
import type { Block, Cell } from '../../../comparison/finding.ts'
import { own } from '../../../own.ts'
import { formatNumber } from '../../../units.ts'
import type { PredictStep } from '../../file/lab.ts'
import type { Facts } from '../../progress/facts.ts'
import { confidenceWords, type StepProgress } from '../../progress/progress.ts'
import { type Asked, answerInWords, gapOf, judgeAnswer, outcomeOf, questionsOf } from '../questions.ts'

/** One row for each prediction. `words` are questions with roles filled in; `labelOf` names the systems. */
export function gapBlock(
  step: PredictStep,
  { answers, confidence }: StepProgress,
  facts: Facts,
  { labelOf, words }: { readonly labelOf: (role: string) => string; readonly words: (text: string) => string },
): Block {
  const asked = questionsOf(step)
  const wrong = asked.filter((each) => judgeAnswer(each, own(answers, each.key) ?? '', facts) === 'wrong').length
  const rows = asked.map((each, at) => {
    const given = own(answers, each.key)
    return [
      // A question that is asked for each role is written in its first row only.
      each.ask === asked[at - 1]?.ask ? '' : words(each.ask),
      ...(asked.some(({ role }) => role !== null) ? [each.role === null ? '' : labelOf(each.role)] : []),
      given === undefined ? cell('–', 'muted') : words(answerInWords(each, given)),
      words(outcomeOf(each, facts)),
      gapCell(each, given, facts),
    ]
  })
  const columns = ['question', ...(asked.some(({ role }) => role !== null) ? ['system'] : [])]
  const sure = confidence === null ? '' : `How sure you were: ${confidenceWords[confidence]}.`
  const look =
    confidence === 3 && wrong > 0
      ? ` ${plural(wrong, 'answer')} came out otherwise all the same: look at ${wrong === 1 ? 'that one' : 'those'} again.`
      : ''
  return table(`Your prediction: ${step.title}`, [...columns, 'you said', 'it was', 'the gap'], rows, sure + look)
}

function gapCell(asked: Asked, given: string | undefined, facts: Facts): Cell {
  const judged = given === undefined ? null : judgeAnswer(asked, given, facts)
  switch (judged) {
    case null:
      return cell('not predicted', 'muted')
    case 'unknown':
      return cell('cannot be told', 'muted')
    case 'right':
      return cell(asked.kind === 'number' ? 'near enough' : 'none', 'good')
    case 'wrong': {
      const gap = asked.kind === 'number' ? gapOf(asked, given!, facts) : null
      if (gap === null) return cell('it came out otherwise', 'bad')
      const unit = asked.kind === 'number' ? unitOfGap(asked.unit) : ''
      return cell(`${formatNumber(Math.abs(gap))}${unit} too ${gap > 0 ? 'high' : 'low'}`, 'bad')
    }
    default:
      return judged satisfies never
  }
}

/** A share that is 16 points too high is not 16 % too high. */
function unitOfGap(unit: string): string {
  return unit === '' ? '' : unit === '%' ? ' percentage points' : ` ${unit}`
}
